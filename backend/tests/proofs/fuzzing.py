"""What Schemathesis needs around it: an account, real ids, and a place for findings."""

import re
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ClassVar

from django.contrib.auth.hashers import make_password
from django.core.signals import got_request_exception
from django.core.wsgi import get_wsgi_application
from django.db import connection
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import events
from schemathesis.transport.wsgi import WSGITransport

from accounts.models import ApiToken, Session, User
from accounts.services import Client, start_session
from events.relay import relay_waiting
from notifications.models import Notification
from tasks import services
from tasks.models import SavedFilter, Task

PASSWORD = "correct-horse-battery"
REAL = {
    "time_zone": "Europe/Lisbon",
    "expires_at": None,
    "version": 1,
    "password": PASSWORD,
    "new_password": PASSWORD,
}
# Blank to Python and so to this API, though not to the \S of JSON Schema (ECMA-262).
BLANK_HERE = frozenset("\x1c\x1d\x1e\x1f\x85")
numbers = count(1)


class Account:
    """Whom the cases are sent as: somebody who has some of everything.

    A case may log out, deactivate or delete whoever sends it. It may succeed, and the
    next case is sent by the same person with a new session.
    """

    role: ClassVar[str]
    access = ""
    session_id = 0

    @classmethod
    def of(cls, role: str) -> type["Account"]:
        return type("AccountOf", (cls,), {"role": role})

    def get(self, case: Any, context: Any) -> str:
        if not self.is_well():
            self.sign_in()
        return self.access

    def set(self, case: Any, access: str, context: Any) -> None:
        case.headers["Authorization"] = f"Bearer {access}"

    def is_well(self) -> bool:
        mine = Session.objects.filter(pk=self.session_id, ended_at=None)
        return mine.filter(user__is_active=True, user__role=self.role).exists()

    def sign_in(self) -> None:
        wanted = {
            "email": "f@example.org",
            "password": make_password(PASSWORD),
            "is_active": True,
            "role": self.role,
            **dict.fromkeys(["is_staff", "is_superuser"], self.role == "admin"),
        }
        user, is_new = User.objects.update_or_create(username="fuzz", defaults=wanted)
        if is_new:
            furnish(user)
        pair = start_session(user=user, client=Client("schemathesis", "127.0.0.1"))
        self.access = pair.access
        self.session_id = Session.objects.filter(user=user).latest("pk").pk


def furnish(user: User) -> None:
    for n in range(30):
        task = services.create_task(actor_id=user.pk, fields={"title": f"Task {n}"})
        services.update_task(
            actor_id=user.pk, task_id=task.pk, fields={"labels": ["home"]}
        )
        if n % 3 == 0:
            services.trash_task(actor_id=user.pk, task_id=task.pk)
    relay_waiting()


ROWS: dict[str, Any] = {
    "/api/tasks/": Task,
    "/api/notifications/": Notification,
    "/api/auth/tokens/": ApiToken,
    "/api/auth/sessions/": Session,
    "/api/users/": User,
    "/api/filters/": SavedFilter,
}


def make_real(context: Any, case: Any, kwargs: Any) -> None:
    """A Schemathesis hook: what no schema can say of valid data is made true.

    Half of the ids are of rows that exist, which the fuzzer alone would hardly find.
    Cursors, which come from earlier answers, are left out, and no idempotency key comes
    twice: it would say again what was said to another body. What was made to be
    invalid stays as it is.
    """
    path, body = case.path_parameters or {}, case.body
    is_linked = case.meta.phase.name.value == "stateful"  # to what it has just made
    if is_valid(case, ParameterLocation.PATH) and not is_linked:
        make_path_real(case.operation.path, path)
    headers = case.headers or {}
    if "Idempotency-Key" in headers and is_valid(case, ParameterLocation.HEADER):
        headers["Idempotency-Key"] = (
            f"{headers['Idempotency-Key'][:200]} {next(numbers)}"
        )
    if case.query and is_valid(case, ParameterLocation.QUERY):
        make_query_real(case.query)
    if isinstance(body, dict) and is_valid(case, ParameterLocation.BODY):
        make_body_real(case.operation.label, body)


def make_path_real(route: str, path: dict[str, Any]) -> None:
    if "id" in path:
        path["id"] = real_id(route, int(path["id"]))
    if path.get("name", "é").isascii():
        path["name"] = "home"


def make_query_real(query: dict[str, Any]) -> None:
    """Cursors go, and ranks without a search; labels lose what commas would split, and
    years are the API's."""
    for name in ("cursor", "since"):
        query.pop(name, None)
    if query.get("ordering") in ("relevance", "-relevance") and "search" not in query:
        del query["ordering"]
    if "label" in query:
        query["label"] = [re.sub('[",\\s]', "x", each)[:40] for each in query["label"]]
    for name, value in query.items():
        if name.endswith(("_after", "_before")) and not "1901" < value < "2200":
            query[name] = "2030-01-31"


def is_valid(case: Any, location: ParameterLocation) -> bool:
    return not case.meta.is_negative_at(location)


def real_id(path: str, number: int) -> int:
    model = next(ROWS[each] for each in ROWS if each in path)
    ids = model.objects.order_by("-pk").values_list("pk", flat=True)[:50]
    return ids[number % len(ids)] if number % 2 and ids else number


