from datetime import UTC, datetime
from typing import Any

from django.core.validators import RegexValidator
from django.utils import timezone
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.fields import empty

from common.errors import field_error
from common.schema import example
from common.serializers import (
    FIRST_YEAR,
    StrictCharField,
    StrictChoiceField,
    StrictDateTimeField,
    StrictIntegerField,
    StrictModelSerializer,
    StrictSerializer,
)
from events.models import Event
from tasks import examples, history, progress, services, verbs
from tasks.models import (
    MAX_FILTER_NAME_LENGTH,
    MAX_FILTER_QUERY_LENGTH,
    MAX_LABEL_LENGTH,
    MAX_LABELS,
    SavedFilter,
    Task,
)

MAX_BULK = 200
MAX_IMPORT = 100
FIRST_MOMENT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
MAX_ID = 2**63 - 1
MAX_VERSION = 2**31 - 1
READ_ONLY = ["id", "completed_at", "version", "created_at", "updated_at", "user"]


class LabelsField(serializers.ListField):
    """Up to 20 labels; case is kept, two that differ only in case are one too many."""

    child = StrictCharField(min_length=1, max_length=MAX_LABEL_LENGTH)
    default_error_messages = {"duplicate": "The label {label} is named twice."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_LABELS, **kwargs)

    def to_internal_value(self, data: Any) -> list[str]:
        if not isinstance(data, list):
            self.fail("not_a_list", input_type=type(data).__name__)
        labels: list[str] = super().to_internal_value(data)
        seen: set[str] = set()
        for label in labels:
            if label.casefold() in seen:
                self.fail("duplicate", label=label)
            seen.add(label.casefold())
        return labels


@example(
    request=examples.NEW_TASK,
    response=examples.TASK,
    patch={"status": "completed"},
)
class TaskSerializer(StrictModelSerializer):
    labels = LabelsField(required=False)

    class Meta:
        model = Task
        fields = [
            "id",
            "title",
            "description",
            "priority",
            "status",
            "due_date",
            "due_time",
            "labels",
            "completed_at",
            "version",
            "created_at",
            "updated_at",
            "user",
        ]
        read_only_fields = READ_ONLY
        # Spaces mean something in Markdown: four of them begin a code block.
        extra_kwargs = {"description": {"trim_whitespace": False}}


@example(request=examples.FULL_TASK)
class FullTaskSerializer(TaskSerializer):
    """What PUT takes: the whole resource, so a field left out is named, not blanked."""

    def get_fields(self) -> Any:
        fields = super().get_fields()
        for field in fields.values():
            if not field.read_only:
                field.required = True
                field.default = empty
        return fields


# What a person may change; PUT needs all of it.
EDITABLE = [name for name in TaskSerializer.Meta.fields if name not in READ_ONLY]


@example(response=examples.TRASHED_TASK)
class TrashedTaskSerializer(TaskSerializer):
    class Meta(TaskSerializer.Meta):
        fields = [*TaskSerializer.Meta.fields, "deleted_at"]
        read_only_fields = fields


class PastField(StrictDateTimeField):
    """A moment that is over, from 1900 on."""

    default_error_messages = {"out_of_range": "Name a moment from 1900 until now."}

    def to_internal_value(self, data: Any) -> datetime:
        value = super().to_internal_value(data)
        if not FIRST_MOMENT <= value <= timezone.now():
            self.fail("out_of_range")
        return value


