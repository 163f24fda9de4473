from typing import Any

from rest_framework import serializers


class TicketSerializer(serializers.Serializer[Any]):
    ticket = serializers.CharField(help_text="Opens one socket, once.")
    expires_in = serializers.IntegerField(help_text="Seconds.")
