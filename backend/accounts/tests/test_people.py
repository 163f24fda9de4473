from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import ApiToken, Session, User
from accounts.services import create_api_token
from common.tests.threads import run_at_once
from events.models import Event

URL = "/api/users/"

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]
MakeUser = Callable[..., User]
ADMIN = {"is_staff": True, "is_superuser": True}


@pytest.fixture
def office(admin: User, sign_in: SignIn) -> APIClient:
    return sign_in(admin)


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def names(api: APIClient, query: str = "") -> list[str]:
    response = api.get(f"{URL}?{query}")
    assert response.status_code == 200, response.content
    return [each["username"] for each in response.json()["results"]]


def test_it_lists_everybody_newest_first(office: APIClient, owner: User) -> None:
    person, boss = office.get(URL).json()["results"]

    assert person == {
        "id": owner.pk,
        "username": "owner",
        "email": "owner@example.org",
        "first_name": "",
        "last_name": "",
        "role": "member",
        "is_active": True,
        "date_joined": person["date_joined"],
        "last_login": None,
    }
    assert boss["username"] == "admin"
    assert office.get(f"{URL}{owner.pk}/").json() == person


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=ANA", ["bob", "ana"]),
        ("search=ana@", ["ana"]),
        ("search=100%25", []),
        ("search=_", []),
        ("role=staff", ["bob"]),
        ("role=staff,admin", ["bob", "admin"]),
        ("is_active=false", ["bob"]),
        ("is_active=true&search=example", ["ana", "admin"]),
    ],
)
def test_it_is_filtered(
    office: APIClient, make_user: MakeUser, query: str, found: list[str]
) -> None:
    make_user("ana")
    make_user("bob", "staff", first_name="Joana", is_active=False)

    assert names(office, query) == found


@pytest.mark.parametrize(
    "query", ["role=boss", "is_active=1", "search=", "q=x", "search=" + "x" * 201]
)
def test_an_odd_filter_is_refused(office: APIClient, query: str) -> None:
    assert code_of(office.get(f"{URL}?{query}")) == (400, "validation_error")


def test_it_is_in_pages(office: APIClient, make_user: MakeUser) -> None:
    for n in range(4):
        make_user(f"p{n}")
    first = office.get(f"{URL}?limit=3&role=member").json()
    second = office.get(first["next"]).json()

    seen = [each["username"] for each in first["results"] + second["results"]]
    assert seen == ["p3", "p2", "p1", "p0"]
    assert second["next"] is None


def test_staff_read_and_members_do_not(
    api: APIClient, staff: User, owner: User, sign_in: SignIn
) -> None:
    reader = sign_in(staff)
    assert reader.get(f"{URL}{owner.pk}/").status_code == 200
    assert code_of(reader.patch(f"{URL}{owner.pk}/", {"role": "admin"})) == (
        403,
        "permission_denied",
    )
    assert code_of(reader.post(f"{URL}{owner.pk}/logout/")) == (
        403,
        "permission_denied",
    )
    assert code_of(api.get(URL)) == (403, "permission_denied")
    assert code_of(api.get(f"{URL}{owner.pk}/")) == (403, "permission_denied")


def test_who_may_not_change_people_does_not_learn_which_there_are(
    api: APIClient, staff: User, sign_in: SignIn
) -> None:
    for client in (api, sign_in(staff)):
        for pk in (staff.pk, 999_999_999):
            path = f"{URL}{pk}/"
            refused = [client.patch(path, {}), client.post(f"{path}logout/")]
            assert [code_of(each) for each in refused] == [
                (403, "permission_denied")
            ] * 2


@pytest.mark.parametrize("call", ["get", "patch", "post"])
def test_a_token_that_still_says_admin_is_not_believed(
    admin: User, owner: User, office: APIClient, make_user: MakeUser, call: str
) -> None:
    make_user("boss", User.Role.ADMIN, **ADMIN)
    User.objects.filter(pk=admin.pk).update(
        role="member", is_staff=False, is_superuser=False
    )
    path = f"{URL}{owner.pk}/" + ("logout/" if call == "post" else "")
    body = {"role": "admin"} if call == "patch" else None

    assert code_of(getattr(office, call)(path, body)) == (403, "permission_denied")
    owner.refresh_from_db()
    assert owner.role == "member"


