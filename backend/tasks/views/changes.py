from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import CursorGone
from common.filters import refuse_unknown_parameters
from common.identity import user_id_of
from common.pagination import invalid
from common.schema import problems
from tasks import feed
from tasks.serializers import ChangesSerializer

SINCE = OpenApiParameter(
    name="since",
    description="A cursor from before; left out: from the beginning; `latest`: only "
    "the cursor of now.",
)


class ChangesView(generics.GenericAPIView[Any]):
    serializer_class = ChangesSerializer
    filter_backends: list[Any] = []
    schema_tag = "Tasks"

    @extend_schema(summary="What changed since a cursor", parameters=[SINCE])
    # The released schema has a 403 here, and what it says stays.
    @problems("cursor_gone", "permission_denied")
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ["since"])
        try:
            page = changes_page(user_id_of(request), request.query_params.get("since"))
        except feed.CursorGoneError as gone:
            raise CursorGone from gone
        return Response(ChangesSerializer(page).data)


def changes_page(user_id: int, since: str | None) -> dict[str, Any]:
    if since == "latest":
        page = feed.Page([], [], feed.latest_cursor(user_id), has_more=False)
    else:
        page = feed.changes_since(user_id, read_since(since))
    return {
        "results": page.tasks,
        "gone": page.gone,
        "cursor": page.cursor.encode(),
        "has_more": page.has_more,
    }


def read_since(value: str | None) -> feed.FeedCursor:
    if value is None:
        return feed.FeedCursor({})
    try:
        return feed.FeedCursor.decode(value)
    except ValueError:
        detail = "Use the cursor of an earlier answer as it is."
        raise invalid("since", detail) from None
