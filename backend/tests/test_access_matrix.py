"""Who may do what: every route, every method, every kind of person.

The routes come from the URL resolver. One that is not in the table fails, and so does
a method that answers anything but 405 without being in the table.
"""

from collections.abc import Callable
from typing import Any

import jwt
import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.api_tokens import recall
from accounts.models import ApiToken, Session, User
from accounts.services import (
    TokenPair,
    create_api_token,
    end_session,
    end_sessions,
    revoke_api_token,
)
from accounts.tokens import key_id
from events.models import Event
from events.relay import relay_waiting
from notifications.models import Notification
from tasks.models import SavedFilter, Task
from tasks.services import create_filter
from tasks.tests.factory import make_task
from tests.routes import METHODS, all_routes

PEOPLE = (
    "anonymous",
    "owner",
    "other",
    "staff",
    "admin",
    "inactive user",
    "ended session",
    "expired token",
    "read token",  # the owner's API tokens
    "write token",
    "revoked token",
    "outdated token",
    "inactive user's token",
)
READ_TOKEN, WRITE_TOKEN = PEOPLE.index("read token"), PEOPLE.index("write token")
SAFE = ("GET", "HEAD", "OPTIONS")
Row = dict[str, tuple[int, ...]]
Clients = dict[str, APIClient]

TASK: dict[str, Any] = {
    "title": "x",
    "description": "",
    "priority": "low",
    "status": "pending",
    "due_date": None,
    "due_time": None,
    "labels": [],
}
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("api/auth/password/reset/", "POST"): {"email": "owner@example.org"},
    ("api/auth/tokens/", "POST"): {"name": "x", "scope": "read"},
    ("api/tasks/", "POST"): {"title": "x"},
    ("api/tasks/{pk}/", "PUT"): TASK,
    ("api/tasks/{pk}/", "PATCH"): {"title": "x"},
    ("api/tasks/bulk/", "POST"): {"ids": [2**63 - 1], "action": "delete"},
    ("api/tasks/import/", "POST"): {"tasks": [TASK]},
    ("api/tasks/{pk}/revert/", "POST"): {"version": 1},
    ("api/labels/{name}/", "PATCH"): {"name": "house"},
    ("api/filters/", "POST"): {"name": "x", "query": "due=today"},
    ("api/filters/{pk}/", "PATCH"): {"query": "due=week"},
    ("api/notifications/{pk}/", "PATCH"): {"read": True},
}


def everybody(status: int) -> tuple[int, ...]:
    """For calls that need no sign-in."""
    return (status,) * len(PEOPLE)


def signed_in(status: int) -> tuple[int, ...]:
    return by_role(status, status, status, status)


def owner_only(status: int) -> tuple[int, ...]:
    """For the owner's object: to others, whatever their role, it does not exist."""
    return by_role(status, 404, 404, 404)


def by_role(owner: int, other: int, staff: int, admin: int) -> tuple[int, ...]:
    """For whom the role decides; the owner's API tokens may what the owner may."""
    signed_in = (401, owner, other, staff, admin, 401, 401, 401)
    return (*signed_in, owner, owner, 401, 401, 401)


def seen_by_staff(status: int) -> tuple[int, ...]:
    """For reading the owner's task."""
    return by_role(status, 404, status, status)


def changed_by_owner(status: int) -> tuple[int, ...]:
    """For writing it: staff see it and may not, to others it does not exist."""
    return by_role(status, 404, 403, 403)


def private(**methods: tuple[int, ...]) -> Row:
    """A route for people who are signed in; what is not named is 405.

    A token that may only read is refused before that is looked at.
    """
    row = {
        **dict.fromkeys(METHODS, signed_in(405)),
        "OPTIONS": signed_in(200),
        **methods,
    }
    unsafe = {
        method: refused(row[method], READ_TOKEN) for method in row if method not in SAFE
    }
    return {**row, **unsafe}


def session_only(**methods: tuple[int, ...]) -> Row:
    """A route that manages the account: for no API token, whatever its scope."""
    row = private(**methods)
    return {method: refused(row[method], READ_TOKEN, WRITE_TOKEN) for method in row}


def readable_by_token(**methods: tuple[int, ...]) -> Row:
    """As `session_only`, but API tokens may read."""
    row = private(**methods)
    written = session_only(**methods)
    return {method: (row if method in SAFE else written)[method] for method in row}


def refused(statuses: tuple[int, ...], *tokens: int) -> tuple[int, ...]:
    return tuple(403 if n in tokens else each for n, each in enumerate(statuses))


def public(**methods: tuple[int, ...]) -> Row:
    return {
        **dict.fromkeys(METHODS, everybody(405)),
        "OPTIONS": everybody(200),
        **methods,
    }


def readable(status: tuple[int, ...]) -> Row:
    return {"GET": status, "HEAD": status}


