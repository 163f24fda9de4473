"""What narrows a list: dates in the person's own days, labels, words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from common.json_list import NEAREST
from tasks.models import Task
from tasks.tests.factory import make_task

URL = "/api/tasks/"
WEDNESDAY = datetime.fromisoformat("2026-03-04T23:30:00+00:00")

pytestmark = pytest.mark.django_db


def titles(api: APIClient, **query: str) -> set[str]:
    response = api.get(URL, query)
    assert response.status_code == 200, response.content
    return {task["title"] for task in response.json()["results"]}


@pytest.fixture
def beyond(owner: User) -> Callable[[], None]:
    """Puts what there is so far behind more tasks than are looked through at first."""

    def bury() -> None:
        later = timezone.now() + timedelta(days=1)
        filler = Task(user=owner, title="Filler", created_at=later, updated_at=later)
        Task.objects.bulk_create([clone(filler) for _ in range(NEAREST + 1)])

    return bury


def clone(task: Task) -> Task:
    return Task(
        user=task.user,
        title=task.title,
        created_at=task.created_at,
        updated_at=task.updated_at,
    )


@pytest.fixture
def on_wednesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wednesday night in London, Thursday morning in Tokyo."""
    monkeypatch.setattr("tasks.days.timezone.now", lambda: WEDNESDAY)


@pytest.fixture
def dated(owner: User) -> None:
    for day in ("03-01", "03-02", "03-04", "03-05", "03-08", "03-09"):
        make_task(owner, title=day, due_date=f"2026-{day}")
    make_task(
        owner,
        title="done",
        due_date="2026-03-01",
        status="completed",
        completed_at=timezone.now(),
    )
    make_task(owner, title="undated")


DUE = [
    ("UTC", "overdue", {"03-01", "03-02"}),
    ("UTC", "today", {"03-04"}),
    ("UTC", "week", {"03-02", "03-04", "03-05", "03-08"}),
    ("UTC", "none", {"undated"}),
    ("Asia/Tokyo", "overdue", {"03-01", "03-02", "03-04"}),
    ("Asia/Tokyo", "today", {"03-05"}),
]


@pytest.mark.usefixtures("on_wednesday", "dated")
@pytest.mark.parametrize(("zone", "due", "expected"), DUE)
def test_due_goes_by_the_persons_own_calendar(
    owner: User,
    sign_in: Callable[[User], APIClient],
    zone: str,
    due: str,
    expected: set[str],
) -> None:
    owner.time_zone = zone

    assert titles(sign_in(owner), due=due) == expected


@pytest.mark.usefixtures("on_wednesday", "dated")
def test_what_is_due_is_found_behind_a_long_list(
    api: APIClient, beyond: Callable[[], None]
) -> None:
    beyond()

    assert titles(api, due="today") == {"03-04"}
    assert titles(api, due="overdue") == {"03-01", "03-02"}
    assert titles(api, due="week") == {"03-02", "03-04", "03-05", "03-08"}


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("is_far", [False, True])
def test_a_range_of_days_includes_both_and_nothing_undated(
    api: APIClient, beyond: Callable[[], None], is_far: bool
) -> None:
    if is_far:
        beyond()

    found = titles(api, due_after="2026-03-02", due_before="2026-03-05")

    assert found == {"03-02", "03-04", "03-05"}
    assert "undated" not in titles(api, due_before="2200-12-31")
    assert "undated" not in titles(api, due_after="1900-01-01")


@pytest.mark.parametrize("field", ["created", "updated"])
def test_moments_and_days_bound_a_list(
    owner: User, sign_in: Callable[[User], APIClient], field: str
) -> None:
    owner.time_zone = "America/New_York"
    api = sign_in(owner)
    for title, moment in [
        ("before", "2026-03-08T04:59:59.999999Z"),
        ("first", "2026-03-08T05:00:00Z"),
        ("last", "2026-03-09T03:59:59.999999Z"),  # the day the clocks go forward
        ("after", "2026-03-09T04:00:00Z"),
    ]:
        make_task(owner, title=title, **{f"{field}_at": moment})

    def between(after: str, before: str) -> set[str]:
        return titles(api, **{f"{field}_after": after, f"{field}_before": before})

    assert between("2026-03-08", "2026-03-08") == {"first", "last"}
    assert between("2026-03-08T05:00:00Z", "2026-03-08T05:00:00Z") == {"first"}
    assert between("2026-03-08T00:00:00-05:00", "2026-03-08") == {"first", "last"}


@pytest.mark.parametrize("is_far", [False, True])
def test_labels_are_alternatives(
    api: APIClient, owner: User, beyond: Callable[[], None], is_far: bool
) -> None:
    make_task(owner, title="home", labels=["home"])
    make_task(owner, title="both", labels=["home", "work"])
    make_task(owner, title="comma", labels=["one, two"])
    make_task(owner, title="odd", labels=["two\nlines", '"q"'])
    make_task(owner, title="none")
    if is_far:
        beyond()

    assert titles(api, label="home") == {"home", "both"}
    assert titles(api, label="work,home") == {"home", "both"}
    assert titles(api, label='"one, two"') == {"comma"}
    assert titles(api, label='home,"one, two"') == {"home", "both", "comma"}
    for label in ("two\nlines", '"two\nlines"', '"""q"""'):
        assert titles(api, label=label) == {"odd"}
    assert titles(api, label="Home") == set()
    assert titles(api, label="hom") == set()


