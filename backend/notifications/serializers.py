from typing import Any

from rest_framework import serializers

from common.schema import example
from common.serializers import (
    IsSetField,
    StrictBooleanField,
    StrictDateTimeField,
    StrictIntegerField,
    StrictModelSerializer,
    StrictSerializer,
)
from notifications import examples
from notifications.models import Channel, Delivery, Notification
from notifications.services import MAX_UNREAD

MAX_ID = 2**63 - 1
DIGEST_HOUR = (
    "At this hour of my time zone, mail about new tasks comes once a day, as one mail; "
    "null: each at once. Security and tests never wait."
)


class DeliverySerializer(StrictModelSerializer):
    at = StrictDateTimeField(
        source="changed_at",
        read_only=True,
        help_text="Since when it is in this state; for `sent`: when it was sent.",
    )

    class Meta:
        model = Delivery
        fields = ["channel", "state", "attempts", "last_error", "at"]
        read_only_fields = fields


@example(response=examples.NOTIFICATION)
class NotificationSerializer(StrictModelSerializer):
    task = serializers.IntegerField(source="task_id", allow_null=True, read_only=True)
    read = IsSetField(source="read_at")
    deliveries = DeliverySerializer(
        many=True, read_only=True, help_text="One by each channel that was on for it."
    )

    class Meta:
        model = Notification
        fields = ["id", "kind", "title", "task", "read", "created_at", "deliveries"]
        read_only_fields = fields


@example(request={"read": True})
class ReadSerializer(StrictSerializer):
    read = StrictBooleanField(required=False)


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
    unread = serializers.IntegerField(
        max_value=MAX_UNREAD, help_text=f"{MAX_UNREAD} stands for that many or more."
    )


class ChannelsSerializer(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        return {channel: serializers.BooleanField() for channel in Channel.values}


class MatrixSerializer(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        return {kind: ChannelsSerializer() for kind in Notification.Kind.values}


@example(response=examples.PREFERENCES)
class PreferencesSerializer(serializers.Serializer[Any]):
    """Every kind with every channel, and whether it is on."""

    kinds = MatrixSerializer()
    digest_hour = serializers.IntegerField(
        allow_null=True, min_value=0, max_value=23, help_text=DIGEST_HOUR
    )


class ChannelWishesSerializer(StrictSerializer):
    def get_fields(self) -> dict[str, Any]:
        return {
            channel: StrictBooleanField(required=False) for channel in Channel.values
        }


class WishesSerializer(StrictSerializer):
    def get_fields(self) -> dict[str, Any]:
        return {
            kind: ChannelWishesSerializer(required=False)
            for kind in Notification.Kind.values
        }


@example(request=examples.WISH)
class PreferencesChangeSerializer(StrictSerializer):
    """Any of them."""

    kinds = WishesSerializer(required=False)
    digest_hour = StrictIntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=23,
        help_text=DIGEST_HOUR,
    )
