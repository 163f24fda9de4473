"""What PostgreSQL writes into a list is what the serializer says, for any row.

Held as JSON text, field by field in their order: there `1`, `1.0` and `true` differ.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from drf_spectacular.generators import EndpointEnumerator
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.renderers import JSONRenderer
from rest_framework.test import APIClient

from accounts.models import ApiToken, Session, User
from accounts.serializers import ApiTokenSerializer, PersonSerializer, SessionSerializer
from common.json_list import JSONListMixin
from common.pagination import KeysetPagination
from events.log import ACCOUNT, Entry, append_many
from events.models import Event
from notifications.models import Channel, Delivery, Notification
from notifications.serializers import NotificationSerializer
from tasks.models import MAX_DESCRIPTION_LENGTH, LabelTally, Task
from tasks.serializers import LabelSerializer, TaskSerializer, TrashedTaskSerializer
from tasks.tests.factory import make_task
from tests.proofs.size import tries
from tests.proofs.task_data import CHARACTERS

MAX_ROWS = 30  # in one try, and so on one page
LISTS = {
    "/api/auth/sessions/": SessionSerializer,
    "/api/auth/tokens/": ApiTokenSerializer,
    "/api/users/": PersonSerializer,
    "/api/tasks/": TaskSerializer,
    "/api/tasks/trash/": TrashedTaskSerializer,
    "/api/labels/": LabelSerializer,
    "/api/notifications/": NotificationSerializer,
}

pytestmark = pytest.mark.django_db


def test_every_list_that_postgresql_writes_is_held_to_its_serializer() -> None:
    written = {}
    endpoints: Any = EndpointEnumerator()
    for path, _, method, callback in endpoints.get_api_endpoints():
        view = callback.cls(**getattr(callback, "initkwargs", {}))
        is_list = isinstance(view, JSONListMixin) and method == "GET"
        if is_list and view.pagination_class is KeysetPagination and "{" not in path:
            written[path] = view.serializer_class

    assert written == LISTS


def by_id(items: Any) -> dict[Any, str]:
    """The text of each item; a label is known by its name."""
    return {item.get("id") or item["name"]: json.dumps(item) for item in items}


def shown(api: APIClient, path: str) -> dict[Any, str]:
    response = api.get(path, {"limit": 100})
    assert response.status_code == 200
    return by_id(response.json()["results"])


def serialized(path: str, rows: Any, **context: Any) -> dict[Any, str]:
    items = LISTS[path](rows, many=True, context=context).data
    return by_id(json.loads(JSONRenderer().render(items)))


# --- Any row ----------------------------------------------------------------------

TRICKY = [
    *map(chr, range(1, 32)),
    *"\"\\/'\x7f\x80\x85\xa0\xad\u200b\u2028\u2029\ufeff\ufffd\uffff",
    *[
        "\\u0041",
        "\\n",
        "%s",
        "%%",
        "{}",
        "$1",
        "null",
        "</script>",
        "👩‍👩‍👧",
        "\U0010ffff",
    ],
]


def texts(min_size: int, max_size: int) -> st.SearchStrategy[str]:
    tricky = st.lists(st.sampled_from(TRICKY), max_size=8).map("".join)
    anything = st.one_of(st.text(CHARACTERS, max_size=max_size), tricky)
    return anything.map(lambda text: text[:max_size].ljust(min_size, "x"))


def words(max_size: int) -> st.SearchStrategy[str]:
    """Trimmed, and something is left."""
    return texts(1, max_size).map(str.strip).filter(bool)


MOMENTS = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    [
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),  # no microseconds to be left out
        datetime(2026, 1, 2, 3, 4, 5, 10, tzinfo=UTC),
        datetime(2026, 1, 2, 3, 4, 5, 999_990, tzinfo=UTC),
    ]
)
DUE_DATES = st.sampled_from([date(1900, 1, 1), date(2200, 12, 31)]) | st.dates(
    date(1900, 1, 1), date(2200, 12, 31)
)


@st.composite
def tasks(draw: st.DrawFn) -> dict[str, Any]:
    """Whatever the table's constraints allow."""
    due_date = draw(st.none() | DUE_DATES)
    status = draw(st.sampled_from(Task.Status.values))
    return {
        "title": draw(words(200)),
        "description": draw(texts(0, 300)),
        "priority": draw(st.sampled_from(Task.Priority.values)),
        "status": status,
        "due_date": due_date,
        "due_time": draw(st.none() | st.times()) if due_date else None,
        "labels": draw(st.lists(words(40), max_size=20, unique_by=str.casefold)),
        "completed_at": draw(MOMENTS) if status == "completed" else None,
        "version": draw(st.integers(1, 2**31 - 1)),
        "created_at": draw(MOMENTS),
        "updated_at": draw(MOMENTS),
    }