def test_a_new_role_is_an_event_and_in_step(
    office: APIClient, admin: User, owner: User
) -> None:
    response = office.patch(f"{URL}{owner.pk}/", {"role": "admin"})

    assert response.json()["role"] == "admin"
    owner.refresh_from_db()
    assert (owner.role, owner.is_staff, owner.is_superuser) == ("admin", True, True)
    event = Event.objects.get(verb="person_updated")
    assert (event.actor, event.stream.owner) == (admin, owner)
    assert event.changes == {"role": ["member", "admin"]}
    office.patch(f"{URL}{owner.pk}/", {"role": "staff"})
    owner.refresh_from_db()
    assert (owner.role, owner.is_staff, owner.is_superuser) == ("staff", False, False)


@pytest.mark.parametrize(
    "roles", [("member", "staff"), ("staff", "member"), ("staff", "staff")]
)
def test_another_role_ends_sessions_whose_tokens_name_the_old_one(
    office: APIClient,
    owner: User,
    api: APIClient,
    django_capture_on_commit_callbacks: Any,
    roles: tuple[str, str],
) -> None:
    User.objects.filter(pk=owner.pk).update(role=roles[0])
    with django_capture_on_commit_callbacks(execute=True):
        office.patch(f"{URL}{owner.pk}/", {"role": roles[1]})

    has_changed = roles[0] != roles[1]
    assert (api.get("/api/tasks/").status_code == 401) is has_changed


def test_deactivating_ends_sessions_and_tokens_for_good(
    office: APIClient,
    owner: User,
    api: APIClient,
    django_capture_on_commit_callbacks: Any,
) -> None:
    create_api_token(user_id=owner.pk, name="x", scope="read")
    with django_capture_on_commit_callbacks(execute=True):
        office.patch(f"{URL}{owner.pk}/", {"is_active": False})

    assert code_of(api.get("/api/tasks/")) == (401, "session_ended")
    assert Session.objects.get(user=owner).end_reason == "deactivated"
    office.patch(f"{URL}{owner.pk}/", {"is_active": True})
    assert ApiToken.objects.get().revoked_at is not None
    assert api.get("/api/tasks/").status_code == 401


@pytest.mark.parametrize("body", [{}, {"username": "x", "id": 7, "email": "x"}])
def test_what_it_does_not_name_stays(
    office: APIClient, owner: User, body: dict[str, Any]
) -> None:
    before = office.get(f"{URL}{owner.pk}/").json()

    assert office.patch(f"{URL}{owner.pk}/", body).json() == before
    assert not Event.objects.filter(verb="person_updated").exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"role": "owner"}, "invalid_choice"),
        ({"role": None}, "null"),
        ({"is_active": 1}, "invalid"),
        ({"is_active": None}, "null"),
        ({"is_superuser": True}, "unknown_field"),
        ({"password": "x"}, "unknown_field"),
    ],
)
def test_each_rule_is_named(
    office: APIClient, owner: User, body: dict[str, Any], code: str
) -> None:
    response = office.patch(f"{URL}{owner.pk}/", body)

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == code


def test_who_is_deleted_or_never_was_is_not_found(
    office: APIClient, owner: User
) -> None:
    User.objects.filter(pk=owner.pk).update(deleted_at="2026-01-01T00:00:00Z")

    for pk in (owner.pk, 999_999_999_999_999_999):
        path = f"{URL}{pk}/"
        assert code_of(office.get(path)) == (404, "not_found")
        assert code_of(office.patch(path, {"is_active": True})) == (404, "not_found")
        assert code_of(office.post(f"{path}logout/")) == (404, "not_found")
    assert names(office) == ["admin"]


def test_a_forced_log_out_ends_every_session(
    office: APIClient,
    owner: User,
    api: APIClient,
    sign_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    elsewhere = sign_in(owner)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            assert office.post(f"{URL}{owner.pk}/logout/").status_code == 204

    for client in (api, elsewhere):
        assert code_of(client.get("/api/tasks/")) == (401, "session_ended")
    assert Event.objects.filter(verb="session_ended").count() == 2


# --- The last admin


@pytest.mark.parametrize("body", [{"role": "staff"}, {"is_active": False}])
def test_the_last_admin_stays_one(
    office: APIClient, admin: User, make_user: MakeUser, body: dict[str, Any]
) -> None:
    make_user("away", User.Role.ADMIN, is_active=False, **ADMIN)

    response = office.patch(f"{URL}{admin.pk}/", body)

    assert code_of(response) == (403, "last_admin")
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)


