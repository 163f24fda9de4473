"""What follows by itself for each operation of the OpenAPI document."""

import pytest

from common.errors import PROBLEMS
from tests.contract.document import CURRENT, follow, operations, read

DOCUMENT = read(CURRENT)
OPERATIONS = operations(DOCUMENT)
SIGNED_OUT = {"not_authenticated", "token_expired", "token_invalid", "session_ended"}


def codes_of(name: str) -> set[str]:
    """The codes an operation names, but for those of the stale task's own example."""
    codes: set[str] = set()
    for response in OPERATIONS[name]["responses"].values():
        content = follow(DOCUMENT, response).get("content", {})
        codes |= set(content.get("application/problem+json", {}).get("examples", ()))
    return codes


@pytest.mark.parametrize(
    ("name", "named", "not_named"),
    [
        ("GET /api/tasks/", SIGNED_OUT, {"not_found", "parse_error"}),
        ("GET /api/tasks/{id}/", SIGNED_OUT | {"not_found"}, {"StaleTask"}),
        (
            "POST /api/tasks/",
            {"parse_error", "idempotency_key_in_use", "idempotency_key_reused"},
            {"not_found", "StaleTask"},
        ),
        ("PUT /api/tasks/{id}/", {"StaleTask", "precondition_required"}, set()),
        ("DELETE /api/tasks/{id}/", {"StaleTask"}, {"precondition_required"}),
        (
            "POST /api/auth/token/",
            {"invalid_credentials", "cross_site"},
            {"token_expired", "idempotency_key_reused"},
        ),
    ],
)
def test_an_operation_names_its_problems(
    name: str, named: set[str], not_named: set[str]
) -> None:
    assert codes_of(name) >= named
    assert not codes_of(name) & not_named


def test_every_code_is_in_the_schema_and_explained() -> None:
    code = DOCUMENT["components"]["schemas"]["Problem"]["properties"]["code"]
    enum = DOCUMENT["components"]["schemas"]["ProblemCode"]["enum"]

    assert enum == list(PROBLEMS)
    assert all(f"| `{each}` |" in code["description"] for each in PROBLEMS)


def test_operations_are_called_what_they_do() -> None:
    named = {name: each["operationId"] for name, each in OPERATIONS.items()}

    assert named["GET /api/tasks/"] == "tasks_list"
    assert named["POST /api/tasks/{id}/restore/"] == "tasks_restore"
    assert named["PATCH /api/auth/me/"] == "auth_me_partial_update"
    assert len(set(named.values())) == len(named)
