"""Many at once: exactly one wins, and nobody is told something else."""

from collections import Counter
from functools import partial

from requests import Response

from devstack.postgres import Postgres
from devstack.stack import Stack
from tests.proofs.size import size
from tests.stack.people import Person, at_once

PATCHES = size(short=50, long=200)
KEYS = size(short=1, long=1_000)
REFRESHES = size(short=1, long=1_000)


def test_however_many_patches_on_one_version_make_one_change(person: Person) -> None:
    task = person.create("start").json()
    path = f"/api/tasks/{task['id']}/"

    def rename(n: int) -> Response:
        seen = {"If-Match": '"1"'}
        return person.call("PATCH", path, {"title": f"winner {n}"}, headers=seen)

    answers = at_once(partial(rename, n) for n in range(PATCHES))

    assert Counter(a.status_code for a in answers) == {200: 1, 412: PATCHES - 1}
    winner = next(a.json() for a in answers if a.status_code == 200)
    losers = [a.json() for a in answers if a.status_code == 412]
    assert {loser["current"]["title"] for loser in losers} == {winner["title"]}
    assert person.call("GET", path).json() == winner
    assert winner["version"] == 2


def test_twenty_posts_with_one_key_make_one_task(person: Person) -> None:
    for n in range(KEYS):
        answers = at_once(
            partial(person.create, f"{n}", **{"Idempotency-Key": f"key {n}"})
            for _ in range(20)
        )

        assert {a.status_code for a in answers} == {201}
        assert len({a.content for a in answers}) == 1
        replayed = Counter(a.headers.get("Idempotency-Replayed") for a in answers)
        assert replayed == {None: 1, "true": 19}
    assert person.titles("/api/tasks/") == sorted(f"{n}" for n in range(KEYS))


def test_eight_refreshes_at_once_get_one_successor(person: Person) -> None:
    for _ in range(REFRESHES):
        answers = at_once(lambda: person.spend(person.refresh) for _ in range(8))

        assert {a.status_code for a in answers} == {200}
        assert len({a.json()["refresh"] for a in answers}) == 1
        person.access = answers[0].json()["access"]
        person.refresh = answers[0].json()["refresh"]
        assert person.call("GET", "/api/auth/me/").status_code == 200
    assert person.spend(person.refresh).status_code == 200


def test_a_replay_after_the_grace_ends_the_session(
    stack: Stack, person: Person
) -> None:
    spent = person.refresh
    successor = person.spend(spent).json()
    postgres = stack.services["postgres"]
    assert isinstance(postgres, Postgres)
    postgres.execute(
        "UPDATE accounts_session SET rotated_at = rotated_at - interval '11 seconds'"
    )

    replay = person.spend(spent)

    assert (replay.status_code, replay.json()["code"]) == (401, "token_reused")
    assert person.spend(successor["refresh"]).json()["code"] == "session_ended"
    assert person.call("GET", "/api/auth/me/").json()["code"] == "session_ended"


def test_a_log_out_is_seen_by_every_process_at_once(person: Person) -> None:
    assert person.call("GET", "/api/auth/me/").status_code == 200
    body = {"refresh": person.refresh}
    assert person.call("POST", "/api/auth/logout/", body).status_code == 204

    answers = at_once(lambda: person.call("GET", "/api/auth/me/") for _ in range(24))

    assert {a.json()["code"] for a in answers} == {"session_ended"}
