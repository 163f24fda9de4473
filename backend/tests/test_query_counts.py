"""Every operation and the exact number of its statements, at 1 row and at 100.

Statements that read or write are counted, and settings made for one transaction;
BEGIN, COMMIT and savepoints are not: a test runs inside a transaction, so it would
count others than production has.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from accounts.models import Session, User
from accounts.services import Client, create_api_token, start_session
from events.relay import relay_waiting
from notifications.models import Notification
from tasks import services
from tasks.models import SavedFilter, Task

PASSWORD = "correct-horse-battery"
TRANSACTION_CONTROL = re.compile(r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b")
WHOLE_TASK: dict[str, Any] = {
    "title": "Changed",
    "description": "",
    "priority": "high",
    "status": "completed",
    "due_date": "2026-03-01",
    "due_time": "09:30",
    "labels": ["home"],
}
KEY = {"Idempotency-Key": "k"}


@dataclass(frozen=True)
class Call:
    """One way to call an operation, and how many statements it makes."""

    queries: int
    status: int = 200
    query: str = ""
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)


# An operation may be called in several ways: "METHOD path", then what is special.
CALLS: dict[str, Call] = {
    "POST /api/auth/register/": Call(
        8,
        201,
        body={"username": "ada", "email": "ada@example.org", "password": PASSWORD},
    ),
    "POST /api/auth/token/": Call(6, body={"username": "owner", "password": PASSWORD}),
    "POST /api/auth/token/refresh/": Call(2, body={"refresh": "REFRESH"}),
    "POST /api/auth/logout/": Call(3, 204, body={"refresh": "REFRESH"}),
    "GET /api/auth/me/": Call(1),
    "PATCH /api/auth/me/": Call(3, body={"first_name": "Ada"}),
    "PATCH /api/auth/me/ a new address": Call(
        6, body={"email": "ada@example.org", "password": PASSWORD}
    ),
    "DELETE /api/auth/me/": Call(10, 204, body={"password": PASSWORD}),
    "GET /api/auth/me/export/": Call(5),  # and one more for each 250 tasks
    "GET /api/auth/sessions/": Call(1, query="limit=100"),
    "DELETE /api/auth/sessions/": Call(3, 204),
    "DELETE /api/auth/sessions/{id}/": Call(3, 204),
    "POST /api/auth/password/": Call(
        12, body={"password": PASSWORD, "new_password": "staple-battery-horse"}
    ),
    "POST /api/auth/password/reset/": Call(2, 202, body={"email": "a@example.org"}),
    "POST /api/auth/password/reset/confirm/": Call(
        2, 400, body={"uid": "MQ", "token": "x", "new_password": PASSWORD}
    ),
    "GET /api/users/": Call(2, query="limit=100"),
    "GET /api/users/ filtered": Call(2, query="search=a&role=member&is_active=true"),
    "GET /api/users/{id}/": Call(2),
    "PATCH /api/users/{id}/": Call(7, body={"role": "staff"}),
    "PATCH /api/users/{id}/ off": Call(8, body={"is_active": False}),
    "POST /api/users/{id}/logout/": Call(5, 204),
    "GET /api/auth/tokens/": Call(1, query="limit=100"),
    "POST /api/auth/tokens/": Call(5, 201, body={"name": "x", "scope": "read"}),
    "POST /api/auth/tokens/ with a key": Call(
        7, 201, body={"name": "x", "scope": "read"}, headers=KEY
    ),
    "DELETE /api/auth/tokens/{id}/": Call(3, 204),
    "GET /api/tasks/": Call(1, query="limit=100"),
    "GET /api/tasks/ filtered": Call(1, query="status=pending&priority=medium"),
    "POST /api/tasks/": Call(2, 201, body=WHOLE_TASK),
    "POST /api/tasks/ with a key": Call(4, 201, body=WHOLE_TASK, headers=KEY),
    "GET /api/tasks/{id}/": Call(1),
    "GET /api/tasks/{id}/ unchanged": Call(1, 304, headers={"If-None-Match": "*"}),
    "PUT /api/tasks/{id}/": Call(3, body=WHOLE_TASK, headers={"If-Match": "*"}),
    "PATCH /api/tasks/{id}/": Call(3, body={"title": "Changed"}),
    "PATCH /api/tasks/{id}/ to the same": Call(1, body={}),
    "PATCH /api/tasks/{id}/ stale": Call(
        1, 412, body={"title": "Changed"}, headers={"If-Match": '"99"'}
    ),
    "DELETE /api/tasks/{id}/": Call(3, 204),
    "POST /api/tasks/{id}/restore/": Call(3),
    "GET /api/tasks/{id}/history/": Call(2, query="limit=100"),
    "POST /api/tasks/{id}/revert/": Call(4, body={"version": 1}),
    "POST /api/tasks/{id}/revert/ to itself": Call(2, body={"version": 2}),
    "GET /api/tasks/trash/": Call(1, query="limit=100"),
    "GET /api/tasks/summary/": Call(1),
    "GET /api/tasks/progress/": Call(1),
    "DELETE /api/tasks/trash/": Call(8, 204),
    "DELETE /api/tasks/trash/{id}/": Call(6, 204),
    "POST /api/tasks/bulk/": Call(3, body={"ids": "ALL", "set": {"priority": "low"}}),
    "POST /api/tasks/bulk/ to the trash": Call(
        3, body={"ids": "ALL", "action": "delete"}
    ),
    "POST /api/tasks/bulk/ to the same": Call(1, body={"ids": "ALL", "set": {}}),
    "POST /api/tasks/import/": Call(2, 201, body={"tasks": [WHOLE_TASK]}),
    "POST /api/tasks/import/ many": Call(2, 201, body={"tasks": [WHOLE_TASK] * 100}),
    "GET /api/tasks/changes/": Call(2),
    "GET /api/tasks/changes/ latest": Call(1, query="since=latest"),
    "GET /api/labels/": Call(1, query="limit=100"),
    "PATCH /api/labels/{name}/": Call(4, body={"name": "house"}),
    "DELETE /api/labels/{name}/": Call(3, 204),
    "GET /api/filters/": Call(1),
    "POST /api/filters/": Call(5, 201, body={"name": "x", "query": "due=today"}),
    "GET /api/filters/{id}/": Call(1),
    "PATCH /api/filters/{id}/": Call(4, body={"query": "due=week"}),
    "PATCH /api/filters/{id}/ elsewhere": Call(7, body={"name": "x", "position": 49}),
    "PATCH /api/filters/{id}/ to the same": Call(2, body={}),
    "DELETE /api/filters/{id}/": Call(5, 204),
    "GET /api/notifications/": Call(1, query="limit=100"),
    "GET /api/notifications/{id}/": Call(2),
    "PATCH /api/notifications/{id}/": Call(4, body={"read": True}),
    "GET /api/notifications/preferences/": Call(1),
    "PATCH /api/notifications/preferences/": Call(
        4, body={"kinds": {"test": {"email": True}}}
    ),
    "PATCH /api/notifications/preferences/ to the same": Call(
        2, body={"kinds": {"test": {"email": False}}}
    ),
    "POST /api/notifications/test/": Call(7, 201),
    "POST /api/notifications/read-all/": Call(4),
    "GET /api/notifications/summary/": Call(1),
    "POST /api/realtime/ticket/": Call(0),
}
# What is promised, whatever the table says.
CEILINGS = {
    "GET /api/tasks/": 2,
    "GET /api/tasks/{id}/": 1,
    "PUT /api/tasks/{id}/": 4,
    "PATCH /api/tasks/{id}/": 4,
}

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """An owner with so many rows of everything, and one of each to call by its id."""

    api: APIClient
    admin: APIClient
    refresh: str
    ids: dict[str, Any]
    task_ids: list[int]

    def path(self, route: str) -> str:
        """The route with an id that its longest known beginning stands for."""
        if "{" not in route:
            return route
        known = max((each for each in self.ids if route.startswith(each)), key=len)
        return re.sub(r"{\w+}", str(self.ids[known]), route)


@pytest.fixture(params=[1, 100])
def world(request: pytest.FixtureRequest) -> World:
    owner = User.objects.create_user("owner", "owner@example.org", PASSWORD)
    boss = User.objects.create_superuser("boss", "boss@example.org", PASSWORD)
    person = User.objects.create(username="person", email="person@example.org")
    pair = start_session(user=owner, client=Client("pytest", "127.0.0.1"))
    for _ in range(request.param):
        task = create_task(owner)
        change_task(task)
        trashed = create_task(owner)
        services.trash_task(actor_id=owner.pk, task_id=trashed.pk)
        start_session(user=owner, client=Client("pytest", "127.0.0.1"))
        start_session(user=person, client=Client("pytest", "127.0.0.1"))
        name = f"person-{task.pk}"
        User.objects.create(username=name, email=f"{name}@example.org")
    for _ in range(min(request.param, 48)):  # one person may have 50
        token = create_api_token(user_id=owner.pk, name="x", scope="read")
        create_filter(owner)
    saved = create_filter(owner)
    relay_waiting()
    ids = {
        "/api/auth/sessions/": Session.objects.filter(user=owner).latest("pk").pk,
        "/api/auth/tokens/": token.pk,
        "/api/users/": person.pk,
        "/api/tasks/": task.pk,
        "/api/tasks/{id}/restore/": trashed.pk,
        "/api/tasks/trash/": trashed.pk,
        "/api/labels/": "home",
        "/api/filters/": saved.pk,
        "/api/notifications/": Notification.objects.latest("pk").pk,
    }
    access = start_session(user=boss, client=Client("pytest", "127.0.0.1")).access
    task_ids = list(Task.objects.alive().values_list("pk", flat=True))
    return World(client(pair.access), client(access), pair.refresh, ids, task_ids)


def client(access: str) -> APIClient:
    return APIClient(headers={"authorization": f"Bearer {access}"})


def create_task(owner: User) -> Task:
    fields = {"title": "Pay rent", "labels": ["home", "money"]}
    return services.create_task(actor_id=owner.pk, fields=fields)


def change_task(task: Task) -> None:
    fields = {"title": "Pay the rent"}
    services.update_task(actor_id=task.user_id, task_id=task.pk, fields=fields)


def create_filter(owner: User) -> SavedFilter:
    """The first in the order, so that moving it moves all others."""
    name = f"Filter {SavedFilter.objects.count()}"
    fields = {"name": name, "query": "", "position": 0}
    return services.create_filter(actor_id=owner.pk, fields=fields)


def test_the_table_has_every_operation_and_no_other() -> None:
    generator: Any = SchemaGenerator  # drf-spectacular has no types
    schema = generator().get_schema(public=True)
    operations = {
        f"{method.upper()} {path}"
        for path, methods in schema["paths"].items()
        for method in methods
    }
    assert {operation_of(name) for name in CALLS} == operations


def operation_of(name: str) -> str:
    return " ".join(name.split()[:2])


def test_the_table_keeps_the_promises() -> None:
    """For every way to call what has a ceiling, keys and stale versions included."""
    above = {
        name
        for name, call in CALLS.items()
        if call.queries > CEILINGS.get(operation_of(name), call.queries)
    }
    assert not above


def test_each_call_makes_its_statements_and_no_more(world: World) -> None:
    wrong = {
        name: (measured, expected)
        for name, call in CALLS.items()
        if (measured := measure(world, name, call))
        != (expected := (call.status, call.queries))
    }
    assert not wrong


def measure(world: World, name: str, call: Call) -> tuple[int, int]:
    """Status and number of statements; what the call changed is rolled back."""
    method, route = operation_of(name).split()
    body = call.body
    if body and "refresh" in body:
        body = {"refresh": world.refresh}
    if body and "ids" in body:
        body = {**body, "ids": world.task_ids}
    path = f"{world.path(route)}?{call.query}"
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined] # may hold durable ones
    with undone:
        with CaptureQueriesContext(connection) as captured:
            api = world.admin if route.startswith("/api/users/") else world.api
            request = getattr(api, method.lower())
            response = request(path, body, headers=call.headers)
        transaction.set_rollback(True)
    made = [each["sql"] for each in captured.captured_queries]
    counted = [sql for sql in made if not TRANSACTION_CONTROL.match(sql)]
    return response.status_code, len(counted)
