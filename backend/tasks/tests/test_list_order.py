"""Every ordering, with nulls last and ties by id; whose list it is; its ETag."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from tasks.models import Task
from tasks.tests.factory import make_task

URL = "/api/tasks/"

pytestmark = pytest.mark.django_db

# title, priority, due date, created and updated hours ago
ROWS = [
    ("banana", "high", "2026-05-01", 4, 1),
    ("Apple", "low", None, 3, 2),
    ("cherry", "medium", "2026-04-01", 2, 4),
    ("Äpfel", "low", None, 1, 3),
]
ORDERS = [
    ("created_at", "banana Apple cherry Äpfel"),
    ("-created_at", "Äpfel cherry Apple banana"),
    ("updated_at", "cherry Äpfel Apple banana"),
    ("-updated_at", "banana Apple Äpfel cherry"),
    ("due_date", "cherry banana Apple Äpfel"),
    ("-due_date", "banana cherry Äpfel Apple"),
    ("priority", "Apple Äpfel cherry banana"),
    ("-priority", "banana cherry Äpfel Apple"),
    ("title", "Apple banana cherry Äpfel"),
    ("-title", "Äpfel cherry banana Apple"),
]


@pytest.fixture
def rows(owner: User) -> None:
    now = timezone.now()
    for title, priority, due_date, created, updated in ROWS:
        make_task(
            owner,
            title=title,
            priority=priority,
            due_date=due_date,
            created_at=now - timedelta(hours=created),
            updated_at=now - timedelta(hours=updated),
        )


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("limit", [1, 3, 100])
@pytest.mark.parametrize(("ordering", "expected"), ORDERS)
def test_it_is_in_the_order_asked_for(
    api: APIClient, ordering: str, expected: str, limit: int
) -> None:
    seen: list[str] = []
    url: str | None = f"{URL}?ordering={ordering}&limit={limit}"
    while url:
        page = api.get(url).json()
        seen += [task["title"] for task in page["results"]]
        url = page["next"]

    assert " ".join(seen) == expected


@pytest.mark.usefixtures("rows")
def test_a_cursor_belongs_to_its_ordering(api: APIClient) -> None:
    following = api.get(f"{URL}?limit=1&ordering=title").json()["next"]

    response = api.get(following.replace("ordering=title", "ordering=-title"))

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/cursor"


# --- Whose ----------------------------------------------------------------------


@pytest.mark.parametrize("role", ["staff", "admin"])
def test_staff_list_one_persons_tasks_or_everybodys(
    request: pytest.FixtureRequest,
    sign_in: Callable[[User], APIClient],
    owner: User,
    other: User,
    role: str,
) -> None:
    make_task(owner, title="One")
    make_task(other, title="Two")
    make_task(other, title="Trashed", deleted_at=timezone.now())
    api = sign_in(request.getfixturevalue(role))

    def titles(query: str) -> list[str]:
        return [task["title"] for task in api.get(f"{URL}?{query}").json()["results"]]

    assert titles(f"user={owner.pk}") == ["One"]
    assert titles("user=all") == ["Two", "One"]
    assert titles("user=all&search=on") == ["One"]
    assert titles("user=all&ordering=title&limit=1") == ["One"]
    assert titles("user=999999999") == []
    assert titles("") == []


@pytest.mark.parametrize("who", ["all", "{me}", "{them}", "x"])
def test_members_may_not_even_ask(
    api: APIClient, owner: User, other: User, who: str
) -> None:
    make_task(other)

    response = api.get(f"{URL}?user={who.format(me=owner.pk, them=other.pk)}")

    assert response.status_code == 403
    assert response.json()["code"] == "permission_denied"


@pytest.mark.parametrize("who", ["", "0", "-1", "ALL", "1,2", "9" * 19, "²"])
def test_staff_are_told_what_is_nobody(
    staff: User, sign_in: Callable[[User], APIClient], who: str
) -> None:
    assert sign_in(staff).get(URL, {"user": who}).status_code == 400


def test_the_trash_is_only_mine(
    staff: User, sign_in: Callable[[User], APIClient]
) -> None:
    response = sign_in(staff).get(f"{URL}trash/?user=all")

    assert response.status_code == 400


# --- ETag -----------------------------------------------------------------------


@pytest.fixture
def tag_of(api: APIClient) -> Callable[[str], str]:
    return lambda query: str(api.get(f"{URL}{query}")["ETag"])


def test_an_unchanged_list_is_one_look_up(
    api: APIClient, django_assert_num_queries: Callable[[int], object]
) -> None:
    api.post(URL, {"title": "x"}, format="json")
    tag = api.get(URL)["ETag"]

    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        response = api.get(URL, HTTP_IF_NONE_MATCH=tag)

    assert (response.status_code, response.content) == (304, b"")


def test_every_write_changes_the_tag(
    api: APIClient, tag_of: Callable[[str], str]
) -> None:
    tags = [tag_of("")]
    task = api.post(URL, {"title": "x"}, format="json").json()
    url = f"{URL}{task['id']}/"
    tags.append(tag_of(""))
    api.patch(url, {"title": "y"}, format="json")
    tags.append(tag_of(""))
    api.delete(url)
    tags.append(tag_of(""))
    api.post(f"{url}restore/")
    tags.append(tag_of(""))

    assert len(set(tags)) == 5


def test_another_question_has_another_tag(tag_of: Callable[[str], str]) -> None:
    questions = ["", "?limit=5", "?status=pending", "?due=today", "trash/"]

    assert len({tag_of(question) for question in questions}) == len(questions)


@pytest.mark.parametrize(
    ("query", "host"),
    [("?ordering=title", "localhost"), ("?limit=7", "localhost"), ("", "127.0.0.1")],
)
def test_a_tag_is_of_one_question(api: APIClient, query: str, host: str) -> None:
    """Another order of the same tasks, or links to another host, are another answer."""
    tag = api.get(URL, HTTP_HOST="localhost")["ETag"]

    other = api.get(URL + query, HTTP_HOST=host, HTTP_IF_NONE_MATCH=tag)

    assert other.status_code == 200


def test_a_new_day_changes_what_is_due_today(
    tag_of: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tag_of("?due=today")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("tasks.days.timezone.now", lambda: tomorrow)

    assert tag_of("?due=today") != before


def test_anybodys_change_changes_everybodys_list(
    api: APIClient, staff: User, sign_in: Callable[[User], APIClient]
) -> None:
    reader = sign_in(staff)
    task = api.post(URL, {"title": "x"}, format="json").json()
    tag = reader.get(f"{URL}?user=all")["ETag"]
    unchanged = reader.get(f"{URL}?user=all", HTTP_IF_NONE_MATCH=tag)
    api.patch(f"{URL}{task['id']}/", {"title": "y"}, format="json")

    changed = reader.get(f"{URL}?user=all", HTTP_IF_NONE_MATCH=tag)

    assert (unchanged.status_code, changed.status_code) == (304, 200)
    assert Task.objects.get().title == "y"
