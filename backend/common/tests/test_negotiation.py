"""The short way to a renderer leads to the one that DRF would have chosen."""

import pytest
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from common.negotiation import USUAL, UsualNegotiation


class CSVRenderer(JSONRenderer):
    media_type, format = "text/csv", "csv"


@pytest.mark.parametrize("accept", [None, *USUAL, "text/csv", "text/csv, */*;q=0.1"])
@pytest.mark.parametrize(
    "kinds", [[JSONRenderer], [JSONRenderer, CSVRenderer], [CSVRenderer, JSONRenderer]]
)
def test_the_renderer_is_the_one_drf_chooses(
    kinds: list[type[JSONRenderer]], accept: str | None
) -> None:
    if kinds == [JSONRenderer] and accept == "text/csv":
        pytest.skip("406: see test_problems")
    renderers = [kind() for kind in kinds]
    request = Request(APIRequestFactory().get("/"))
    if accept is not None:
        request.META["HTTP_ACCEPT"] = accept

    ours, theirs = (
        kind().select_renderer(request, renderers)
        for kind in (UsualNegotiation, DefaultContentNegotiation)
    )

    assert ours == theirs
