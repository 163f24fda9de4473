"""Holds every answer a test gets to the OpenAPI document.

Its status, problem code, content type and headers must be documented for the operation,
and its body must be as the schema says, without any field that is not in there.
"""

import json
import re
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import jsonschema_rs

from tests.contract.breaking import flat
from tests.contract.document import (
    CURRENT,
    METHODS,
    Document,
    follow,
    operations,
    read,
)

# What any address can answer, so that no operation lists it.
ANYWHERE = {"bad_request", "method_not_allowed", "not_acceptable", "error"}
PROBLEM = "application/problem+json"
ALWAYS = {"X-Request-ID", "ETag", "Location", "Retry-After", "Cache-Control"}
NEVER_UNSAID = {"ETag", "Location", "Retry-After", "Idempotency-Replayed"}


class Contract:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.operations = operations(document)
        self.components = {"schemas": self.strict(document["components"]["schemas"])}
        self.paths = {
            re.compile(re.sub(r"\{\w+\}", "[^/]+", path)): path
            for path in sorted(document["paths"], key=lambda path: "{" in path)
        }
        self.validator = lru_cache(self.build_validator)

    def check(self, method: str, path: str, response: Any) -> None:
        """Raise AssertionError where the answer is not what the document says."""
        operation = self.operations.get(self.name_of(method, path))
        if operation is None:
            self.check_elsewhere(response)
            return
        status = str(response.status_code)
        documented = operation["responses"].get(status)
        if documented is None:
            assert body_of(response).get("code") in ANYWHERE, f"undocumented: {status}"
            return
        answer = follow(self.document, documented)
        check_headers(set(answer.get("headers", {})), response)
        if method == "HEAD":
            return
        if "content" not in answer:
            assert response.getvalue() == b"", f"{status} has a body"
            return
        media_type = response["Content-Type"].split(";")[0]
        assert media_type in answer["content"], f"undocumented: {media_type}"
        media = answer["content"][media_type]
        self.check_body(media["schema"], body_of(response))
        if media_type == PROBLEM and status != "412":
            self.check_code(body_of(response)["code"], media["examples"])

    def name_of(self, method: str, path: str) -> str:
        method = "GET" if method == "HEAD" else method
        matching = (known for each, known in self.paths.items() if each.fullmatch(path))
        return f"{method} {next(matching, path)}"

    def check_elsewhere(self, response: Any) -> None:
        """No operation of ours; but a problem is a problem everywhere."""
        if response.get("Content-Type") == PROBLEM and response.content:
            reference = {"$ref": "#/components/schemas/Problem"}
            self.check_body(reference, body_of(response))

    def check_code(self, code: str, examples: Document) -> None:
        assert code in ANYWHERE | set(examples), f"undocumented code: {code}"

    def check_body(self, schema: Document, body: Any) -> None:
        errors = list(self.validator(json.dumps(schema)).iter_errors(body))
        assert not errors, "\n".join(
            f"{'/'.join(map(str, error.instance_path))}: {error.message}"
            for error in errors
        )

    def build_validator(self, schema: str) -> Any:
        whole = {**self.strict(json.loads(schema)), "components": self.components}
        return jsonschema_rs.validator_for(whole, validate_formats=True)

    def strict(self, node: Any) -> Any:
        """The same schema, with no room for fields it does not name."""
        if isinstance(node, list):
            return [self.strict(each) for each in node]
        if not isinstance(node, dict):
            return node
        node = flat(self.document, node) if "allOf" in node else node
        node = {key: self.strict(value) for key, value in node.items()}
        if "properties" in node and node.get("type", "object") == "object":
            node.setdefault("additionalProperties", False)
        return node


def check_headers(documented: set[str], response: Any) -> None:
    sent = {name for name in ALWAYS | NEVER_UNSAID if name in response}
    missing = documented & ALWAYS - sent
    if response.status_code == HTTPStatus.CONFLICT:
        missing -= {"Retry-After"}  # not every conflict passes by itself
    assert not missing, f"not sent: {missing}"
    assert sent & NEVER_UNSAID <= documented, f"undocumented: {sent - documented}"


def body_of(response: Any) -> Any:
    body = response.getvalue()
    if response.streaming:
        response.streaming_content = [body]  # for the test, which wants it as well
    return json.loads(body)


@lru_cache(maxsize=1)
def contract() -> Contract:
    return Contract(read(CURRENT))


def checked(request: Any) -> Any:
    """Wrap `APIClient.request` so that each answer is held to the contract."""

    def wrapped(client: Any, **environ: Any) -> Any:
        response = request(client, **environ)
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method.lower() in (*METHODS, "head") and path.startswith("/api/"):
            contract().check(method, path, response)
        return response

    return wrapped