@pytest.fixture
def worded(owner: User) -> None:
    make_task(owner, title="Pay the rent", description="Transfer before the 3rd")
    make_task(owner, title="Rent a car", description="to pay on pick-up")
    make_task(owner, title="Zürich: Überweisung", description='x\'s "y" & z')
    make_task(owner, title="買い物 牛乳")


SEARCHES = [
    ("rent", {"Pay the rent", "Rent a car"}),
    ("REN", {"Pay the rent", "Rent a car"}),
    ("pay rent", {"Pay the rent", "Rent a car"}),
    ("trans pay", {"Pay the rent"}),
    ('"the rent"', {"Pay the rent"}),
    ('"rent the"', set()),
    ('"rent a" pay', {"Rent a car"}),
    ('"pay the', {"Pay the rent"}),
    ("pick-up", {"Rent a car"}),
    ("über", {"Zürich: Überweisung"}),
    ("x's", {"Zürich: Überweisung"}),
    ("牛乳", {"買い物 牛乳"}),
    ("nowhere", set()),
    ("rent | nowhere", set()),
    ("!rent", {"Pay the rent", "Rent a car"}),
    ("rent:*", {"Pay the rent", "Rent a car"}),
    ("<->", set()),
    ("' \\ ' OR 1=1 --", set()),
]


@pytest.mark.usefixtures("worded")
@pytest.mark.parametrize("is_far", [False, True])
@pytest.mark.parametrize(("text", "expected"), SEARCHES)
def test_search_finds_words_beginnings_and_phrases(
    api: APIClient,
    beyond: Callable[[], None],
    text: str,
    expected: set[str],
    is_far: bool,
) -> None:
    if is_far:
        beyond()

    assert titles(api, search=text) == expected


@pytest.mark.parametrize("is_far", [False, True])
@pytest.mark.parametrize(
    "query",
    [{"search": "secret"}, {"label": "secret"}, {"due": "today"}],
    ids=lambda query: next(iter(query)),
)
def test_nothing_of_anybody_elses_is_found(
    api: APIClient,
    other: User,
    beyond: Callable[[], None],
    query: dict[str, str],
    is_far: bool,
) -> None:
    today = timezone.now().date()
    make_task(other, title="Secret", labels=["secret"], due_date=today)
    if is_far:
        beyond()

    assert titles(api, **query) == set()


def test_nothing_in_the_trash_is_found(api: APIClient, owner: User) -> None:
    make_task(owner, title="Gone", labels=["x"], deleted_at=timezone.now())

    assert titles(api, search="gone") == titles(api, label="x") == set()


@pytest.mark.parametrize("ordering", ["", "title", "-due_date", "relevance"])
def test_what_is_found_can_be_walked(
    api: APIClient, owner: User, beyond: Callable[[], None], ordering: str
) -> None:
    for n in range(7):
        make_task(owner, title=f"Found {n}", description="found " * n)
    beyond()
    query = {"search": "found", "limit": "3"}
    if ordering:
        query["ordering"] = ordering

    forward, last = walk(api, api.get(URL, query).json(), "next")
    back, _ = walk(api, last, "previous")

    assert sorted(title for page in forward for title in page) == [
        f"Found {n}" for n in range(7)
    ]
    assert back == forward[::-1]


def walk(
    api: APIClient, page: dict[str, object], link: str
) -> tuple[list[list[str]], dict[str, object]]:
    pages = []
    while True:
        pages.append([task["title"] for task in page["results"]])  # type: ignore[attr-defined]
        if not page[link]:
            return pages, page
        page = api.get(str(page[link])).json()


def test_the_best_match_comes_first_by_relevance(api: APIClient, owner: User) -> None:
    for title, description in [
        ("Milk", "for the bread"),
        ("Bread", ""),
        ("Oven", "bread bread bread"),
        ("Bread, bread", "bread"),
    ]:
        make_task(owner, title=title, description=description)

    response = api.get(URL, {"search": "bread", "ordering": "relevance"})

    assert [task["title"] for task in response.json()["results"]] == [
        "Bread, bread",
        "Bread",
        "Oven",
        "Milk",
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"due": "tomorrow"},
        {"due": "today,week"},
        {"due_after": "2026-02-30"},
        {"due_after": "2026-2-3"},
        {"due_before": "1899-12-31"},
        {"due_before": "0000-00-00"},
        {"created_after": "2026-02-03 04:05:06Z"},
        {"created_after": "2026-02-03T04:05:06"},
        {"created_before": "9999-12-31T23:59:59-23:59"},
        {"updated_after": "now"},
        {"label": "x" * 41},
        {"label": ",".join("abcdefghijklmnopqrstu")},
        {"label": "home,"},
        {"search": "x" * 201},
        {"search": ""},
        {"ordering": "relevance"},
        {"ordering": "user"},
        {"ordering": "created_at,title"},
        {"ordering": "--title"},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(api: APIClient, query: dict[str, str]) -> None:
    response = api.get(URL, query)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == f"/{next(iter(query))}"


@pytest.mark.parametrize("name", ["search", "due", "due_after", "created_after"])
def test_a_value_is_given_once(api: APIClient, name: str) -> None:
    value = "today" if name == "due" else "2026-01-01"

    assert api.get(f"{URL}?{name}={value}&{name}={value}").status_code == 400


def test_the_database_and_the_list_agree_about_today(
    api: APIClient, owner: User
) -> None:
    make_task(owner, title="Today", due_date=date.today())  # noqa: DTZ011 - UTC here

    assert titles(api, due="today") == {"Today"}
