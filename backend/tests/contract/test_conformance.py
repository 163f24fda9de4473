"""A lie in the OpenAPI document does not stay unnoticed."""

from copy import deepcopy
from typing import Any

import pytest
from django.http import HttpResponse, JsonResponse

from tests.contract.conformance import Contract
from tests.contract.document import CURRENT, Document, read

DOCUMENT = read(CURRENT)
TASK: Document = DOCUMENT["paths"]["/api/tasks/{id}/"]["get"]["responses"]["200"][
    "content"
]["application/json"]["examples"]["Task"]["value"]
NOT_FOUND: Document = DOCUMENT["components"]["examples"]["not_found"]["value"]


def answer(
    body: Any, status: int = 200, media_type: str = "application/json", **headers: str
) -> Any:
    sent = {"X-Request-ID": "r-1", **headers}
    return JsonResponse(body, status=status, content_type=media_type, headers=sent)


def found(body: Any = TASK, **more: Any) -> Any:
    return answer(body, ETag='"1"', **more)


def empty(status: int, body: str = "", **headers: str) -> Any:
    sent = {"X-Request-ID": "r-1", **headers}
    return HttpResponse(
        body, status=status, content_type="application/json", headers=sent
    )


def problem(**changes: Any) -> Any:
    body = {**NOT_FOUND, **changes}
    headers = {"ETag": '"1"'} if body["status"] == 412 else {}
    return answer(body, body["status"], "application/problem+json", **headers)


def stale(**current: Any) -> Any:
    return problem(status=412, code="precondition_failed", current={**TASK, **current})


@pytest.mark.parametrize(
    ("method", "response"),
    [
        ("GET", found()),
        ("HEAD", empty(200, ETag='"1"')),
        ("GET", problem()),
        ("POST", problem(status=405, code="method_not_allowed")),
        ("PATCH", stale()),
        ("DELETE", empty(204)),
        ("GET", empty(304, ETag='"1"')),
    ],
)
def test_what_is_documented_passes(method: str, response: Any) -> None:
    Contract(DOCUMENT).check(method, "/api/tasks/7/", response)


@pytest.mark.parametrize(
    ("method", "response"),
    [
        ("GET", found({**TASK, "secret": 1})),
        ("GET", found({**TASK, "version": "1"})),
        ("GET", found({**TASK, "created_at": "yesterday"})),
        ("GET", found({k: v for k, v in TASK.items() if k != "labels"})),
        ("GET", found(media_type="text/html")),
        ("GET", found(status=202)),
        ("GET", answer(TASK)),  # without its ETag
        ("GET", found(Location="/elsewhere")),
        ("GET", problem(code="registration_closed")),
        ("GET", problem(code="unheard_of")),
        ("GET", problem(status=410, code="not_found")),
        ("GET", problem(trace="…")),
        ("PATCH", stale(secret=1)),
        ("DELETE", empty(204, "gone")),
        ("POST", problem(status=405, code="unheard_of")),
    ],
)
def test_what_is_not_documented_fails(method: str, response: Any) -> None:
    with pytest.raises(AssertionError):
        Contract(DOCUMENT).check(method, "/api/tasks/7/", response)


def test_a_fixed_path_goes_before_one_with_an_id() -> None:
    contract = Contract(deepcopy(DOCUMENT))

    assert contract.name_of("GET", "/api/tasks/trash/") == "GET /api/tasks/trash/"
    assert contract.name_of("HEAD", "/api/tasks/7/") == "GET /api/tasks/{id}/"
