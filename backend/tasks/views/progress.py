from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.replica import ReplicaReads
from tasks.filters import zone_of
from tasks.progress import DAYS, LABELS, progress_of
from tasks.serializers import ProgressSerializer


class ProgressView(ReplicaReads, generics.GenericAPIView[Any]):
    serializer_class = ProgressSerializer
    filter_backends: list[Any] = []
    schema_tag = "Tasks"

    @extend_schema(
        summary="What I got done, and how old is what I did not",
        description="Of my tasks that are not in the trash: how many I completed on "
        f"each of the last {DAYS} days of my time zone, today being the last; how long "
        f"ago the open ones were created; and the {LABELS} labels that most have.",
    )
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, [])
        now = timezone.now()
        progress = progress_of(user_id_of(request), zone_of(request), now)
        return Response(ProgressSerializer(progress).data)