@pytest.mark.parametrize("path", ["/api/tasks/", "/api/tasks/trash/"])
def test_a_task_is_written_as_it_is_serialized(
    api: APIClient, owner: User, path: str
) -> None:
    deleted_at = MOMENTS if path.endswith("trash/") else st.none()

    @tries(short=25, long=2_000)
    @given(st.lists(st.tuples(tasks(), deleted_at), min_size=1, max_size=MAX_ROWS))
    def check(rows: list[Any]) -> None:
        with transaction.atomic():
            Task.objects.bulk_create(
                Task(user=owner, deleted_at=deleted_at, **fields)
                for fields, deleted_at in rows
            )
            assert shown(api, path) == serialized(path, Task.objects.all())
            transaction.set_rollback(True)

    check()


def test_a_label_is_written_as_it_is_serialized(api: APIClient, owner: User) -> None:
    path = "/api/labels/"

    @tries(short=25, long=2_000)
    @given(st.lists(words(40), min_size=1, max_size=20, unique_by=str.casefold))
    def check(labels: list[str]) -> None:
        with transaction.atomic():
            make_task(owner, labels=labels)
            assert shown(api, path) == serialized(path, LabelTally.objects.all())
            transaction.set_rollback(True)

    check()


NOTIFICATIONS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Notification.Kind.values),
        "title": texts(0, 200),
        "read_at": st.none() | MOMENTS,
        "created_at": MOMENTS,
    }
)


@st.composite
def deliveries(draw: st.DrawFn) -> list[dict[str, Any]]:
    """By no channel, by one or by each, in any order."""
    channels = draw(st.lists(st.sampled_from(Channel.values), unique=True))
    return [
        {
            "channel": channel,
            "state": (state := draw(st.sampled_from(Delivery.State.values))),
            "attempts": draw(st.integers(0, 2**15 - 1)),
            "last_error": draw(texts(0, 200)),
            "next_attempt_at": draw(MOMENTS) if state in Delivery.WAITING else None,
            "changed_at": draw(MOMENTS),
        }
        for channel in channels
    ]


def test_a_notification_is_written_as_it_is_serialized(
    api: APIClient, owner: User
) -> None:
    events = make_events(owner)
    task_ids = st.sampled_from([None, make_task(owner).pk])
    path = "/api/notifications/"

    @tries(short=25, long=2_000)
    @given(
        st.lists(
            st.tuples(NOTIFICATIONS, task_ids, deliveries()),
            min_size=1,
            max_size=MAX_ROWS,
        )
    )
    def check(rows: list[Any]) -> None:
        with transaction.atomic():
            created = Notification.objects.bulk_create(
                Notification(recipient=owner, event=event, task_id=task_id, **fields)
                for event, (fields, task_id, _) in zip(events, rows, strict=False)
            )
            Delivery.objects.bulk_create(
                Delivery(notification=notification, **delivery)
                for notification, row in zip(created, rows, strict=True)
                for delivery in row[2]
            )
            mine = Notification.objects.with_deliveries()
            assert shown(api, path) == serialized(path, mine)
            transaction.set_rollback(True)

    check()


