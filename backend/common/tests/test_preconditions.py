import pytest
from django.test import RequestFactory
from rest_framework.exceptions import ParseError
from rest_framework.test import APIClient

from common.errors import PreconditionRequired
from common.preconditions import etag, expected_versions, is_unmodified


@pytest.mark.parametrize(
    ("header", "versions"),
    [
        ('"3"', [3]),
        (' "3" ', [3]),
        ('"3", "4"', [3, 4]),
        ('"3","4","x"', [3, 4]),
        ("*", None),
        (" * ", None),
        ('W/"3"', []),
        ("3", []),
        ('"abc"', []),
        ('"-3"', []),
        ('"3', []),
        ('"3"4', []),
        ('"\u0663"', []),
        ('"' + "9" * 18 + '"', [10**18 - 1]),
        ('"' + "9" * 19 + '"', []),
        ('"' + "9" * 5_000 + '"', []),
        (",", []),
        ('"3", *', [3]),
    ],
)
def test_if_match_names_versions(
    rf: RequestFactory, header: str, versions: list[int] | None
) -> None:
    request = rf.put("/", HTTP_IF_MATCH=header)

    assert expected_versions(request, required=True) == versions


@pytest.mark.parametrize("header", ["", "  "])
def test_an_empty_if_match_is_malformed(rf: RequestFactory, header: str) -> None:
    with pytest.raises(ParseError):
        expected_versions(rf.put("/", HTTP_IF_MATCH=header), required=False)


def test_a_missing_one_matters_only_where_it_is_required(rf: RequestFactory) -> None:
    assert expected_versions(rf.patch("/"), required=False) is None
    with pytest.raises(PreconditionRequired):
        expected_versions(rf.put("/"), required=True)


@pytest.mark.parametrize(
    ("header", "unmodified"),
    [
        ('"3"', True),
        ('W/"3"', True),
        ('"1", "3"', True),
        ("*", True),
        ('"4"', False),
        ("3", False),
        ("", False),
        ('"33"', False),
    ],
)
def test_if_none_match_compares_weakly(
    rf: RequestFactory, header: str, unmodified: bool
) -> None:
    request = rf.get("/", HTTP_IF_NONE_MATCH=header)

    assert is_unmodified(request, etag(3)) is unmodified


def test_no_if_none_match_wants_the_body(rf: RequestFactory) -> None:
    assert not is_unmodified(rf.get("/"), etag(3))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/api/auth/me/", "/api/tasks/", "/api/tasks/trash/", "/api/notifications/"]
)
def test_what_a_client_has_is_not_sent_again(api: APIClient, url: str) -> None:
    first = api.get(url)

    again = api.get(url, HTTP_IF_NONE_MATCH=first["ETag"])

    assert (first.status_code, again.status_code) == (200, 304)
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


@pytest.mark.django_db
def test_a_change_is_sent(api: APIClient) -> None:
    tag = api.get("/api/auth/me/")["ETag"]
    api.patch("/api/auth/me/", {"time_zone": "Asia/Tokyo"}, format="json")

    assert api.get("/api/auth/me/", HTTP_IF_NONE_MATCH=tag).status_code == 200
