"""What a JSON body may hold; the unit is the parser, the sender a real request."""

import json
from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

URL = "/api/tasks/"
LIMIT = 64 * 1024
BIG_INT = "9" * 5_000

pytestmark = pytest.mark.django_db


def send(
    api: APIClient, body: str | bytes, content_type: str = "application/json"
) -> Any:
    raw: Any = body  # the stubs know text only
    return api.generic("POST", URL, raw, content_type=content_type)


def nested(depth: int) -> str:
    return '{"title":' + "[" * depth + "]" * depth + "}"


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "not json",
        "{'title': 'x'}",
        '{"title": "x",}',
        '{"title": "x"} {}',
        '\ufeff{"title": "x"}',
        b'{"title": "\xff"}',
        b'{"title": "\xed\xa0\x80"}',
        '{"title": "x"}'.encode("utf-16"),
        "null",
        "true",
        "5",
        '"x"',
        "[]",
        '[{"title": "x"}]',
        '{"title": "x", "title": "y"}',
        '{"title": "x", "labels": [{"a": 1, "a": 2}]}',
        '{"title": NaN}',
        '{"title": Infinity}',
        '{"title": -Infinity}',
        '{"title": "a\\u0000b"}',
        '{"a\\u0000b": "x"}',
        '{"title": "\\ud800"}',
        '{"title": "\\udc00\\ud800"}',
        '{"labels": ["ok", "\\ud800"]}',
        f'{{"title": {2**63}}}',
        f'{{"title": {-(2**63)}}}',
        f'{{"title": [[{2**63}]]}}',
        f'{{"title": {BIG_INT}}}',
        f'{{"title": -{BIG_INT}}}',
        nested(21),
        nested(5_000),
        nested(30_000),
        '{"a":' * 5_000 + "1" + "}" * 5_000,
    ],
    ids=lambda body: repr(body)[:40],
)
def test_what_cannot_be_meant_is_a_parse_error(api: APIClient, body: str) -> None:
    response = send(api, body)

    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "parse_error"
    assert response.json()["errors"] == []


@pytest.mark.parametrize(
    "value", ["1e999", "-1e999", "1.5", str(2**63 - 1), "true", "{}", nested(18)]
)
def test_a_value_of_the_wrong_type_is_the_fields_fault(
    api: APIClient, value: str
) -> None:
    response = send(api, f'{{"title": {value}}}')

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/title"


@pytest.mark.parametrize(
    "title",
    ["Größe", "日本語", "😀", "\u200bzero", "a\u0301", "'; DROP TABLE x; --", "%s"],
)
def test_every_other_text_is_kept_as_it_is(api: APIClient, title: str) -> None:
    for body in (json.dumps({"title": title}), f'{{"title": "{title}"}}'):
        response = send(api, body)

        assert response.status_code == 201
        assert api.get(response["Location"]).json()["title"] == title


def test_twenty_levels_are_allowed_and_one_more_is_not(api: APIClient) -> None:
    """The field refuses the first, the parser the second."""
    allowed, refused = (send(api, nested(depth)) for depth in (20, 21))

    assert allowed.json()["code"] == "validation_error"
    assert refused.json()["code"] == "parse_error"


def padded(size: int) -> str:
    body = json.dumps({"title": "Fits"})
    return body + " " * (size - len(body))


def test_a_body_of_exactly_the_limit_fits(api: APIClient) -> None:
    assert send(api, padded(LIMIT)).status_code == 201


@pytest.mark.parametrize("size", [LIMIT + 1, 10 * 1024 * 1024])
def test_a_larger_body_is_too_large(api: APIClient, size: int) -> None:
    response = send(api, padded(size))

    assert response.status_code == 413
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "payload_too_large"


def test_the_limit_holds_without_a_length_as_well(
    api: APIClient, settings: Settings
) -> None:
    """Django's own limit reads Content-Length; the parser counts what it reads."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None

    assert send(api, padded(LIMIT + 1)).status_code == 413


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json-patch+json",
        "nonsense",
    ],
)
def test_another_media_type_is_not_read(api: APIClient, content_type: str) -> None:
    response = send(api, '{"title": "x"}', content_type)

    assert response.status_code == 415
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "unsupported_media_type"


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"'])
def test_a_charset_may_be_named(api: APIClient, charset: str) -> None:
    response = send(api, '{"title": "x"}', f"application/json; charset={charset}")

    assert response.status_code == 201


def test_no_body_is_an_empty_object(api: APIClient) -> None:
    response = api.post(URL)

    assert response.json()["errors"] == [
        {
            "pointer": "/title",
            "code": "required",
            "detail": response.json()["errors"][0]["detail"],
        }
    ]
