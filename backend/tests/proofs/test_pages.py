"""Walking all pages of the list, in every order and both directions, shows each task
once: for any rows, and while others write."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from threading import Event as Flag
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import TokenPair
from tasks.models import Task
from tasks.tests.factory import make_task
from tests.proofs import task_data
from tests.proofs.size import size, tries

URL = "/api/tasks/"
FIELDS = ("created_at", "updated_at", "due_date", "priority", "title")
ORDERINGS = [f"{sign}{field}" for field in FIELDS for sign in ("", "-")]
RANKS = {"low": 0, "medium": 1, "high": 2}
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
MAX_PAGES = 1_000  # no walk is that long: it is chasing its own tail

Ids = list[int]


def walk(api: APIClient, ordering: str, limit: int) -> tuple[list[Ids], list[Ids]]:
    """All pages forward, and then back from the last: the ids on each."""
    page = get(api, f"{URL}?ordering={ordering}&limit={limit}")
    forward, last = follow(api, page, "next")
    back, _ = follow(api, last, "previous")
    return forward, back


def follow(
    api: APIClient, page: dict[str, Any], link: str
) -> tuple[list[Ids], dict[str, Any]]:
    pages = [ids_on(page)]
    while page[link]:
        page = get(api, page[link])
        pages.append(ids_on(page))
        assert len(pages) < MAX_PAGES
    return pages, page


def get(api: APIClient, url: str) -> dict[str, Any]:
    response = api.get(url)
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    return body


def flat(pages: list[Ids]) -> Ids:
    return [*chain.from_iterable(pages)]


def ids_on(page: dict[str, Any]) -> Ids:
    return [row["id"] for row in page["results"]]


# --- Any rows ---------------------------------------------------------------------

MOMENTS = st.sampled_from([MOMENT + timedelta(microseconds=n) for n in range(3)])
DATES = [None, date(1900, 1, 1), date(2026, 1, 2), date(2200, 12, 31)]
TITLES = ["a", "A", "b", "ä", "a b", "a-b", "ab", "é", "e\u0301", "Z", "_", "日", "😀"]
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(TITLES) | task_data.WORDS.map(str.strip),
            "priority": task_data.PRIORITIES,
            "due_date": st.sampled_from(DATES),
            "created_at": MOMENTS,
            "updated_at": MOMENTS,
        }
    ),
    max_size=12,
)


@pytest.mark.django_db
@pytest.mark.parametrize("ordering", ORDERINGS)
def test_pages_are_the_sorted_rows(api: APIClient, owner: User, ordering: str) -> None:
    @tries(short=15, long=1_000)
    @given(rows=ROWS, limit=st.integers(1, 13))
    def check(rows: list[dict[str, Any]], limit: int) -> None:
        with rolled_back():
            tasks = [make_task(owner, **row) for row in rows]
            expected = [task.pk for task in ordered(tasks, ordering)]
            forward, back = walk(api, ordering, limit)

            assert flat(forward) == expected
            assert back == forward[::-1]
            assert all(len(page) == limit for page in forward[:-1])
            assert len(forward) == max(1, -(-len(rows) // limit))

    check()


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ordered(tasks: list[Task], ordering: str) -> list[Task]:
    """Ties by id the same way round; what has no value comes last both ways."""
    field = ordering.removeprefix("-")
    has_value = [task for task in tasks if getattr(task, field) is not None]
    has_none = [task for task in tasks if getattr(task, field) is None]
    descends = ordering.startswith("-")
    return [
        *sorted(has_value, key=sort_key(field, tasks), reverse=descends),
        *sorted(has_none, key=lambda task: task.pk, reverse=descends),
    ]


def sort_key(field: str, tasks: list[Task]) -> Callable[[Task], Any]:
    if field == "priority":
        return lambda task: (RANKS[task.priority], task.pk)
    if field == "title":
        places = places_of({task.title for task in tasks})
        return lambda task: (places[task.title], task.pk)
    return lambda task: (getattr(task, field), task.pk)


def places_of(titles: set[str]) -> dict[str, int]:
    """How the database's own collation ranks them: that is nothing Python knows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT title, dense_rank() OVER (ORDER BY lower(title)) "
            "FROM unnest(%s::varchar[]) AS title",
            [list(titles)],
        )
        return dict(cursor.fetchall())


# --- While others write -----------------------------------------------------------

WALKS = size(short=1, long=40)
WRITERS = 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ordering", ORDERINGS)
def test_a_walk_among_writers_shows_each_unchanged_task_once(
    owner: User, session_of: Callable[[User], TokenPair], ordering: str
) -> None:
    access = session_of(owner).access
    moving = Moving(owner, access)
    still = {make_task(owner, **some_fields(random.Random(n))).pk for n in range(25)}
    with moving.around():
        for _ in range(WALKS):
            for pages in walk(client(access), ordering, limit=4):
                seen = Counter(flat(pages))
                assert {each: seen[each] for each in still} == dict.fromkeys(still, 1)
    assert moving.writes >= WRITERS


def client(access: str) -> APIClient:
    return APIClient(headers={"authorization": f"Bearer {access}"})


def some_fields(choose: random.Random) -> dict[str, Any]:
    """Few values, so that many tasks share them and cursors must tell ties apart."""
    return {
        "title": choose.choice(TITLES[:4]),
        "priority": choose.choice(list(RANKS)),
        "due_date": choose.choice(DATES),
        "created_at": MOMENT + timedelta(microseconds=choose.randrange(3)),
        "updated_at": MOMENT + timedelta(microseconds=choose.randrange(3)),
    }


class Moving:
    """Tasks among the still ones that come, go and change places all the time."""

    def __init__(self, owner: User, access: str) -> None:
        self.owner, self.access = owner, access
        self.ids = [
            make_task(owner, **some_fields(random.Random(-n))).pk for n in range(25)
        ]
        self.stop = Flag()
        self.writes = 0

    @contextmanager
    def around(self) -> Iterator[None]:
        """Writers write from before the block until it ends."""
        started = [Flag() for _ in range(WRITERS)]
        with ThreadPoolExecutor(WRITERS) as pool:
            parts = [pool.submit(self.write, n, flag) for n, flag in enumerate(started)]
            try:
                assert all(flag.wait(30) for flag in started)
                yield
            finally:
                self.stop.set()
        for part in parts:
            part.result()

    def write(self, seed: int, started: Flag) -> None:
        choose = random.Random(seed)
        api = client(self.access)
        try:
            while not self.stop.is_set():
                self.write_one(api, choose)
                self.writes += 1
                started.set()
        finally:
            connection.close()

    def write_one(self, api: APIClient, choose: random.Random) -> None:
        place = choose.randrange(len(self.ids))
        task_id = self.ids[place]
        fields = some_fields(choose)
        match choose.randrange(5):
            case 0:
                api.post(f"{URL}{task_id}/restore/")
            case 1:
                api.delete(f"{URL}{task_id}/")
            case 2:  # purged, and another comes
                Task.objects.filter(pk=task_id).delete()
                self.ids[place] = make_task(self.owner, **fields).pk
            case 3:  # times, too, which no client can set
                Task.objects.filter(pk=task_id).update(**fields)
            case 4:
                names = ("title", "priority", "due_date")
                answer = api.patch(
                    f"{URL}{task_id}/", {name: fields[name] for name in names}
                )
                assert answer.status_code in (200, 404), answer.content