def make_body_real(operation: str, body: dict[str, Any]) -> None:
    body.update(real_values(body))
    if operation == "PATCH /api/auth/me/" and {"email", "password"} & body.keys():
        new = f"f{next(numbers)}@example.org"  # each needs the other
        body.update({"email": new, "password": PASSWORD})
    if "/api/filters/" in operation:
        body.update(real_filter(body))
    if operation == "POST /api/tasks/import/":
        body["tasks"] = [{**task, **real_import(task)} for task in body["tasks"]]
    if operation == "POST /api/tasks/bulk/":
        body["ids"] = [*dict.fromkeys(real_id(operation, int(n)) for n in body["ids"])]
        if "set" in body:
            body["set"].update(real_values(body["set"]))
            body.pop("action", None)
        else:
            body.setdefault("action", "restore")


def real_values(body: dict[str, Any]) -> dict[str, Any]:
    """What replaces some of a valid body.

    JSON Schema takes 7.0 for an integer, any year for a date and a few control
    characters for a text; this API does not.
    """
    real: dict[str, Any] = {name: REAL[name] for name in REAL if name in body}
    for name, value in body.items():
        if isinstance(value, float) and value.is_integer():
            real.setdefault(name, int(value))
        if isinstance(value, str) and not value.strip() and BLANK_HERE & {*value}:
            real.setdefault(name, "a text")
    if "labels" in body:
        labels = [each.strip().casefold() for each in body["labels"]]
        real["labels"] = [*dict.fromkeys(filter(None, labels))]
    if {"due_date", "due_time"} & {*body.get("fields", [])}:  # one needs the other
        real["fields"] = [*{*body["fields"], "due_date", "due_time"}]
    if body.get("due_date") or body.get("due_time"):
        real["due_date"] = "2030-01-31"
    elif "due_date" in body:
        real["due_time"] = None
    return real


def real_filter(body: dict[str, Any]) -> dict[str, Any]:
    """A name that is free, and a query that the list takes."""
    real = {"name": f"filter {next(numbers)}", "query": "status=pending&label=home"}
    return {name: real[name] for name in real if name in body}


def real_import(task: dict[str, Any]) -> dict[str, Any]:
    """Moments that are over; and what is not completed has been so at none."""
    real = real_values(task)
    for name in ("created_at", "deleted_at"):
        if task.get(name):
            real[name] = "2020-02-29T08:00:00Z"
    if "completed_at" in task:
        real["completed_at"] = None
    return real


def application() -> Callable[..., Any]:
    """The site, called as gunicorn calls it: with the address of a client."""
    site = get_wsgi_application()

    def call(environ: dict[str, Any], start_response: Any) -> Any:
        return site({"REMOTE_ADDR": "127.0.0.1", **environ}, start_response)

    return call


@dataclass
class Findings:
    """What a run of the engine has done and found."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    phases: Counter[str] = field(default_factory=Counter)
    failures: dict[tuple[str, ...], str] = field(default_factory=dict)

    def take(self, event: Any) -> None:
        if isinstance(event, events.NonFatalError):
            self.failures[event.label, "error", str(event.value)] = ""
        if isinstance(event, events.ScenarioFinished):
            self.take_scenario(event.phase.value, event.recorder)

    def take_scenario(self, phase: str, recorder: Any) -> None:
        for interaction in recorder.interactions.values():
            self.cases += 1
            self.phases[phase] += 1
            if interaction.response is not None:
                self.statuses[interaction.response.status_code] += 1
        for case_id, nodes in recorder.checks.items():
            for node in nodes:
                if node.failure_info:
                    self.take_failure(recorder, case_id, node)

    def take_failure(self, recorder: Any, case_id: str, node: Any) -> None:
        failure = node.failure_info.failure
        operation = recorder.cases[case_id].value.operation.label
        answer = recorder.interactions[case_id].response
        key = (operation, node.name, failure.title)
        sample = f"{failure.message}\n{node.failure_info.code_sample}"
        if answer:
            sample += f"\n{answer.status_code} {answer.content[:500]!r}"
        self.failures.setdefault(key, sample)

    @contextmanager
    def crashes(self) -> Iterator[None]:
        """Collect what raises inside the site, which answers a 500 without a word."""

        def collect(sender: Any, **details: Any) -> None:
            trace = traceback.format_exc()
            self.failures[("crash", trace.splitlines()[-1])] = trace

        got_request_exception.connect(collect)
        try:
            yield
        finally:
            got_request_exception.disconnect(collect)

    def __str__(self) -> str:
        found = ["\n".join([*key, sample]) for key, sample in self.failures.items()]
        return f"\n{'-' * 80}\n".join([self.summary, *found])

    @property
    def summary(self) -> str:
        return f"{self.cases:,} cases, {dict(self.phases)}, {dict(self.statuses)}"


send = WSGITransport.send


def send_without_sockets(self: Any, case: Any, **options: Any) -> Any:
    """Schemathesis 4.32 hands some in-process calls what only sockets understand."""
    for name in ("max_redirects", "verify", "cert", "proxies"):
        options.pop(name, None)
    return send(self, case, **options)


def end_other_connections() -> None:
    """The engine's threads end without closing theirs; the database could not go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
