from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from accounts.models import ApiToken, Session, User
from accounts.services import create_api_token, removal
from accounts.services.removal import belongings, purge_deleted_accounts
from common.models import IdempotencyKey
from common.tests.threads import run_at_once
from events.models import Event, Stream
from events.relay import relay_waiting
from notifications.models import Notification
from tasks.models import Task
from tasks.services import recount_tasks

URL = "/api/auth/me/"
PASSWORD = "correct horse battery"
BODY = {"password": PASSWORD}
TASK = {"title": "x", "labels": ["home"], "due_date": "2030-01-31"}

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def person(owner: User) -> User:
    owner.set_password(PASSWORD)
    owner.first_name = "Ana"
    owner.save()
    return owner


def make_due() -> None:
    for user in User.objects.exclude(deleted_at=None):
        assert user.deleted_at is not None
        before = user.deleted_at - timedelta(minutes=11)
        User.objects.filter(pk=user.pk).update(deleted_at=before)


def test_it_closes_the_account_at_once(
    api: APIClient, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    create_api_token(user_id=person.pk, name="x", scope="read")
    with django_capture_on_commit_callbacks(execute=True):
        assert api.delete(URL, BODY).status_code == 204

    assert api.get("/api/tasks/").json()["code"] == "session_ended"
    assert Session.objects.get().end_reason == "deleted"
    assert ApiToken.objects.get().revoked_at is not None
    person.refresh_from_db()
    name = f"deleted-{person.pk}"
    assert (person.username, person.email) == (name, f"{name}@invalid")
    assert (person.first_name, person.is_active) == ("", False)
    assert not person.has_usable_password()
    for username in ("owner", name):
        body = {"username": username, **BODY}
        assert APIClient().post("/api/auth/token/", body).status_code == 401


def test_its_name_and_address_are_free_again(
    api: APIClient, anonymous: APIClient
) -> None:
    api.delete(URL, BODY)
    body = {"username": "owner", "email": "owner@example.org", **BODY}

    assert anonymous.post("/api/auth/register/", body).status_code == 201


def test_nobody_takes_the_name_it_gets(anonymous: APIClient) -> None:
    body = {"username": "Deleted-7", "email": "x@example.org", **BODY}
    response = anonymous.post("/api/auth/register/", body)

    assert response.json()["errors"][0]["code"] == "reserved"


@pytest.mark.parametrize("body", [{}, {"password": "guess"}, {"password": None}])
def test_without_the_password_nothing_happens(
    api: APIClient, body: dict[str, Any]
) -> None:
    response = api.delete(URL, body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/password"
    assert api.get(URL).status_code == 200


def test_its_rows_are_purged_and_nobody_elses(
    api: APIClient, person: User, other: User, sign_in: SignIn
) -> None:
    for client in (api, sign_in(other)):
        for n in range(3):
            client.post("/api/tasks/", TASK, HTTP_IDEMPOTENCY_KEY=f"{n}")
    person.groups.add(Group.objects.create(name="x"))
    relay_waiting()
    theirs = Event.objects.filter(stream__owner=other).count()
    Event.objects.filter(stream__owner=other).update(actor=person)
    api.delete(URL, BODY)
    assert purge_deleted_accounts() == 0  # sessions' ends may still be on their way

    make_due()
    assert purge_deleted_accounts() == 1

    assert not User.objects.filter(pk=person.pk).exists()
    assert Task.objects.filter(user=other).count() == Task.objects.count() == 3
    assert recount_tasks() == 0  # no tally is left behind
    assert Notification.objects.count() == 3
    assert IdempotencyKey.objects.count() == 3
    assert set(Stream.objects.values_list("owner", flat=True)) == {other.pk}
    assert Event.objects.filter(actor=None).count() == theirs
    assert purge_deleted_accounts() == 0


def test_a_purge_that_is_cut_short_goes_on(
    api: APIClient, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        api.post("/api/tasks/", {"title": "x"})
    api.delete(URL, BODY)
    make_due()
    monkeypatch.setattr(removal, "BATCH_SIZE", 1)
    monkeypatch.setattr(removal, "RUN_SECONDS", -1)

    runs = 1
    while not purge_deleted_accounts():
        runs += 1
        assert runs < 100

    assert runs > 10
    assert not User.objects.filter(pk=person.pk).exists()


def test_each_batch_is_a_fixed_number_of_statements(
    person: User, api: APIClient, django_assert_max_num_queries: Any
) -> None:
    for _ in range(40):
        api.post("/api/tasks/", {"title": "x"})
    relay_waiting()
    for rows, stays in belongings(person):
        with django_assert_max_num_queries(12):
            removal.empty_batch(rows, stays)


def test_every_table_that_hangs_on_a_person_is_emptied(person: User) -> None:
    """The last step finds nothing: no one statement deletes a large account."""
    tables = {rows.model._meta.db_table for rows, _ in belongings(person)}

    assert tables >= {
        "accounts_api_token",
        "accounts_session",
        "auth_user_groups",
        "common_idempotency_key",
        "django_admin_log",
        "events_event",
        "events_stream",
        "notifications_notification",
        "tasks_saved_filter",
        "tasks_task",
    }


def test_the_last_admin_stays(admin: User, sign_in: SignIn) -> None:
    admin.set_password(PASSWORD)
    admin.save()

    response = sign_in(admin).delete(URL, BODY)

    assert (response.status_code, response.json()["code"]) == (403, "last_admin")
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.django_db(transaction=True)
def test_of_two_last_admins_who_leave_at_once_one_stays(
    make_user: Callable[..., User], sign_in: SignIn
) -> None:
    flags = {"is_staff": True, "is_superuser": True}
    clients = []
    for name in ("first", "second"):
        user = make_user(name, User.Role.ADMIN, **flags)
        user.set_password(PASSWORD)
        user.save()
        clients.append(sign_in(user))

    statuses = run_at_once(2, lambda: clients.pop().delete(URL, BODY).status_code)

    assert sorted(statuses) == [204, 403]
    assert User.objects.filter(role="admin", is_active=True).count() == 1
