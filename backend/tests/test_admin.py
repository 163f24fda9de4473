"""The admin: for admins only, and no way around the services."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Session, User
from events.models import Event
from events.relay import relay_waiting
from notifications.models import Delivery, Notification
from tasks.models import Task
from tests.routes import walk

MODELS = {
    "accounts_user": User,
    "accounts_session": Session,
    "tasks_task": Task,
    "events_event": Event,
    "notifications_notification": Notification,
    "notifications_delivery": Delivery,
}
KEPT = [model for model in MODELS if model != "notifications_notification"]
READ_ONLY = ["accounts_session", "events_event", "notifications_delivery"]
PASSWORD = "correct horse battery"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_static_manifest(settings: Settings) -> None:
    settings.STORAGES = {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }


@pytest.fixture(autouse=True)
def task(api: APIClient) -> Task:
    """One row of every kind."""
    api.post("/api/tasks/", {"title": "Pay rent"})
    relay_waiting()
    return Task.objects.get()


@pytest.fixture
def office(client: Client, admin: User) -> Client:
    """The admin's browser, signed in."""
    client.force_login(admin)
    return client


def page(model: str, name: str, *args: Any) -> str:
    return reverse(f"admin:{model}_{name}", args=args)


def pages() -> list[str]:
    found = [reverse("admin:index")]
    for model in MODELS:
        first = MODELS[model]._default_manager.order_by("pk")[0]
        found.append(page(model, "changelist"))
        found.append(page(model, "change", first.pk))
        found.append(page(model, "history", first.pk))
    return found


def form_of(response: Any, **changes: Any) -> dict[str, Any]:
    """What a browser would send back, with some fields changed."""
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for name in ("last_login", "date_joined"):
        moment = values.pop(name, None)
        if moment:
            values[f"{name}_0"], values[f"{name}_1"] = moment.date(), moment.time()
    sent = {**values, **changes}
    return {key: value for key, value in sent.items() if value not in (None, False)}


def test_an_admin_sees_every_page(office: Client) -> None:
    for url in pages():
        assert office.get(url).status_code == 200, url


def test_searches_and_filters_work(office: Client) -> None:
    for model in MODELS:
        url = page(model, "changelist")
        assert office.get(url, {"q": "rent"}).status_code == 200
    task_list = page("tasks_task", "changelist")
    assert office.get(task_list, {"status__exact": "pending"}).status_code == 200


@pytest.mark.parametrize("person", ["anonymous", "owner", "staff"])
def test_everybody_else_is_sent_to_sign_in(
    request: pytest.FixtureRequest, client: Client, person: str
) -> None:
    """The role `staff` reads tasks by the API; the admin site is for admins."""
    if person != "anonymous":
        client.force_login(request.getfixturevalue(person))
    for url in pages():
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_an_access_token_opens_no_admin_page(
    admin: User, sign_in: Callable[[User], APIClient]
) -> None:
    assert sign_in(admin).get("/admin/").status_code == 302


def test_a_deactivated_admin_is_out(office: Client, admin: User) -> None:
    admin.is_active = False
    admin.save()

    assert office.get("/admin/").status_code == 302


def test_every_admin_address_without_sign_in_leads_to_it(client: Client) -> None:
    for route in walk("", get_resolver().url_patterns):
        if not route.startswith("admin/") or route == "admin/login/":
            continue
        url = "/" + route.replace("<path:object_id>", "1").replace("<id>", "1")
        url = url.replace("{app_label}", "tasks").replace("{url}", "x/")
        url = url.replace("<path:content_type_id>", "1").replace(
            "<int:content_type_id>/<path:object_id>", "1/1"
        )
        response = client.get(url)
        assert response.status_code in (301, 302, 404), url


