from typing import Any

from rest_framework import serializers

from common.schema import example
from common.serializers import (
    StrictBooleanField,
    StrictIntegerField,
    StrictModelSerializer,
    StrictSerializer,
)
from notifications import examples
from notifications.models import Notification

MAX_ID = 2**63 - 1


@example(response=examples.NOTIFICATION)
class NotificationSerializer(StrictModelSerializer):
    task = serializers.IntegerField(source="task_id", allow_null=True, read_only=True)
    read = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["id", "kind", "title", "task", "read", "created_at"]
        read_only_fields = fields

    def get_read(self, notification: Notification) -> bool:
        return notification.read_at is not None


@example(request={"read": True})
class ReadSerializer(StrictSerializer):
    read = StrictBooleanField()


@example(request={"up_to": 9})
class ReadAllSerializer(StrictSerializer):
    up_to = StrictIntegerField(
        required=False,
        min_value=1,
        max_value=MAX_ID,
        help_text="The newest id that was seen; later ones stay unread.",
    )


@example(response={"unread": 2})
class UnreadSerializer(serializers.Serializer[Any]):
    unread = serializers.IntegerField()