def make_events(owner: User) -> list[Event]:
    """As many as there can be notifications, each of which needs its own."""
    return append_many(
        owner_id=owner.pk,
        kind=ACCOUNT,
        actor_id=owner.pk,
        entries=[Entry("test")] * MAX_ROWS,
    )


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    role = draw(st.sampled_from(User.Role.values))
    return {
        "first_name": draw(texts(0, 150)),
        "last_name": draw(texts(0, 150)),
        "role": role,
        "is_staff": role == "admin",
        "is_superuser": role == "admin",
        "is_active": draw(st.booleans()),
        "date_joined": draw(MOMENTS),
        "last_login": draw(st.none() | MOMENTS),
    }


def test_a_person_is_written_as_they_are_serialized(
    staff: User, sign_in: Callable[[User], APIClient]
) -> None:
    api = sign_in(staff)

    @tries(short=25, long=2_000)
    @given(st.lists(st.tuples(people(), texts(0, 140)), min_size=1, max_size=MAX_ROWS))
    def check(rows: list[Any]) -> None:
        with transaction.atomic():
            User.objects.bulk_create(
                User(username=f"{n}:{name}", email=f"{n}@example.org", **fields)
                for n, (fields, name) in enumerate(rows)
            )
            assert shown(api, "/api/users/") == serialized(
                "/api/users/", User.objects.all()
            )
            transaction.set_rollback(True)

    check()


SESSIONS = st.fixed_dictionaries(
    {
        "created_at": MOMENTS,
        "rotated_at": MOMENTS,
        "user_agent": texts(0, 255),
        "ip_address": st.none() | st.ip_addresses().map(str),
    }
)


def test_a_session_is_written_as_it_is_serialized(api: APIClient, owner: User) -> None:
    mine = Session.objects.get()
    asking = SimpleNamespace(auth=SimpleNamespace(session_id=mine.pk))
    path = "/api/auth/sessions/"

    @tries(short=25, long=2_000)
    @given(st.lists(SESSIONS, min_size=1, max_size=MAX_ROWS))
    def check(rows: list[Any]) -> None:
        with transaction.atomic():
            Session.objects.bulk_create(
                Session(user=owner, expires_at=mine.expires_at, **fields)
                for fields in rows
            )
            everything = Session.objects.all()
            assert shown(api, path) == serialized(path, everything, request=asking)
            transaction.set_rollback(True)

    check()


API_TOKENS = st.fixed_dictionaries(
    {
        "name": texts(1, 100),
        "scope": st.sampled_from(ApiToken.Scope.values),
        "created_at": MOMENTS,
        "expires_at": st.none() | MOMENTS,
        "last_used_at": st.none() | MOMENTS,
    }
)


def test_an_api_token_is_written_as_it_is_serialized(
    api: APIClient, owner: User
) -> None:
    path = "/api/auth/tokens/"

    @tries(short=25, long=2_000)
    @given(st.lists(API_TOKENS, min_size=1, max_size=MAX_ROWS))
    def check(rows: list[Any]) -> None:
        with transaction.atomic():
            ApiToken.objects.bulk_create(
                ApiToken(user=owner, digest=f"{n}", **fields)
                for n, fields in enumerate(rows)
            )
            assert shown(api, path) == serialized(path, ApiToken.objects.all())
            transaction.set_rollback(True)

    check()


# --- Any character ----------------------------------------------------------------


def test_every_character_there_is_arrives(api: APIClient, owner: User) -> None:
    everything = "".join(
        chr(n) for n in range(1, sys.maxunicode + 1) if not 0xD800 <= n < 0xE000
    )
    starts = range(0, len(everything), MAX_DESCRIPTION_LENGTH)
    parts = [everything[n : n + MAX_DESCRIPTION_LENGTH] for n in starts]
    Task.objects.bulk_create(
        Task(user=owner, title=f"{n}", description=part) for n, part in enumerate(parts)
    )

    results = api.get("/api/tasks/", {"limit": 100}).json()["results"]

    arrived = {int(row["title"]): row["description"] for row in results}
    assert "".join(arrived[n] for n in range(len(parts))) == everything