@pytest.mark.parametrize("by", ["owner", "OWNER@example.org"])
def test_signing_in_takes_username_or_email(
    client: Client, make_user: Callable[..., User], by: str
) -> None:
    boss = make_user("boss", User.Role.ADMIN, is_staff=True, is_superuser=True)
    boss.set_password(PASSWORD)
    boss.save()
    name = by.lower().replace("owner", "boss")

    response = client.post(
        "/admin/login/?next=/admin/", {"username": name, "password": PASSWORD}
    )

    assert (response.status_code, response["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("model", KEPT)
def test_what_must_stay_cannot_be_deleted(office: Client, model: str) -> None:
    first = MODELS[model]._default_manager.order_by("pk")[0]

    assert (
        office.post(page(model, "delete", first.pk), {"post": "yes"}).status_code == 403
    )
    assert MODELS[model]._default_manager.filter(pk=first.pk).exists()


@pytest.mark.parametrize("model", READ_ONLY)
def test_a_log_can_neither_be_added_to_nor_changed(office: Client, model: str) -> None:
    first = MODELS[model]._default_manager.order_by("pk")[0]

    assert office.get(page(model, "add")).status_code == 403
    assert office.post(page(model, "change", first.pk), {}).status_code == 403


def test_ending_a_session_revokes_it_at_once(
    office: Client, api: APIClient, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    session = Session.objects.get(user=owner)
    action = {"action": "end_sessions", "_selected_action": [session.pk]}

    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(page("accounts_session", "changelist"), action)

    assert response.status_code == 302
    session.refresh_from_db()
    assert session.end_reason == "admin"
    assert api.get("/api/tasks/").json()["code"] == "session_ended"
    assert "1 sessions ended" in str(office.get(response["Location"]).content)


def test_a_failed_delivery_can_be_sent_again_and_no_other(
    office: Client, owner: User, admin: User
) -> None:
    sent = Delivery.objects.get()
    failed = Delivery.objects.create(
        notification_id=sent.notification_id,
        channel="email",
        state="failed",
        attempts=8,
        last_error="The mail server is not available (421).",
    )
    url = page("notifications_delivery", "changelist")
    action = {"action": "send_again", "_selected_action": [sent.pk, failed.pk]}

    for _ in range(2):  # the second finds nothing failed
        response = office.post(url, action)
        assert response.status_code == 302

    sent.refresh_from_db()
    failed.refresh_from_db()
    assert (sent.state, failed.state, failed.attempts) == ("sent", "pending", 0)
    event = Event.objects.get(verb="delivery_retried")
    assert (event.actor, event.stream.owner) == (admin, owner)
    assert "421" in str(office.get(url).content)


def test_a_task_is_changed_by_the_service(
    office: Client, task: Task, admin: User, api: APIClient
) -> None:
    url = page("tasks_task", "change", task.pk)
    sent = form_of(office.get(url), status="completed", labels="home,Phone")

    assert office.post(url, sent).status_code == 302

    body = api.get(f"/api/tasks/{task.pk}/").json()
    assert (body["status"], body["version"]) == ("completed", 2)
    assert body["completed_at"] is not None
    assert body["labels"] == ["home", "Phone"]
    event = Event.objects.get(verb="task_updated")
    assert (event.actor, set(event.changes)) == (admin, {"status", "labels"})


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"due_time": "09:30"},
        {"due_date": "1800-01-01"},
        {"labels": ",".join(f"{n}" for n in range(21))},
        {"labels": "Home,home"},
    ],
)
def test_a_rule_broken_in_the_admin_is_a_form_error(
    office: Client, task: Task, changes: dict[str, str]
) -> None:
    url = page("tasks_task", "change", task.pk)

    response = office.post(url, form_of(office.get(url), **changes))

    assert response.status_code == 200
    assert response.context["errors"]
    task.refresh_from_db()
    assert task.version == 1


def test_a_trashed_task_is_read_only(
    office: Client, task: Task, api: APIClient
) -> None:
    api.delete(f"/api/tasks/{task.pk}/")
    url = page("tasks_task", "change", task.pk)

    assert office.get(url).status_code == 200
    assert office.post(url, {"title": "x"}).status_code == 403


def test_deactivating_ends_what_is_open(
    office: Client, api: APIClient, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    url = page("accounts_user", "change", owner.pk)
    sent = form_of(office.get(url))
    del sent["is_active"]

    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(url, sent)

    assert response.status_code == 302, response.context["errors"]
    assert Session.objects.get(user=owner).end_reason == "deactivated"
    assert api.get("/api/tasks/").json()["code"] == "session_ended"


def test_another_change_leaves_sessions_alone(
    office: Client, api: APIClient, owner: User
) -> None:
    url = page("accounts_user", "change", owner.pk)

    assert (
        office.post(url, form_of(office.get(url), first_name="Ana")).status_code == 302
    )
    assert api.get("/api/auth/me/").json()["first_name"] == "Ana"


@pytest.mark.parametrize(("repeated", "ends"), [(PASSWORD, True), ("typo", False)])
def test_a_new_password_ends_what_the_old_one_opened(
    office: Client,
    api: APIClient,
    repeated: str,
    ends: bool,
    django_capture_on_commit_callbacks: Any,
) -> None:
    owner = User.objects.get(username="owner")
    url = reverse("admin:auth_user_password_change", args=[owner.pk])
    sent = {"password1": PASSWORD, "password2": repeated, "usable_password": "true"}

    with django_capture_on_commit_callbacks(execute=True):
        office.post(url, sent)

    assert (api.get("/api/tasks/").status_code == 401) is ends


def test_a_user_can_be_added(office: Client) -> None:
    sent = {
        "username": "newcomer",
        "email": "newcomer@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "usable_password": "true",
    }
    for name in ("newcomer", "NEWCOMER"):  # the second is the same, ignoring case
        response = office.post(page("accounts_user", "add"), {**sent, "username": name})

    assert response.status_code == 200
    assert User.objects.filter(username__iexact="newcomer").count() == 1


def test_a_superuser_is_an_admin() -> None:
    user = User.objects.create_superuser("root", "root@example.org", PASSWORD)

    assert user.role == "admin"
