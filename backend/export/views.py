from zoneinfo import ZoneInfo

from django.http import StreamingHttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.services import current_user
from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from export.document import head_of, pieces_of, task_ids_of
from export.serializers import ExportSerializer
from tasks.days import Days

TASK_COUNT = OpenApiParameter(
    name="X-Task-Count",
    type=int,
    location=OpenApiParameter.HEADER,
    description="How many tasks follow, to tell how far it is: each ends a line.",
    response=[200],
)
DISPOSITION = OpenApiParameter(
    name="Content-Disposition",
    location=OpenApiParameter.HEADER,
    description="`attachment`, with the day of my time zone in the file's name.",
    response=[200],
)


class ExportView(APIView):
    """For API tokens, too: each part of it they may read anyhow."""

    throttle_scope = "export"
    schema_tag = "Account"
    is_streamed = True

    @extend_schema(
        summary="Everything of mine, as one JSON document",
        description="Profile, notification preferences, saved filters and all tasks. "
        "It is written while it is sent, and cut off where something goes wrong: only "
        "what ends as JSON does is whole. A few an hour.",
        responses=ExportSerializer,
        parameters=[TASK_COUNT, DISPOSITION],
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        refuse_unknown_parameters(request, [])
        person = current_user(user_id_of(request))
        ids = task_ids_of(person.pk)
        # A HEAD wants none of it, and gunicorn would write it all the same.
        pieces = pieces_of(head_of(person), ids) if request.method == "GET" else ()
        today = Days.now_in(ZoneInfo(person.time_zone)).today
        return StreamingHttpResponse(
            pieces,
            content_type="application/json",
            headers={
                "Cache-Control": "private, no-store",
                "Content-Disposition": f'attachment; filename="tasks-{today}.json"',
                "X-Task-Count": f"{len(ids)}",
            },
        )
