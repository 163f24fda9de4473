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


def answer(body: Any, status: int = 200, media_type: str = "application/json") -> Any:
    return JsonResponse(body, status=status, content_type=media_type)


def problem(**changes: Any) -> Any:
    body = {**NOT_FOUND, **changes}
    return answer(body, body["status"], "application/problem+json")


def stale(**current: Any) -> Any:
    return problem(status=412, code="precondition_failed", current={**TASK, **current})


@pytest.mark.parametrize(
    ("method", "response"),
    [
        ("GET", answer(TASK)),
        ("HEAD", HttpResponse(content_type="application/json")),
        ("GET", problem()),
        ("POST", problem(status=405, code="method_not_allowed")),
        ("PATCH", stale()),
        ("DELETE", HttpResponse(status=204)),
        ("GET", HttpResponse(status=304)),
    ],
)
def test_what_is_documented_passes(method: str, response: Any) -> None:
    Contract(DOCUMENT).check(method, "/api/tasks/7/", response)


@pytest.mark.parametrize(
    ("method", "response"),
    [
        ("GET", answer({**TASK, "secret": 1})),
        ("GET", answer({**TASK, "version": "1"})),
        ("GET", answer({**TASK, "created_at": "yesterday"})),
        ("GET", answer({k: v for k, v in TASK.items() if k != "labels"})),
        ("GET", answer(TASK, media_type="text/html")),
        ("GET", answer(TASK, status=202)),
        ("GET", problem(code="registration_closed")),
        ("GET", problem(code="unheard_of")),
        ("GET", problem(status=410, code="not_found")),
        ("GET", problem(trace="…")),
        ("PATCH", stale(secret=1)),
        ("DELETE", HttpResponse("gone", status=204)),
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