class ImportedTaskSerializer(TaskSerializer):
    """A task of an export as it is, or any other with the fields of a new one."""

    created_at = PastField(required=False, help_text="Now, when left out.")
    completed_at = PastField(
        required=False,
        allow_null=True,
        help_text="Of a completed one: now, when left out or null.",
    )
    deleted_at = PastField(
        required=False,
        allow_null=True,
        help_text="If it is a moment, the task goes into the trash, from now on.",
    )

    class Meta(TaskSerializer.Meta):
        fields = [*TaskSerializer.Meta.fields, "deleted_at"]
        read_only_fields = ["id", "version", "updated_at", "user"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("due_time") and not attrs.get("due_date"):
            raise field_error("due_time", "needs_due_date", "A time needs a due_date.")
        is_completed = attrs.get("status") == Task.Status.COMPLETED
        if attrs.get("completed_at") and not is_completed:
            detail = "Only a completed task has been completed."
            raise field_error("completed_at", "not_completed", detail)
        return attrs


@example(request=examples.IMPORT)
class ImportSerializer(StrictSerializer):
    tasks = serializers.ListField(
        child=ImportedTaskSerializer(), min_length=1, max_length=MAX_IMPORT
    )


@example(response=examples.IMPORTED)
class ImportedTasksSerializer(serializers.Serializer[Any]):
    results = TrashedTaskSerializer(many=True, help_text="In the order they came.")


@example(response=examples.CHANGES)
class ChangesSerializer(serializers.Serializer[Any]):
    results = TaskSerializer(
        many=True, help_text="Created or changed, as they are now."
    )
    gone = serializers.ListField(
        child=serializers.IntegerField(), help_text="Ids in the trash or purged."
    )
    cursor = serializers.CharField(help_text="For the next call's `since`.")
    has_more = serializers.BooleanField(help_text="Ask again at once.")


class ActorSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    username = serializers.CharField()


@example(response=examples.HISTORY_ENTRY)
class HistoryEntrySerializer(serializers.Serializer[Any]):
    revision = serializers.IntegerField(help_text="Its place among all my changes.")
    verb = serializers.ChoiceField(
        choices=[verb.removeprefix(verbs.PREFIX) for verb in verbs.ALL]
    )
    actor = ActorSerializer(
        allow_null=True, help_text="Who did it; null when that account is gone."
    )
    version = serializers.IntegerField(help_text="The task's version afterwards.")
    changes = serializers.DictField(
        child=serializers.ListField(min_length=2, max_length=2),
        help_text="By field: what it was and what it became.",
    )
    reverted_to = serializers.IntegerField(
        allow_null=True, help_text="For a revert: the version it went back to."
    )
    occurred_at = StrictDateTimeField()

    def to_representation(self, event: Event) -> dict[str, Any]:
        changes = {**event.changes}
        reverted_to = changes.pop(history.REVERTED_TO, None)
        changes.pop(history.IMPORTED, None)
        if "due_time" in changes:  # the log keeps seconds, the API has none
            changes["due_time"] = [time and time[:5] for time in changes["due_time"]]
        return super().to_representation(
            {
                "revision": event.revision,
                "verb": event.verb.removeprefix(verbs.PREFIX),
                "actor": event.actor,
                "version": event.version,
                "changes": changes,
                "reverted_to": reverted_to,
                "occurred_at": event.occurred_at,
            }
        )


@example(request=examples.REVERT)
class RevertSerializer(StrictSerializer):
    version = StrictIntegerField(
        min_value=1, max_value=MAX_VERSION, help_text="The version to go back to."
    )
    # The metaclass takes it away before it could hide Serializer.fields.
    fields = serializers.ListField(  # type: ignore[assignment]
        child=StrictChoiceField(choices=EDITABLE),
        default=EDITABLE,
        allow_empty=False,
        min_length=1,
        max_length=len(EDITABLE),
        help_text="Only these; all of them when left out.",
    )


@example(response=examples.LABEL)
class LabelSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(source="label")
    count = serializers.IntegerField(
        help_text="How many tasks have it that are not in the trash."
    )


@example(request=examples.RENAME_LABEL)
class RenameLabelSerializer(StrictSerializer):
    name = StrictCharField(max_length=MAX_LABEL_LENGTH, required=False)


class StatusCountsSerializer(serializers.Serializer[Any]):
    pending = serializers.IntegerField()
    in_progress = serializers.IntegerField()
    completed = serializers.IntegerField()


class PriorityCountsSerializer(serializers.Serializer[Any]):
    low = serializers.IntegerField()
    medium = serializers.IntegerField()
    high = serializers.IntegerField()


@example(response=examples.SUMMARY)
class SummarySerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    by_status = StatusCountsSerializer()
    by_priority = PriorityCountsSerializer(help_text="Completed ones included.")
    overdue = serializers.IntegerField(help_text="Due before today, not completed.")
    due_today = serializers.IntegerField(help_text="Not completed.")
    due_this_week = serializers.IntegerField(
        help_text="From Monday to Sunday, not completed: also those overdue since then."
    )
    today = serializers.DateField(help_text="Which day it is in my time zone.")


class DayCountSerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    count = serializers.IntegerField()


class AgeCountSerializer(serializers.Serializer[Any]):
    name = serializers.ChoiceField(
        choices=progress.AGE_NAMES,
        help_text="Created less than 1, 7, 30, 90 days ago; or earlier.",
    )
    count = serializers.IntegerField()


class LabelProgressSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    open = serializers.IntegerField()
    completed = serializers.IntegerField()


@example(response=examples.PROGRESS)
class ProgressSerializer(serializers.Serializer[Any]):
    time_zone = serializers.CharField(help_text="Mine, by which days are counted.")
    completed_per_day = DayCountSerializer(
        many=True, help_text="Each of the days, oldest first, today last."
    )
    open_by_age = AgeCountSerializer(
        many=True, help_text="All of them, youngest first; an open task is in one."
    )
    by_label = LabelProgressSerializer(
        many=True, help_text="Those that most tasks have, open and completed together."
    )
    open_total = serializers.IntegerField()
    completed_total = serializers.IntegerField(help_text="Whenever that was.")


class BulkFieldsSerializer(TaskSerializer):
    class Meta(TaskSerializer.Meta):
        fields = EDITABLE
        extra_kwargs = {
            **TaskSerializer.Meta.extra_kwargs,
            "title": {"required": False},
        }


class IdsField(serializers.ListField):
    """Up to 200 ids of tasks, each once."""

    child = StrictIntegerField(min_value=1, max_value=MAX_ID)
    default_error_messages = {"duplicate": "The id {id} is named twice."}

    def to_internal_value(self, data: Any) -> list[int]:
        ids: list[int] = super().to_internal_value(data)
        if len(set(ids)) < len(ids):
            self.fail("duplicate", id=next(each for each in ids if ids.count(each) > 1))
        return ids


@example(request=examples.BULK)
class BulkSerializer(StrictSerializer):
    ids = IdsField(min_length=1, max_length=MAX_BULK)
    set = BulkFieldsSerializer(
        required=False, help_text="The fields to change, as in PATCH."
    )
    action = StrictChoiceField(
        choices=["delete", "restore"],
        required=False,
        help_text="Instead of `set`: into the trash, or out of it.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("set" in attrs) == ("action" in attrs):
            detail = "Give either set or action."
            raise ValidationError(detail, code="set_or_action")
        return attrs


class BulkResultSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    version = serializers.IntegerField(help_text="The task's version now.")
    changed = serializers.BooleanField(help_text="False where it was so already.")


@example(response=examples.BULK_RESULTS)
class BulkResultsSerializer(serializers.Serializer[Any]):
    results = BulkResultSerializer(many=True, help_text="In the order of the ids.")


@example(request=examples.NEW_FILTER, response=examples.FILTER, patch={"position": 0})
class SavedFilterSerializer(StrictModelSerializer):
    name = StrictCharField(
        max_length=MAX_FILTER_NAME_LENGTH, help_text="Unique, ignoring case."
    )
    query = StrictCharField(
        max_length=MAX_FILTER_QUERY_LENGTH,
        allow_blank=True,
        trim_whitespace=False,
        validators=[
            RegexValidator(r'\A[!"$-~]+\Z', "Percent-encode all but printable ASCII.")
        ],
        help_text="For `GET /api/tasks/?…`: filters and `ordering`, percent-encoded; "
        "what that refuses is refused here.",
    )
    position = StrictIntegerField(
        required=False,
        min_value=0,
        max_value=services.MAX_FILTERS - 1,
        help_text="Its place in the order, from 0; beyond the end is the end.",
    )

    class Meta:
        model = SavedFilter
        fields = [
            "id",
            "name",
            "query",
            "grouping",
            "position",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["id", "created_at", "updated_at"]
        extra_kwargs = {
            "grouping": {"help_text": "What headings to show them under; by due date."}
        }


@extend_schema_serializer(many=False)
@example(response={"results": [examples.FILTER]})
class SavedFiltersSerializer(serializers.Serializer[Any]):
    results = SavedFilterSerializer(many=True, help_text="By `position`.")
