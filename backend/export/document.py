"""Everything of one person's as one JSON document, written piece by piece.

PostgreSQL writes the tasks as it writes them for lists, so that a piece costs a
statement, and memory holds one piece, however many tasks there are.
"""

import json
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.serializers import UserSerializer
from common.json_list import JSONText
from common.serializers import StrictDateTimeField, represented
from notifications.preferences import preferences_of
from tasks.models import SavedFilter, Task
from tasks.serializers import SavedFilterSerializer, TrashedTaskSerializer

FORMAT = 1
TASKS_AT_ONCE = 250


def task_ids_of(user_id: int) -> "array[int]":
    """Which tasks there are now, the trash included; 8 bytes for each. One query."""
    ids = Task.objects.visible_to(user_id).order_by("pk").values_list("pk", flat=True)
    return array("q", ids)


def head_of(person: User) -> dict[str, Any]:
    """All but the tasks. Two queries."""
    saved = SavedFilter.objects.filter(user=person)
    return {
        "format": FORMAT,
        "exported_at": StrictDateTimeField().to_representation(timezone.now()),
        "profile": represented(UserSerializer, person),
        "notification_preferences": preferences_of(person.pk),
        "saved_filters": [represented(SavedFilterSerializer, each) for each in saved],
    }


def pieces_of(head: dict[str, Any], task_ids: Sequence[int]) -> Iterator[str]:
    """The document, each task on a line of its own. One query for 250 tasks.

    A task is as it is when its piece is written; one that was deleted for good
    meanwhile is left out.
    """
    yield f'{json.dumps(head).removesuffix("}")}, "tasks": ['
    separator = "\n"
    for start in range(0, len(task_ids), TASKS_AT_ONCE):
        texts = texts_of(task_ids[start : start + TASKS_AT_ONCE])
        if texts:
            yield separator + ",\n".join(texts)
            separator = ",\n"
    yield "\n]}\n"


def texts_of(task_ids: Sequence[int]) -> list[str]:
    tasks = Task.objects.filter(pk__in=list(task_ids)).order_by("pk")
    written = tasks.annotate(text=JSONText(TrashedTaskSerializer))
    return list(written.values_list("text", flat=True))
