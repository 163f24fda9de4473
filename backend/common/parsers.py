"""JSON bodies, read strictly: what the API cannot mean, it does not guess."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from common.errors import PayloadTooLarge

MAX_DEPTH = 20
MAX_INTEGER = 2**63 - 1
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class StrictJSONParser(BaseParser):
    """`application/json` as a dict.

    Refused: over 64 KiB (413); not UTF-8, not JSON, not an object, duplicate names,
    NaN and Infinity, more than 20 levels, integers beyond 64 bits, NUL and lone
    surrogates in any string (400).
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        body = stream.read(settings.REQUEST_BODY_MAX_BYTES + 1)
        if len(body) > settings.REQUEST_BODY_MAX_BYTES:
            raise PayloadTooLarge
        data = decode(body)
        if not isinstance(data, dict):
            raise ParseError("The body must be a JSON object.")
        check_storable(data, MAX_DEPTH)
        return data


def decode(body: bytes) -> Any:
    try:
        return json.loads(
            body.decode(),
            object_pairs_hook=unique_names,
            parse_constant=refuse_constant,
        )
    except RecursionError:
        raise ParseError(f"The body nests deeper than {MAX_DEPTH} levels.") from None
    except ValueError as error:
        # UnicodeDecodeError and JSONDecodeError are both ValueErrors, as is an
        # integer of more digits than Python converts.
        raise ParseError(f"The body is not JSON: {describe(error)}.") from error


def describe(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8"
    return "it holds a number that is out of range"


def unique_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ParseError("The body names a field twice.")
    return result


def refuse_constant(name: str) -> NoReturn:
    raise ParseError(f"{name} is not JSON.")


def check_storable(value: Any, depth: int) -> None:
    """Raise ParseError where `value` could not be kept as it is."""
    if depth < 0:
        raise ParseError(f"The body nests deeper than {MAX_DEPTH} levels.")
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise ParseError("A string holds NUL or a lone surrogate.")
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise ParseError("An integer is out of range.")
    if isinstance(value, dict):
        for name, item in value.items():
            check_storable(name, depth)
            check_storable(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            check_storable(item, depth - 1)
