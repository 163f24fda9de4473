"""What every operation shares in the OpenAPI document, and how views add to it.

A view says with `@extend_schema` what its summary, request and response are, with
`@problems` which errors are its own, and by the parameters below what it takes and
sends in headers. A serializer shows itself with `@example`. Everything else follows
from the method, the path, the permissions and those parameters.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Literal, TypeVar

from django.core.validators import RegexValidator
from drf_spectacular.drainage import get_override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import (
    ResolvedComponent,
    build_examples_list,
    force_instance,
)
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema_serializer,
)
from rest_framework import serializers
from rest_framework.permissions import AllowAny, IsAuthenticated

from common.errors import PROBLEMS
from common.problems import CONTENT_TYPE, problem
from common.serializers import UnknownFieldsMixin

Direction = Literal["request", "response"]
Document = dict[str, Any]
Decorated = TypeVar("Decorated", bound=Callable[..., Any])

# --- For views: headers they take and send --------------------------------------

IF_MATCH = OpenApiParameter(
    name="If-Match",
    location=OpenApiParameter.HEADER,
    type={"type": "string", "minLength": 1},
    description='The ETag you have seen, such as `"3"`; 412 when it is not current.',
)
IF_NONE_MATCH = OpenApiParameter(
    name="If-None-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag you have; 304 without a body while it is still current.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    name="Idempotency-Key",
    location=OpenApiParameter.HEADER,
    type={"type": "string", "pattern": "^[ -~]{1,255}$"},
    description="Any text of your choice, such as a UUID. Sent again with the same "
    "body, it answers what it answered before, and nothing happens twice.",
)
ETAG = OpenApiParameter(
    name="ETag",
    location=OpenApiParameter.HEADER,
    description="This version, for `If-Match` and `If-None-Match`.",
    response=[200, 201],
)
LOCATION = OpenApiParameter(
    name="Location",
    location=OpenApiParameter.HEADER,
    description="Where the new resource is.",
    response=[201],
)
NO_STORE = OpenApiParameter(
    name="Cache-Control",
    location=OpenApiParameter.HEADER,
    description="`no-store`: it holds a secret.",
    response=True,
)


def example(
    *, request: Any = None, response: Any = None, patch: Any = None
) -> Callable[[Decorated], Decorated]:
    """Show what a serializer's JSON looks like; `patch`, where PATCH takes it.

    Lists and their pages are built from it. A view that takes or answers something
    else gives `@extend_schema` its own `examples=[OpenApiExample(...)]`.
    """

    def decorate(serializer: Decorated) -> Decorated:
        serializer.examples = {  # type: ignore[attr-defined]
            "request": request,
            "response": response,
            "patch": request if patch is None else patch,
        }
        return serializer

    return decorate


def problems(*codes: str) -> Callable[[Decorated], Decorated]:
    """Name the codes of `common.errors.PROBLEMS` that this view method adds."""

    def decorate(method: Decorated) -> Decorated:
        method.problems = codes  # type: ignore[attr-defined]
        return method

    return decorate


def takes_body(method: Decorated) -> Decorated:
    """Say so of a DELETE; others take none."""
    method.takes_body = True  # type: ignore[attr-defined]
    return method


# --- The problem document --------------------------------------------------------


def table_of_codes() -> str:
    rows = [
        f"| `{code}` | {kind.status} | {kind.title} | {kind.when} |"
        for code, kind in PROBLEMS.items()
    ]
    return "\n".join(["| code | status | title | when |", "| - | - | - | - |", *rows])


class ProblemItemSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(
        help_text="Where: `/title` is a field or a parameter, empty the whole."
    )
    code = serializers.CharField(help_text="Such as `required` or `max_length`.")
    detail = serializers.CharField()


@extend_schema_serializer(description="An RFC 9457 problem; every error is one.")
class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField(
        help_text="`/problems/` and the code: a page about it."
    )
    title = serializers.CharField(help_text="The same for every problem of the code.")
    status = serializers.IntegerField()
    code = serializers.ChoiceField(
        choices=list(PROBLEMS),
        help_text="Permanent: what a code means never changes, new ones may come.\n\n"
        + table_of_codes(),
    )
    detail = serializers.CharField(help_text="For people.")
    request_id = serializers.CharField(
        help_text="As in `X-Request-ID`, and on every line of the log about it."
    )
    # The stubs take it for Serializer.errors, which a document is never asked for.
    errors = ProblemItemSerializer(  # type: ignore[assignment]
        many=True,
        help_text="What to correct, for `validation_error`; for a `not_found` among "
        "many ids, which of them; else empty.",
    )


def example_problem(code: str) -> Document:
    kind = PROBLEMS[code]
    errors = []
    detail = kind.when.replace("`", "")
    if code == "validation_error":
        item = "Ensure this field has no more than 200 characters."
        errors = [{"pointer": "/title", "code": "max_length", "detail": item}]
        detail = "See errors for what to correct."
    return problem(
        code=code,
        status_code=kind.status,
        detail=detail,
        errors=errors,
        request_id="6a9d3c52-8f0e-4d1b-9a53-0c5d3f1b7e21",
    )


# --- Headers of responses --------------------------------------------------------

TEXT: Document = {"type": "string"}
SECONDS: Document = {"type": "integer", "minimum": 0}
EVERYWHERE = ["X-Request-ID", "RateLimit", "RateLimit-Policy"]
HEADERS: dict[str, Document] = {
    "X-Request-ID": {
        "description": "The request's own `X-Request-ID`, or a new one.",
        "schema": TEXT,
    },
    "RateLimit": {
        "description": "What is left of the limit: its scope, `r`equests remaining and "
        "seconds un`t`il they are renewed. Absent while nothing can count them; then "
        "nothing is limited, either.",
        "schema": {"type": "string", "examples": ['"read";r=5999;t=60']},
    },
    "RateLimit-Policy": {
        "description": "The limit: its scope, `q`uota of requests and `w`indow in "
        "seconds. Each user has one of their own, and before sign-in each address.",
        "schema": {"type": "string", "examples": ['"read";q=6000;w=60']},
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": SECONDS},
    "ETag": {
        "description": "What this is at now, for `If-None-Match`. A task's is its "
        "version, for `If-Match` as well.",
        "schema": TEXT,
    },
    "Idempotency-Replayed": {
        "description": "`true` on an answer that was given to this key before.",
        "schema": {"type": "string", "enum": ["true"]},
    },
}


METHOD_ORDER = ("GET", "POST", "PUT", "PATCH", "DELETE")
Endpoint = tuple[str, str, str, Any]  # path, its pattern, method, view


def in_reading_order(endpoints: list[Endpoint]) -> list[Endpoint]:
    """As the URLs are declared, but accounts first, for a client begins with them.

    A viewset's methods come in any order otherwise.
    """
    paths = list(dict.fromkeys(path for path, *_ in endpoints))
    paths.sort(key=lambda path: not path.startswith(("/api/auth/", "/api/users/")))
    return sorted(
        endpoints, key=lambda each: (paths.index(each[0]), METHOD_ORDER.index(each[2]))
    )


class ProblemAutoSchema(AutoSchema):
    """drf-spectacular's schema, with what this API does everywhere filled in."""

    # --- Names

    def get_operation_id(self) -> str:
        """`tasks_restore` where drf-spectacular says `tasks_restore_create`."""
        operation_id: str = super().get_operation_id()
        if self.is_single_call():
            return operation_id.rsplit("_", 1)[0]
        return operation_id

    def is_single_call(self) -> bool:
        """Whether the path itself says what happens, as `…/restore/` does."""
        if self.method not in ("GET", "POST"):
            return False
        action = getattr(self.view, "action", None)
        if action in ("list", "create", "retrieve", "update"):
            return False
        return set(self.view.allowed_methods) <= {self.method, "HEAD", "OPTIONS"}

    def get_tags(self) -> list[str]:
        tag = getattr(self.view, "schema_tag", None)
        return [tag or super().get_tags()[0].capitalize()]

    # --- Parameters

    def get_override_parameters(self) -> list[Any]:
        parameters: list[Any] = super().get_override_parameters()
        takes_key = getattr(self.view, "takes_idempotency_key", False)
        if takes_key and self.method == "POST":
            parameters = [*parameters, IDEMPOTENCY_KEY]
        if self.method == "GET" and not getattr(self.view, "is_streamed", False):
            parameters = [*parameters, IF_NONE_MATCH]
        return parameters

    def _resolve_path_parameters(self, variables: list[str]) -> list[Document]:
        parameters: list[Document] = super()._resolve_path_parameters(variables)
        for parameter in parameters:
            if parameter["name"] == "id":
                parameter["description"] = "Its `id`."
                parameter["schema"] = {
                    "type": "integer",
                    "format": "int64",
                    "minimum": 1,
                    "maximum": 10**18 - 1,
                }
        return parameters

    def _process_override_parameters(self, direction: str = "request") -> Any:
        parameters: Any = super()._process_override_parameters(direction)
        if self.method == "PUT" and ("If-Match", "header") in parameters:
            parameters["If-Match", "header"]["required"] = True  # or 428
        return parameters

    def _get_filter_parameters(self) -> list[Document]:
        parameters: list[Document] = super()._get_filter_parameters()
        filterset_class = getattr(self.view, "filterset_class", None)
        known = getattr(filterset_class, "base_filters", {})
        for parameter in parameters:
            parameter["description"] = parameter.get("description", "").strip()
            parameter.update(getattr(known.get(parameter["name"]), "parameter", {}))
        return parameters

    def takes(self, header: str) -> bool:
        parameters = self._process_override_parameters()
        return (header, "header") in parameters

    # --- Bodies

    def _map_serializer(
        self, serializer: Any, direction: Direction, bypass_extensions: bool = False
    ) -> Document:
        schema: Document = super()._map_serializer(
            serializer, direction, bypass_extensions
        )
        if not schema.get("properties"):
            return schema
        is_model = isinstance(serializer, serializers.ModelSerializer)
        if direction == "response" and is_model:
            schema["required"] = sorted(schema["properties"])  # a row has every column
        if direction == "request" and isinstance(serializer, UnknownFieldsMixin):
            schema["additionalProperties"] = False
        return schema

    def _map_serializer_field(
        self, field: Any, direction: Direction, bypass_extensions: bool = False
    ) -> Document:
        schema: Document = super()._map_serializer_field(
            field, direction, bypass_extensions
        )
        if direction == "request" and "format" not in schema and refuses_spaces(field):
            schema["pattern"] = r"\S"
        return schema

    def _get_examples(
        self,
        serializer: Any,
        direction: Direction,
        media_type: str,
        status_code: str | None = None,
        extras: list[OpenApiExample] | None = None,
    ) -> Document:
        given = [*self.get_examples(), *(extras or [])]
        found: Document = build_examples_list(
            [each for each in given if fits(each, direction, status_code)]
        )
        return found or self.example_of(serializer, direction)

    def example_of(self, serializer: Any, direction: Direction) -> Document:
        one = force_instance(getattr(serializer, "child", serializer))
        kind = "patch" if direction + self.method == "requestPATCH" else direction
        value = getattr(one, "examples", {}).get(kind)
        if value is None:
            return {}
        is_list = self._is_list_view(serializer) and get_override(one, "many", True)
        if direction == "response" and is_list:
            value = self.page_of(value)
        return {type(one).__name__.removesuffix("Serializer"): {"value": value}}

    def page_of(self, item: Any) -> Any:
        if not self._get_paginator():
            return [item]
        address = f"https://tasks.example.org{self.path.replace('{id}', '7')}"
        following = f"{address}?cursor=WyJhZnRlciIsMV0"
        return {"next": following, "previous": None, "results": [item]}

    # --- Responses

    def _get_response_bodies(self, direction: Direction = "response") -> Document:
        bodies: Document = super()._get_response_bodies(direction)
        for status, body in bodies.items():
            self.complete(status, body)
        if self.takes("If-None-Match"):
            bodies["304"] = self.answer("304", headers=["ETag"])
        for status, codes in sorted(by_status(self.problem_codes()).items()):
            bodies[status] = self.problem_body(status, codes, direction)
        return {**bodies, "default": self.any_other_problem(direction)}

    def complete(self, status: str, body: Document) -> None:
        body["description"] = body.get("description") or phrase(status)
        if status == "204":
            body["description"] = phrase(status)
        sent = [*EVERYWHERE]
        if status != "204" and (self.takes("If-Match") or self.takes("If-None-Match")):
            sent.append("ETag")
        if self.takes("Idempotency-Key"):
            sent.append("Idempotency-Replayed")
        body["headers"] = {**self.headers(sent), **body.get("headers", {})}

    def answer(self, status: str, headers: list[str]) -> Document:
        return {
            "description": phrase(status),
            "headers": self.headers([*EVERYWHERE, *headers]),
        }

    def headers(self, names: list[str]) -> Document:
        return {
            name: self.component(ResolvedComponent.HEADER, name, HEADERS[name])
            for name in names
        }

    def component(self, kind: str, name: str, content: Document) -> Document:
        component = ResolvedComponent(name, kind, content, object=name)
        self.registry.register_on_missing(component)
        reference: Document = component.ref
        return reference

    # --- Bodies

    def handler(self) -> Any:
        """The view's method that answers."""
        return getattr(self.view, getattr(self.view, "action", self.method.lower()))

    def takes_body(self) -> bool:
        return self.method in ("POST", "PUT", "PATCH") or (
            getattr(self.handler(), "takes_body", False)
        )

    def _get_request_body(self, direction: str = "request") -> Any:
        if self.method != "DELETE" or not self.takes_body():
            return super()._get_request_body(direction)
        self.method = "POST"  # drf-spectacular knows of no other DELETE
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"

    # --- Problems

    def problem_codes(self) -> list[str]:
        """Every code this operation can answer with, but for what any URL can."""
        codes = ["validation_error", "throttled", "service_unavailable"]
        if {} not in self.get_auth():
            codes += ["not_authenticated", "token_expired", "token_invalid"]
            codes += ["session_ended"]
        for permission in self.view.get_permissions():
            codes += codes_of(permission, self.method)
        if "{" in self.path:
            codes.append("not_found")
        if self.takes_body():
            codes += ["parse_error", "payload_too_large", "unsupported_media_type"]
        if self.takes("X-Auth-Mode"):
            codes.append("cross_site")
        if self.takes("If-Match"):
            codes.append("precondition_failed")
            if self.method == "PUT":
                codes.append("precondition_required")
        if self.takes("Idempotency-Key"):
            codes += ["idempotency_key_in_use", "idempotency_key_reused"]
        codes += getattr(self.handler(), "problems", ())
        return [code for code in PROBLEMS if code in codes]

    def problem_body(
        self, status: str, codes: list[str], direction: Direction
    ) -> Document:
        headers = [*EVERYWHERE]
        if status in ("429", "503") or "idempotency_key_in_use" in codes:
            headers.append("Retry-After")
        if status == "412":
            headers.append("ETag")
        if "precondition_failed" in codes:
            schema, examples = self.with_current(direction)
        else:
            schema = self.resolve_serializer(ProblemSerializer, direction).ref
            examples = {code: self.problem_example(code) for code in codes}
        body = {
            "description": ". ".join(PROBLEMS[code].title for code in codes) + ".",
            "headers": self.headers(headers),
            "content": {CONTENT_TYPE: {"schema": schema, "examples": examples}},
        }
        return self.component(ResolvedComponent.RESPONSE, "-".join(examples), body)

    def problem_example(self, code: str) -> Document:
        content = {"summary": PROBLEMS[code].title, "value": example_problem(code)}
        return self.component(ResolvedComponent.EXAMPLE, code, content)

    def with_current(self, direction: Direction) -> tuple[Document, Document]:
        """The problem of a stale `If-Match`: it brings the resource as it is now."""
        serializer = self._get_serializer()
        current = self.resolve_serializer(serializer, direction)
        name = f"Stale{current.name}"
        schema = {
            "allOf": [
                self.resolve_serializer(ProblemSerializer, direction).ref,
                {
                    "type": "object",
                    "properties": {"current": current.ref},
                    "required": ["current"],
                },
            ]
        }
        value = {
            **example_problem("precondition_failed"),
            "current": getattr(serializer, "examples", {}).get("response"),
        }
        return (
            self.component(ResolvedComponent.SCHEMA, name, schema),
            {name: self.component(ResolvedComponent.EXAMPLE, name, {"value": value})},
        )

    def any_other_problem(self, direction: Direction) -> Document:
        """405, 406 and 500, which any URL can answer."""
        schema = self.resolve_serializer(ProblemSerializer, direction).ref
        examples = {"error": self.problem_example("error")}
        body = {
            "description": "Any other problem has this shape, too.",
            "headers": self.headers(EVERYWHERE),
            "content": {CONTENT_TYPE: {"schema": schema, "examples": examples}},
        }
        return self.component(ResolvedComponent.RESPONSE, "any_other", body)


def refuses_spaces(field: Any) -> bool:
    """Whether all that is said of a text is that spaces alone are none."""
    if not isinstance(field, serializers.CharField) or field.read_only:
        return False
    has_pattern = any(isinstance(each, RegexValidator) for each in field.validators)
    return field.trim_whitespace and not field.allow_blank and not has_pattern


def codes_of(permission: Any, method: str) -> list[str]:
    """With which codes a permission refuses; it may say so by `problem_codes`."""
    if hasattr(permission, "problem_codes"):
        said: list[str] = permission.problem_codes(method)
        return said
    plain = (AllowAny, IsAuthenticated)
    return [] if type(permission) in plain else ["permission_denied"]


def fits(shown: OpenApiExample, direction: Direction, status: Any) -> bool:
    if shown.parameter_only:
        return False
    if direction == "request":
        return not shown.response_only
    statuses = [str(each) for each in shown.status_codes or [status]]
    return not shown.request_only and status in statuses


def by_status(codes: list[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for code in codes:
        grouped.setdefault(str(PROBLEMS[code].status), []).append(code)
    return grouped


def phrase(status: str) -> str:
    return HTTPStatus(int(status)).phrase