TABLE: dict[str, Row] = {
    "api/auth/register/": public(POST=everybody(400)),  # reached, and then invalid
    "api/auth/token/": public(POST=everybody(400)),
    "api/auth/token/refresh/": public(POST=everybody(401)),
    "api/auth/logout/": public(POST=everybody(204)),
    "api/auth/me/": readable_by_token(
        **readable(signed_in(200)), PATCH=signed_in(200), DELETE=signed_in(400)
    ),
    "api/auth/me/export/": private(**readable(signed_in(200))),
    "api/auth/sessions/": session_only(
        **readable(signed_in(200)), DELETE=signed_in(204)
    ),
    "api/auth/sessions/{pk}/": session_only(DELETE=owner_only(204)),
    "api/auth/password/": session_only(POST=signed_in(400)),
    "api/auth/password/reset/": public(POST=everybody(202)),
    "api/auth/password/reset/confirm/": public(POST=everybody(400)),
    "api/auth/tokens/": session_only(**readable(signed_in(200)), POST=signed_in(201)),
    "api/auth/tokens/{pk}/": session_only(DELETE=owner_only(204)),
    "api/tasks/": private(**readable(signed_in(200)), POST=signed_in(201)),
    "api/tasks/progress/": private(**readable(signed_in(200))),
    "api/tasks/summary/": private(**readable(signed_in(200))),
    "api/tasks/trash/": private(**readable(signed_in(200)), DELETE=signed_in(204)),
    "api/tasks/trash/{pk}/": private(DELETE=changed_by_owner(204)),
    "api/tasks/bulk/": private(POST=signed_in(404)),  # none of these tasks
    "api/tasks/import/": private(POST=signed_in(201)),
    "api/tasks/changes/": private(**readable(signed_in(200))),
    "api/tasks/{pk}/": private(
        **readable(seen_by_staff(200)),
        PUT=changed_by_owner(200),
        PATCH=changed_by_owner(200),
        DELETE=changed_by_owner(204),
    ),
    "api/tasks/{pk}/restore/": private(POST=changed_by_owner(200)),
    "api/tasks/{pk}/revert/": private(POST=changed_by_owner(200)),
    "api/tasks/{pk}/history/": private(**readable(seen_by_staff(200))),
    "api/labels/": private(**readable(signed_in(200))),
    "api/labels/{name}/": private(PATCH=owner_only(200), DELETE=owner_only(204)),
    "api/filters/": private(**readable(signed_in(200)), POST=signed_in(201)),
    "api/filters/{pk}/": private(
        **readable(owner_only(200)), PATCH=owner_only(200), DELETE=owner_only(204)
    ),
    "api/notifications/": private(**readable(signed_in(200))),
    "api/notifications/summary/": private(**readable(signed_in(200))),
    "api/notifications/read-all/": private(POST=signed_in(200)),
    "api/notifications/test/": private(POST=signed_in(201)),
    "api/notifications/preferences/": private(
        **readable(signed_in(200)), PATCH=signed_in(200)
    ),
    "api/notifications/{pk}/": private(
        **readable(owner_only(200)), PATCH=owner_only(200)
    ),
    "api/users/": session_only(**readable(by_role(403, 403, 200, 200))),
    "api/users/{pk}/": session_only(
        **readable(by_role(403, 403, 200, 200)), PATCH=by_role(403, 403, 403, 200)
    ),
    "api/users/{pk}/logout/": session_only(POST=by_role(403, 403, 403, 204)),
    "api/realtime/ticket/": session_only(POST=signed_in(200)),
    "api/schema/": public(**readable(everybody(200))),
    "api/docs/": public(**readable(everybody(200))),
    # Not DRF's: plain pages that look at nothing but the address.
    "problems/<slug:code>": dict.fromkeys(METHODS, everybody(404)),  # no such code
    "health/live/": dict.fromkeys(METHODS, everybody(200)),
    "health/ready/": dict.fromkeys(METHODS, everybody(200)),
    "admin": dict.fromkeys(METHODS, everybody(302)),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(
    request: pytest.FixtureRequest,
    make_user: Callable[..., User],
    session_of: Callable[[User], TokenPair],
    django_capture_on_commit_callbacks: Any,
) -> Clients:
    cast = {name: request.getfixturevalue(name) for name in PEOPLE[1:5]}
    tokens = {name: session_of(user).access for name, user in cast.items()}
    gone = make_user("gone")
    tokens["inactive user"] = session_of(gone).access
    tokens["inactive user's token"] = api_token(gone, "write")
    tokens["ended session"] = session_of(cast["owner"]).access
    with django_capture_on_commit_callbacks(execute=True):
        gone.is_active = False
        gone.save()
        end_sessions(user_id=gone.pk, reason="deactivated", actor_id=None)
        latest = Session.objects.latest("pk")
        end_session(session=latest, reason="logout", actor_id=None)
    tokens["expired token"] = expired(tokens["owner"])
    for name in ("read", "write", "revoked", "outdated"):
        tokens[f"{name} token"] = api_token(cast["owner"], name)
    clients = {"anonymous": APIClient()}
    for name, token in tokens.items():
        clients[name] = APIClient(headers={"authorization": f"Bearer {token}"})
    return clients


def api_token(user: User, kind: str) -> str:
    scope = "read" if kind == "read" else "write"
    token = create_api_token(user_id=user.pk, name=kind, scope=scope)
    if kind == "revoked":
        revoke_api_token(user_id=user.pk, token_id=token.pk)
    if kind == "outdated":
        ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    return str(recall(token))


def expired(token: str) -> str:
    key = django_settings.JWT_SIGNING_KEY
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode({**claims, "exp": 1}, key, headers={"kid": key_id(key)})


@pytest.fixture
def object_id(
    owner: User,
    clients: Clients,
    session_of: Callable[[User], TokenPair],
    make_user: Callable[..., User],
) -> Callable[[str], int]:
    """The id of a new object of the owner's, of the kind the route names."""

    def notification() -> int:
        clients["owner"].post("/api/tasks/", {"title": "x"})
        relay_waiting()
        return Notification.objects.latest("pk").pk

    def session() -> int:
        session_of(owner)
        return Session.objects.latest("pk").pk

    def saved_filter() -> int:
        name = f"filter {SavedFilter.objects.count()}"
        fields = {"name": name, "query": ""}
        return create_filter(actor_id=owner.pk, fields=fields).pk

    makers: dict[str, Callable[[], int]] = {
        "api/auth/sessions/": session,
        "api/auth/tokens/": lambda: (
            create_api_token(user_id=owner.pk, name="x", scope="read").pk
        ),
        "api/filters/": saved_filter,
        "api/labels/": lambda: make_task(owner, labels=["home"]).pk,
        "api/notifications/": notification,
        "api/tasks/trash/": lambda: make_task(owner, deleted_at=timezone.now()).pk,
        "api/tasks/": lambda: make_task(owner).pk,
        "api/users/": lambda: make_user(f"user-{User.objects.count()}").pk,
    }

    def make(route: str) -> int:
        return next(each for known, each in makers.items() if route.startswith(known))()

    return make


def path_of(route: str, object_id: Callable[[str], int]) -> str:
    pk = object_id(route) if "{" in route else None
    return f"/{route.format(pk=pk, name='home')}"


def test_the_table_has_every_route_and_no_other() -> None:
    assert all_routes() == sorted(TABLE)


def test_the_table_has_every_method() -> None:
    assert all(set(row) == set(METHODS) for row in TABLE.values())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", sorted(TABLE))
def test_each_gets_what_the_table_says(
    route: str,
    method: str,
    clients: Clients,
    object_id: Callable[[str], int],
    settings: Settings,
) -> None:
    settings.STORAGES = {  # the pages' static files need no collecting here
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }
    call = method.lower()
    got = []
    for person in PEOPLE:
        SavedFilter.objects.all().delete()  # the owner's token needs the name again
        path = path_of(route, object_id)
        body = BODIES.get((route, method))
        events = Event.objects.count()
        response = getattr(clients[person], call)(path, body, HTTP_IF_MATCH="*")
        got.append(response.status_code)
        if response.status_code >= 400:  # then nothing has happened
            assert Event.objects.count() == events
        if response.status_code >= 400 and method != "HEAD":
            assert response["Content-Type"] == "application/problem+json"

    named = dict(zip(PEOPLE, got, strict=True))
    assert named == dict(zip(PEOPLE, TABLE[route][method], strict=True))


def test_a_refused_person_changed_nothing(clients: Clients, owner: User) -> None:
    task = make_task(owner, title="Untouched")
    url = f"/api/tasks/{task.pk}/"
    for person in PEOPLE:
        if person not in ("owner", "write token"):
            clients[person].put(url, TASK, HTTP_IF_MATCH="*")
            clients[person].patch(url, {"title": "x"})
            clients[person].delete(url)

    task = Task.objects.get()
    assert (task.title, task.version, task.deleted_at) == ("Untouched", 1, None)


POSTS = sorted(
    route
    for route, row in TABLE.items()
    if row["POST"][PEOPLE.index("owner")] < 400 and row["POST"][0] == 401
)


@pytest.mark.parametrize("route", POSTS)
def test_a_post_that_is_sent_twice_happens_once(
    route: str, clients: Clients, object_id: Callable[[str], int]
) -> None:
    """Every POST of somebody signed in takes an Idempotency-Key."""
    owner = clients["owner"]
    path = path_of(route, object_id)
    body = BODIES.get((route, "POST"))

    first = owner.post(path, body, HTTP_IDEMPOTENCY_KEY="k")
    events = Event.objects.count()
    again = owner.post(path, body, HTTP_IDEMPOTENCY_KEY="k")
    other = owner.post(path, {"something": "else"}, HTTP_IDEMPOTENCY_KEY="k")

    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for header in ("ETag", "Location", "Content-Type", "Cache-Control"):
        assert again.get(header) == first.get(header)
    assert Event.objects.count() == events
    assert other.status_code == 422
