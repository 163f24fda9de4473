"""What every operation shares in the OpenAPI document."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from common.errors import TITLES


class ProblemItemSerializer(serializers.Serializer[Any]):
    pointer = serializers.CharField(help_text="Where: a JSON pointer, or a parameter.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """An RFC 9457 problem document."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.ChoiceField(choices=sorted(TITLES), help_text="Permanent.")
    detail = serializers.CharField()
    request_id = serializers.CharField()
    # The stubs take it for Serializer.errors, which a document is never asked for.
    errors = ProblemItemSerializer(many=True)  # type: ignore[assignment]


class ProblemAutoSchema(AutoSchema):
    """drf-spectacular's schema, with the problem document as every other answer."""

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer, direction).ref
        bodies["default"] = {
            "description": "Any error",
            "content": {"application/problem+json": {"schema": problem}},
        }
        return bodies
