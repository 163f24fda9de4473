import pytest
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from common.negotiation import ANY_OR_JSON, JSONNegotiation


@pytest.mark.parametrize("accepted", ANY_OR_JSON)
def test_what_is_not_taken_apart_is_chosen_as_by_the_framework(accepted: str) -> None:
    request = Request(APIRequestFactory().get("/", HTTP_ACCEPT=accepted))
    renderers = [JSONRenderer()]

    chosen = JSONNegotiation().select_renderer(request, renderers)

    theirs = DefaultContentNegotiation().select_renderer(request, renderers)
    assert chosen == theirs
    assert chosen == (renderers[0], "application/json")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "status"),
    [("text/html", 406), ("text/html, */*;q=0.8", 200), ("application/*", 200)],
)
def test_all_others_are(api: APIClient, accepted: str, status: int) -> None:
    assert api.get("/api/tasks/", HTTP_ACCEPT=accepted).status_code == status
