"""/api/schema/: what is in the repository, made once a process."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from common import schema_view
from common.tests.threads import run_at_once
from tests.contract.document import CURRENT, read

MEDIA_TYPES = {
    "application/vnd.oai.openapi": "yaml",
    "application/yaml": "yaml",
    "application/vnd.oai.openapi+json": "json",
    "application/json": "json",
}

LOAD: dict[str, Callable[[bytes], Any]] = {
    "json": json.loads,
    "yaml": lambda content: yaml.load(content, Loader=yaml.CSafeLoader),
}


def ask(accept: str = "*/*", query: str = "", **headers: str) -> Any:
    return Client().get(f"/api/schema/{query}", headers={"accept": accept, **headers})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """How often a document is made by a process that has just started."""
    made: list[str] = []
    make: Any = SchemaGenerator.get_schema

    def counted(generator: Any, **options: Any) -> Any:
        made.append("once")
        return make(generator, **options)

    monkeypatch.setattr(SchemaGenerator, "get_schema", counted)
    forget()
    yield made
    forget()


def forget() -> None:
    schema_view.document.cache_clear()
    schema_view.rendered.cache_clear()


@pytest.mark.parametrize(("media_type", "suffix"), MEDIA_TYPES.items())
def test_it_says_what_is_in_the_repository_in_the_format_that_is_asked_for(
    media_type: str, suffix: str
) -> None:
    response = ask(media_type)

    assert response["Content-Type"].split(";")[0] == media_type
    assert response["Content-Disposition"].endswith(f'.{suffix}"')
    assert "Accept" in response["Vary"]
    assert LOAD[suffix](response.content) == read(CURRENT)


def test_a_process_makes_it_once_however_many_ask_for_whatever(made: list[str]) -> None:
    formats = iter([*MEDIA_TYPES] * 2)

    answers = run_at_once(8, lambda: ask(next(formats)))

    assert {answer.status_code for answer in answers} == {200}
    assert made == ["once"]


@pytest.mark.parametrize("query", ["?version=7", "?lang=de", "?anything=else"])
def test_nothing_in_the_address_makes_another(made: list[str], query: str) -> None:
    assert ask(query=query).content == ask().content
    assert made == ["once"]


def test_who_has_it_is_told_so() -> None:
    tag = ask()["ETag"]

    again = ask(**{"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
