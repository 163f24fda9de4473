from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tasks.models import Task
from tasks.tests.factory import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(owner: User) -> Task:
    return make_task(owner)


def url_of(task: Task) -> str:
    return f"/api/tasks/{task.pk}/"


def without_request_id(response: Any) -> dict[str, Any]:
    body: dict[str, Any] = response.json()
    del body["request_id"]
    return body


def test_it_shows_the_task_and_its_version(api: APIClient, task: Task) -> None:
    Task.objects.update(version=7)

    response = api.get(url_of(task))

    assert response.status_code == 200
    assert (response["ETag"], response.json()["version"]) == ('"7"', 7)


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', '"0", "1"', "*"])
def test_what_the_client_has_is_not_sent_again(
    api: APIClient, task: Task, tag: str
) -> None:
    response = api.get(url_of(task), HTTP_IF_NONE_MATCH=tag)

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == '"1"'


@pytest.mark.parametrize("tag", ['"2"', "1", ""])
def test_what_has_changed_is_sent(api: APIClient, task: Task, tag: str) -> None:
    assert api.get(url_of(task), HTTP_IF_NONE_MATCH=tag).status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_anothers_task_looks_like_a_missing_one(
    api: APIClient, other: User, method: str
) -> None:
    theirs = make_task(other)
    call = getattr(api, method)
    body: dict[str, Any] = {
        "title": "Mine now",
        "description": "",
        "priority": "low",
        "status": "pending",
        "due_date": None,
        "due_time": None,
        "labels": [],
    }
    for headers in ({"HTTP_IF_MATCH": "*"}, {"HTTP_IF_MATCH": '"1"'}):
        hidden = call(url_of(theirs), body if method != "get" else None, **headers)
        missing = call(
            "/api/tasks/999999999/", body if method != "get" else None, **headers
        )

        assert hidden.status_code == missing.status_code == 404
        assert without_request_id(hidden) == without_request_id(missing)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.version) == ("Pay rent", 1)


def test_a_task_in_the_trash_is_not_here(api: APIClient, owner: User) -> None:
    gone = make_task(owner, deleted_at=timezone.now())

    assert api.get(url_of(gone)).status_code == 404
    assert api.patch(url_of(gone), {"title": "Back"}).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["0", "01", "-1", "1.0", "x", "9" * 19, "%D9%A1", "1%20", "1%0A", "1;2", "..%2f1"],
)
def test_an_id_has_one_form(api: APIClient, task: Task, path: str) -> None:
    response = api.get(f"/api/tasks/{path}/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_digits_of_other_scripts_are_no_id(api: APIClient, task: Task) -> None:
    arabic = str(task.pk)[:-1] + chr(0x0660 + int(str(task.pk)[-1]))
    alias = f"1{arabic}"  # the first digit is checked more strictly

    for path in (arabic, alias):
        assert api.get(f"/api/tasks/{path}/").json()["detail"].startswith("There is no")


def test_unknown_parameters_are_refused(api: APIClient, task: Task) -> None:
    response = api.get(f"{url_of(task)}?fields=id")

    assert response.json()["errors"][0]["code"] == "unknown_parameter"


def test_it_is_one_query(
    api: APIClient, task: Task, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        api.get(url_of(task))
    with django_assert_num_queries(1):
        api.get(url_of(task), HTTP_IF_NONE_MATCH='"1"')
