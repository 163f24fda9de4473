from typing import Any

from rest_framework import serializers

from accounts.serializers import UserSerializer
from common.schema import example
from common.serializers import StrictDateTimeField
from export import examples
from export.document import FORMAT
from notifications.serializers import PreferencesSerializer
from tasks.serializers import SavedFilterSerializer, TrashedTaskSerializer


@example(response=examples.EXPORT)
class ExportSerializer(serializers.Serializer[Any]):
    format = serializers.IntegerField(
        help_text=f"{FORMAT}, until a new one would be misread by who knows this one."
    )
    exported_at = StrictDateTimeField()
    profile = UserSerializer()
    notification_preferences = PreferencesSerializer()
    saved_filters = SavedFilterSerializer(many=True)
    tasks = TrashedTaskSerializer(
        many=True,
        help_text="By id, those in the trash as well; each on a line of its own.",
    )
