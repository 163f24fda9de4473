from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.replica import ReplicaReads
from tasks.days import Days
from tasks.filters import zone_of
from tasks.serializers import SummarySerializer
from tasks.summary import summary_of


class SummaryView(ReplicaReads, generics.GenericAPIView[Any]):
    serializer_class = SummarySerializer
    filter_backends: list[Any] = []
    schema_tag = "Tasks"

    @extend_schema(
        summary="How many tasks there are of each kind",
        description="Of my tasks that are not in the trash. What is due and overdue is "
        "counted by the calendar of my time zone, and without what is completed; a "
        "week is Monday to Sunday.",
    )
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        days = Days.now_in(zone_of(request))
        summary = summary_of(user_id_of(request), days)
        return Response(SummarySerializer(summary).data)
