"""Creating tasks: ours with event log and idempotency key, the peers' without."""

import json
from collections.abc import Iterator

from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.load import Load, Request, WrongAnswerError
from benchmarks.rounds import Pace, interleave, ratios
from benchmarks.sections.lists import PATH, versus
from benchmarks.table import Row, at_least

PEOPLE = 8
BODY = json.dumps(
    {
        "title": "Book the train to Prague",
        "description": "Window seats, not before nine.",
        "priority": "high",
        "due_date": "2027-03-14",
        "labels": ["travel", "work"],
    }
)


def run_create(arena: Arena, pace: Pace) -> Iterator[Row]:
    for people in (PEOPLE, 1):
        loads = {
            "ours": ours(arena, people),
            "stock": peer(arena, arena.stock, people),
            "fastapi": peer(arena, arena.fast, people),
        }
        for load in loads.values():
            must(load, 201)
        samples = interleave(loads, pace)
        check_events(arena)
        mine, its = samples["ours"], samples["stock"]
        what = f"create, {people} {'people' if people > 1 else 'person'}, over"
        figures, ratio = versus(mine, its), ratios(mine, its)
        if people > 1:
            yield at_least(f"{what} stock", figures, ratio, 0.8)
        else:
            yield Row(f"{what} stock", figures, ratio)
        fast = samples["fastapi"]
        yield Row(f"{what} fastapi", versus(mine, fast), ratios(mine, fast))
        arena.reset()


def ours(arena: Arena, people: int) -> Load:
    tokens = (arena.our_token(1 + n) for n in range(people))
    requests = [
        Request(PATH, "POST", body=BODY, authorization=token, fresh_key=True)
        for token in tokens
    ]
    return Load(arena.ours, requests)


def peer(arena: Arena, port: int, people: int) -> Load:
    """Other people's: two programs in one stream would wait for each other."""
    tokens = (arena.peers_token(1 + PEOPLE + n) for n in range(people))
    requests = [
        Request(PATH, "POST", body=BODY, authorization=token) for token in tokens
    ]
    return Load(port, requests)


def check_events(arena: Arena) -> None:
    """Every task of ours has its event and its key, whatever the load cut off."""
    [counts] = arena.query(
        f"""
        SELECT (SELECT count(*) FROM tasks_task
                WHERE id > {arena.size.total} AND user_id <= {PEOPLE}),
               (SELECT count(*) FROM events_event WHERE verb = 'task_created'),
               (SELECT count(*) FROM common_idempotency_key)
        """
    )
    if len(set(counts)) != 1:
        raise WrongAnswerError(f"tasks, events and keys differ: {counts}")
