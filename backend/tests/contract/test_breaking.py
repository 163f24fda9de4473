"""Each way to break a client is found, and nothing that breaks none is."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.contract.breaking import (
    Comparison,
    announced,
    unannounced,
    without_explanations,
)
from tests.contract.document import Document

TASK: Document = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "title": {"type": "string"},
        "due_date": {"type": ["string", "null"], "format": "date"},
        "labels": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["id", "title", "labels"],
}
NEW_TASK: Document = {
    "type": "object",
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": 200},
        "priority": {"$ref": "#/components/schemas/Priority"},
        "estimate": {"type": ["number", "null"]},
    },
    "required": ["title"],
}
REFERENCE = {"$ref": "#/components/schemas/Task"}
OLD: Document = {
    "paths": {
        "/tasks/": {
            "get": {
                "security": [{"bearer": []}, {}],
                "parameters": [
                    {"in": "query", "name": "limit", "schema": {"type": "integer"}},
                    {
                        "in": "query",
                        "name": "status",
                        "schema": {"type": "string", "enum": ["open", "done"]},
                    },
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": REFERENCE}
                            }
                        },
                    },
                    "404": {"$ref": "#/components/responses/not_found"},
                },
            },
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/NewTask"}
                        }
                    },
                },
                "responses": {
                    "201": {"content": {"application/json": {"schema": REFERENCE}}}
                },
            },
        }
    },
    "components": {
        "responses": {"not_found": {"description": "Not found"}},
        "schemas": {
            "Task": TASK,
            "NewTask": NEW_TASK,
            "Priority": {"type": "string", "enum": ["low", "high"]},
        },
    },
}
Change = Callable[[Document], Any]


def get(new: Document) -> Document:
    operation: Document = new["paths"]["/tasks/"]["get"]
    return operation


def post(new: Document) -> Document:
    operation: Document = new["paths"]["/tasks/"]["post"]
    return operation


def schema(new: Document, name: str) -> Document:
    found: Document = new["components"]["schemas"][name]
    return found


def title(new: Document) -> Document:
    found: Document = schema(new, "NewTask")["properties"]["title"]
    return found


def answered(new: Document) -> Document:
    found: Document = schema(new, "Task")["properties"]
    return found


def parameter(name: str, **more: Any) -> Document:
    return {"in": "query", "name": name, "schema": {"type": "string"}, **more}


BREAKS: dict[str, Change] = {
    "`POST /tasks/` is gone": lambda new: new["paths"]["/tasks/"].pop("post"),
    "`GET /tasks/` needs signing in": lambda new: get(new)["security"].pop(),
    "`GET /tasks/` parameter limit is gone": lambda new: get(new)["parameters"].pop(0),
    "`GET /tasks/` needs the parameter user": lambda new: get(new)["parameters"].append(
        parameter("user", required=True)
    ),
    "`GET /tasks/` needs the parameter limit": lambda new: get(new)["parameters"][
        0
    ].update(required=True),
    "`GET /tasks/` parameter limit takes no integer": lambda new: get(new)[
        "parameters"
    ][0].update(schema={"type": "string"}),
    "`GET /tasks/` parameter limit has a lower maximum": lambda new: get(new)[
        "parameters"
    ][0]["schema"].update(maximum=100),
    "`GET /tasks/` parameter limit is read otherwise": lambda new: get(new)[
        "parameters"
    ][0].update(explode=False),
    "`GET /tasks/` parameter status takes no done": lambda new: get(new)["parameters"][
        1
    ]["schema"]["enum"].remove("done"),
    "`GET /tasks/` answers 404 no more": lambda new: get(new)["responses"].pop("404"),
    "`GET /tasks/` sends no ETag": lambda new: get(new)["responses"]["200"].pop(
        "headers"
    ),
    "`GET /tasks/` speaks no application/json in its response": lambda new: get(new)[
        "responses"
    ]["200"].update(content={"text/csv": {}}),
    "`Task.title` is gone": lambda new: answered(new).pop("title"),
    "`Task.id` may be string": lambda new: answered(new)["id"].update(type="string"),
    "`Task.title` may be null": lambda new: answered(new)["title"].update(
        type=["string", "null"]
    ),
    "`Task.title` may be missing": lambda new: schema(new, "Task")["required"].remove(
        "title"
    ),
    "`Task.due_date` has another format": lambda new: answered(new)["due_date"].update(
        format="date-time"
    ),
    "`Task.labels` may be integer": lambda new: answered(new)["labels"].update(
        items={"type": "integer"}
    ),
    "`POST /tasks/` takes no body": lambda new: post(new).pop("requestBody"),
    "`POST /tasks/` needs a body": lambda new: post(new)["requestBody"].update(
        required=True
    ),
    "`NewTask.estimate` is gone": lambda new: schema(new, "NewTask")["properties"].pop(
        "estimate"
    ),
    "`NewTask.priority` is required": lambda new: schema(new, "NewTask")[
        "required"
    ].append("priority"),
    "`NewTask.estimate` takes no null": lambda new: schema(new, "NewTask")[
        "properties"
    ]["estimate"].update(type="number"),
    "`NewTask.estimate` takes no number": lambda new: schema(new, "NewTask")[
        "properties"
    ]["estimate"].update(type=["integer", "null"]),
    "`NewTask` takes no other fields": lambda new: schema(new, "NewTask").update(
        additionalProperties=False
    ),
    "`NewTask.title` has a lower maxLength": lambda new: title(new).update(
        maxLength=100
    ),
    "`NewTask.title` has a higher minLength": lambda new: title(new).update(
        minLength=2
    ),
    "`NewTask.title` has another pattern": lambda new: title(new).update(pattern="^a"),
    "`Priority` takes no high": lambda new: schema(new, "Priority")["enum"].remove(
        "high"
    ),
}

HARMLESS: dict[str, Change] = {
    "nothing": deepcopy,
    "an operation more": lambda new: new["paths"].update(
        {"/labels/": {"get": {"responses": {}}}}
    ),
    "a parameter more": lambda new: get(new)["parameters"].append(parameter("search")),
    "a looser parameter": lambda new: get(new)["parameters"][0]["schema"].update(
        type=["integer", "string"]
    ),
    "a field more to read": lambda new: answered(new).update(due={"type": "string"}),
    "a field more to write": lambda new: schema(new, "NewTask")["properties"].update(
        due={"type": "string"}
    ),
    "a value more to write": lambda new: schema(new, "Priority")["enum"].append("mid"),
    "a longer title": lambda new: title(new).update(maxLength=300),
    "an empty title": lambda new: title(new).pop("minLength"),
    "a title that is never null": lambda new: answered(new)["due_date"].update(
        type="string"
    ),
    "a status more": lambda new: get(new)["responses"].update({"410": {}}),
    "a header more": lambda new: get(new)["responses"]["200"]["headers"].update(
        {"Location": {}}
    ),
    "other words": lambda new: schema(new, "Task").update(description="Another."),
}


@pytest.mark.parametrize("expected", BREAKS)
def test_a_break_is_found_and_named(expected: str) -> None:
    new = deepcopy(OLD)
    BREAKS[expected](new)

    assert Comparison(OLD, new).breaks() == [expected]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_adds_to_the_api_breaks_nothing(name: str) -> None:
    new = deepcopy(OLD)
    HARMLESS[name](new)

    assert Comparison(OLD, new).breaks() == []


def test_what_is_released_is_compared_without_its_explanations() -> None:
    released = without_explanations(OLD)

    assert "title" in released["components"]["schemas"]["Task"]["properties"]
    assert "description" not in released["components"]["responses"]["not_found"]
    assert Comparison(released, OLD).breaks() == []


CHANGELOG = """# Changes

## Unreleased

### Added

* `Task.id` is a number.

### Breaking

* `Task.title` is called `Task.name`, and `GET /tasks/` has no `limit`.

## 0.1.0

### Breaking

* `POST /tasks/` is gone.
"""


@pytest.mark.parametrize(
    ("found", "is_named"),
    [
        ("`Task.title` is gone", True),
        ("`GET /tasks/` parameter limit is gone", True),
        ("`Task.id` may be string", False),  # named, but not as a break
        ("`POST /tasks/` is gone", False),  # of an earlier release
        ("`Task` is gone", False),
    ],
)
def test_the_changelog_may_announce_a_break(found: str, *, is_named: bool) -> None:
    assert (unannounced([found], announced(CHANGELOG)) == []) is is_named


def test_a_changelog_without_breaks_announces_none() -> None:
    assert announced("# Changes\n\n## Unreleased\n\n### Added\n\n* More.\n") == ""