@pytest.mark.parametrize("body", [{"role": "member"}, {"is_active": False}])
@pytest.mark.django_db(transaction=True)
def test_of_two_admins_who_demote_each_other_one_stays(
    make_user: MakeUser, sign_in: SignIn, body: dict[str, Any]
) -> None:
    pair = [make_user(name, User.Role.ADMIN, **ADMIN) for name in ("a", "b")]
    calls = [
        (sign_in(pair[0]), f"{URL}{pair[1].pk}/"),
        (sign_in(pair[1]), f"{URL}{pair[0].pk}/"),
    ]

    def demote() -> int:
        api, path = calls.pop()
        return int(api.patch(path, body).status_code)

    statuses = sorted(run_at_once(2, demote))

    assert statuses[0] == 200
    assert statuses[1] in (401, 403)
    assert User.objects.filter(role="admin", is_active=True).count() == 1


@pytest.mark.parametrize("fields", [{"role": "admin"}, {"is_superuser": True}])
def test_the_database_keeps_role_and_flags_in_step(
    owner: User, fields: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=owner.pk).update(**fields)


# --- The admin site does the same


@pytest.fixture
def form(admin: User, client: Client, settings: Settings) -> Callable[..., Any]:
    """Posts the admin's page of a person with these changes."""
    storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {"staticfiles": {"BACKEND": storage}}
    client.force_login(admin)

    def post(user: User, **changes: Any) -> Any:
        url = reverse("admin:accounts_user_change", args=[user.pk])
        shown = client.get(url).context["adminform"].form
        values = {name: shown[name].value() for name in shown.fields}
        sent = {**values, **changes}
        return client.post(
            url, {name: sent[name] for name in sent if sent[name] not in (None, False)}
        )

    return post


def test_the_site_changes_people_by_the_service(
    form: Callable[..., Any], admin: User, owner: User, make_user: MakeUser
) -> None:
    assert form(owner, role="admin", first_name="Ana").status_code == 302

    owner.refresh_from_db()
    assert (owner.role, owner.is_superuser, owner.first_name) == ("admin", True, "Ana")
    event = Event.objects.get(verb="person_updated")
    assert event.actor == admin
    assert event.changes == {"role": ["member", "admin"], "first_name": ["", "Ana"]}


def test_whom_the_site_adds_is_an_event(
    form: Callable[..., Any], admin: User, client: Client
) -> None:
    password = "staple battery horse"
    body = {"username": "new", "email": "new@example.org", "usable_password": "true"}
    passwords = {"password1": password, "password2": password}
    client.post(reverse("admin:accounts_user_add"), body | passwords)

    event = Event.objects.get(verb="registered")
    assert (event.actor, event.stream.owner.username) == (admin, "new")


def test_a_password_set_at_the_site_closes_what_the_old_one_opened(
    form: Callable[..., Any], admin: User, api: APIClient, client: Client
) -> None:
    owner = User.objects.get(username="owner")
    create_api_token(user_id=owner.pk, name="x", scope="read")
    password = "staple battery horse"
    url = reverse("admin:auth_user_password_change", args=[owner.pk])
    broken = client.post(url, {"password1": password, "password2": "other"})
    assert broken.status_code == 200
    assert not Event.objects.filter(verb="password_changed").exists()

    sent = {"password1": password, "password2": password, "usable_password": "true"}
    assert client.post(url, sent).status_code == 302

    owner.refresh_from_db()
    assert owner.check_password(password)
    assert Event.objects.get(verb="password_changed").actor == admin
    assert Session.objects.get(user=owner).end_reason == "password"
    assert ApiToken.objects.get().revoked_at is not None


@pytest.mark.parametrize("changes", [{"role": "member"}, {"is_active": False}])
def test_the_site_keeps_the_last_admin(
    form: Callable[..., Any], admin: User, changes: dict[str, Any]
) -> None:
    assert form(admin, **changes).status_code == 403

    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == ("admin", True)
