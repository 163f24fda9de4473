"""How many statements each request makes; tests hold the same counts."""

import json
from collections.abc import Iterator

from benchmarks.arena import Arena
from benchmarks.client import must
from benchmarks.load import Request, WrongAnswerError
from benchmarks.rounds import Pace
from benchmarks.sections import create, lists, summary
from benchmarks.table import Row

BARS = {"list": 2, "list, filtered": 2, "list, unchanged": 1, "detail": 1, "update": 4}
STATUSES = {"list, unchanged": 304, "create": 201}
OK = 200


def run_queries(arena: Arena, pace: Pace) -> Iterator[Row]:
    requests = dict(asked(arena))
    answers = arena.count_queries(list(requests.values()))
    for name, (status, count) in zip(requests, answers, strict=True):
        if status != STATUSES.get(name, OK):
            raise WrongAnswerError(f"{status} from {requests[name]}")
        bar = BARS.get(name)
        passed = count <= bar if bar else None
        what, bound = f"queries: {name}", f"<= {bar}" if bar else ""
        yield Row(what, str(count), bar=bound, passed=passed)
    arena.reset()


def asked(arena: Arena) -> Iterator[tuple[str, Request]]:
    token = arena.our_token(1)
    made = must(create.ours(arena, 1), 201).json
    detail = f"{lists.PATH}{made['id']}/"
    plain = lists.ours(arena, person=1)
    yield "list", plain.requests[0]
    yield "list, filtered", lists.ours(arena, lists.FILTERS, person=1).requests[0]
    headers = {"If-None-Match": must(plain).headers["etag"]}
    unchanged = lists.ours(arena, person=1, headers=headers)
    yield "list, unchanged", unchanged.requests[0]
    yield "detail", Request(detail, authorization=token)
    change = json.dumps({"title": "Book the night train", "status": "completed"})
    yield "update", Request(detail, "PATCH", body=change, authorization=token)
    key = {"Idempotency-Key": "counted"}
    yield "create", Request(lists.PATH, "POST", key, create.BODY, token)
    yield "summary", Request(summary.PATH, authorization=token)
