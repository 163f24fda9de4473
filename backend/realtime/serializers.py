from typing import Any

from rest_framework import serializers

from common.schema import example


@example(
    response={"ticket": "5m3cXQx0nS1pJ6yq0h9v8w", "expires_in": 30},
)
class TicketSerializer(serializers.Serializer[Any]):
    ticket = serializers.CharField(help_text="Opens one socket, once.")
    expires_in = serializers.IntegerField(help_text="Seconds.")
