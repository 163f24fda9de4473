"""Schemathesis: for anybody and anything, what is answered is what the schema says."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from pytest_django import Settings
from schemathesis import hooks
from schemathesis.engine import from_schema
from schemathesis.transport.wsgi import WSGITransport

import notifications.services
import tasks.services.filters
from common import attempts
from tests.proofs.fuzzing import (
    Account,
    Findings,
    application,
    end_other_connections,
    make_real,
    send_without_sockets,
)
from tests.proofs.size import IS_LONG, size

pytestmark = pytest.mark.django_db(transaction=True)

# What valid data may meet: rights, races and rows that are not there. Never a limit.
ACCEPTED = ["2xx", "3xx", "401", "403", "404", "409", "412", "422"]
REFUSED = [
    "400",
    "401",
    "403",
    "404",
    "405",
    "406",
    "409",
    "412",
    "413",
    "415",
    "422",
    "428",
]
# Rules that no JSON schema can say: what a good token is, which names are taken, …
BEYOND_THE_SCHEMA = [
    "/api/auth/register/",
    "/api/auth/token/refresh/",
    "/api/auth/logout/",
    "/api/auth/password/reset/confirm/",
]


# Besides the examples of the schema. Coverage goes through every edge of every
# parameter (in a short run, the valid ones): for the admin, who may call the most.
PHASES: dict[str, set[str]] = {
    "member": {"fuzzing", "stateful"},
    "staff": {"fuzzing"},
    "admin": {"coverage"},
}


def phases_of(role: str) -> set[str]:
    return set.union(*PHASES.values()) if IS_LONG else PHASES[role]


def config(role: str) -> dict[str, Any]:
    wanted = phases_of(role)
    phases: dict[str, Any] = {
        phase: {"enabled": phase in wanted}
        for phase in ("coverage", "fuzzing", "stateful")
    }
    if not IS_LONG:
        phases["coverage"]["generation"] = {"mode": "positive"}
    return {**CONFIG, "phases": phases}


CONFIG: dict[str, Any] = {
    "seed": 1,
    "continue-on-failure": True,
    "suppress-health-check": ["all"],  # a busy machine is no finding
    "generation": {
        "mode": "all",
        "max-examples": size(short=5, long=250),
        "deterministic": not IS_LONG,
        "database": "none",
        "allow-x00": False,  # refused everywhere, see test_hostile_input
        "no-shrink": not IS_LONG,
    },
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ACCEPTED},
        "negative_data_rejection": {"expected-statuses": REFUSED},
        "missing_required_header": {"expected-statuses": REFUSED},
    },
    "operations": [
        {
            "include-path": path,
            "checks": {
                "positive_data_acceptance": {"expected-statuses": [*ACCEPTED, "400"]}
            },
        }
        for path in BEYOND_THE_SCHEMA
    ]
    # In the trash a task is no more, but what happened to it can be read.
    + [
        {
            "include-path": "/api/tasks/{id}/history/",
            "checks": {"use_after_free": {"enabled": False}},
        }
    ],
}


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # These limits, too, are out of the way, as all others are in tests.
    monkeypatch.setattr(attempts, "PER_ADDRESS", attempts.Limit(10**6, 60))
    monkeypatch.setattr(attempts, "PER_ACCOUNT", attempts.Limit(10**6, 60))
    monkeypatch.setattr(notifications.services, "TESTS_AN_HOUR", 10**6)
    monkeypatch.setattr(tasks.services.filters, "MAX_PER_USER", 10**4)
    monkeypatch.setattr(WSGITransport, "send", send_without_sockets)
    schemathesis.hook("before_call")(make_real)
    yield
    hooks.unregister(make_real)
    end_other_connections()


@pytest.mark.timeout(0 if IS_LONG else 600)  # many small things, one after another
@pytest.mark.parametrize("role", list(PHASES))
def test_every_answer_is_as_the_schema_says(role: str) -> None:
    schema = schemathesis.openapi.from_wsgi(
        "/api/schema/?format=json",
        application(),
        config=schemathesis.Config.from_dict(config(role)),
    )
    schema.auth(refresh_interval=None)(Account.of(role))
    findings = Findings()
    with findings.crashes():
        for event in from_schema(schema).execute():
            findings.take(event)

    # `make proofs` shows it.
    sys.stdout.write(f"{role}: {findings.summary}\n")
    assert not findings.failures, str(findings)
    # A limit that was hit would hide everything behind it.
    assert findings.statuses[429] == 0
    assert set(findings.phases) == {"examples", *phases_of(role)}
    assert findings.cases >= size(short=100, long=7_000)
