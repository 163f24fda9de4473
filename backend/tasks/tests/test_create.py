import pytest
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Event
from tasks.models import Task

pytestmark = pytest.mark.django_db


def test_a_title_is_enough_and_the_rest_has_its_defaults(
    api: APIClient, owner: User
) -> None:
    response = api.post("/api/tasks/", {"title": "  Pay rent "})

    assert response.status_code == 201
    body = response.json()
    assert body == {
        "id": body["id"],
        "title": "Pay rent",
        "description": "",
        "priority": "medium",
        "status": "pending",
        "due_date": None,
        "due_time": None,
        "labels": [],
        "completed_at": None,
        "version": 1,
        "created_at": body["created_at"],
        "updated_at": body["created_at"],
        "user": owner.pk,
    }
    assert response["ETag"] == '"1"'
    assert response["Location"] == f"/api/tasks/{body['id']}/"


def test_it_writes_one_event_in_the_same_transaction(api: APIClient) -> None:
    task_id = api.post("/api/tasks/", {"title": "Pay rent"}).json()["id"]

    event = Event.objects.get(subject_id=task_id)
    assert (event.verb, event.version) == ("task_created", 1)
    assert event.changes["title"] == [None, "Pay rent"]


def test_the_same_key_makes_one_task_and_the_same_bytes(api: APIClient) -> None:
    first = api.post("/api/tasks/", {"title": "Once"}, HTTP_IDEMPOTENCY_KEY="k")
    again = api.post("/api/tasks/", {"title": "Once"}, HTTP_IDEMPOTENCY_KEY="k")

    assert again.status_code == 201
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert again["ETag"] == first["ETag"]
    assert "Idempotency-Replayed" not in first
    assert Task.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(api: APIClient) -> None:
    api.post("/api/tasks/", {"title": "Once"}, HTTP_IDEMPOTENCY_KEY="k")
    response = api.post("/api/tasks/", {"title": "Twice"}, HTTP_IDEMPOTENCY_KEY="k")

    assert response.status_code == 422
    assert response.json()["code"] == "idempotency_key_reused"
    assert Task.objects.count() == 1


def test_a_refused_body_does_not_use_up_its_key(api: APIClient) -> None:
    bad = api.post("/api/tasks/", {"title": ""}, HTTP_IDEMPOTENCY_KEY="k")
    good = api.post("/api/tasks/", {"title": "Now"}, HTTP_IDEMPOTENCY_KEY="k")

    assert (bad.status_code, good.status_code) == (400, 201)
