"""`Idempotency-Key` beyond what creating a task shows: races, users, keys."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AbstractUser
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory, force_authenticate

from common import idempotency, purging
from common.idempotency import IdempotentPosts
from common.identity import user_id_of
from common.models import IdempotencyKey
from common.tests.threads import run_at_once

URL = "/api/tasks/"

pytestmark = pytest.mark.django_db


def create(api: APIClient, key: str, title: str = "Once") -> Any:
    return api.post(URL, {"title": title}, HTTP_IDEMPOTENCY_KEY=key)


def count(api: APIClient) -> int:
    return len(api.get(URL).json()["results"])


@pytest.mark.parametrize("key", ["k", "x" * 255, "a b", '"quoted"', "~!@#$%^&*()"])
def test_a_key_is_printable_ascii(api: APIClient, key: str) -> None:
    assert create(api, key).status_code == 201
    assert create(api, key)["Idempotency-Replayed"] == "true"


@pytest.mark.parametrize("key", ["", "x" * 256, "é", "tab\there", "nul\x00", "\x7f"])
def test_any_other_key_is_refused(api: APIClient, key: str) -> None:
    response = create(api, key)

    assert response.status_code == 400
    assert response.json()["errors"][0]["pointer"] == "/Idempotency-Key"
    assert count(api) == 0


def test_a_key_belongs_to_its_user(
    api: APIClient, other: Any, sign_in: Callable[[Any], APIClient]
) -> None:
    mine = create(api, "same")
    theirs = create(sign_in(other), "same")

    assert theirs.status_code == 201
    assert "Idempotency-Replayed" not in theirs
    assert theirs.json()["user"] == other.pk != mine.json()["user"]


def test_a_key_belongs_to_its_body(api: APIClient) -> None:
    create(api, "k")

    for other_body in ({"title": "Once", "labels": []}, {"title": "once"}):
        response = api.post(URL, other_body, HTTP_IDEMPOTENCY_KEY="k")
        assert response.status_code == 422
    reordered = '{ "priority":"low" , "title":"Two"}'
    api.post(URL, {"title": "Two", "priority": "low"}, HTTP_IDEMPOTENCY_KEY="r")
    again = api.generic(
        "POST",
        URL,
        reordered,
        content_type="application/json",
        HTTP_IDEMPOTENCY_KEY="r",
    )
    assert again["Idempotency-Replayed"] == "true"


def test_a_replay_is_as_it_was_then(api: APIClient) -> None:
    first = create(api, "k")
    api.patch(first["Location"], {"title": "Changed since"})
    again = create(api, "k")

    assert again.content == first.content
    assert (again["ETag"], again["Location"]) == (first["ETag"], first["Location"])
    assert again["Content-Type"] == first["Content-Type"] == "application/json"


def test_a_replay_after_deletion_makes_nothing_new(api: APIClient) -> None:
    first = create(api, "k")
    api.delete(first["Location"])

    assert create(api, "k").content == first.content
    assert count(api) == 0


def test_a_crash_leaves_neither_task_nor_key(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*args: object) -> None:
        raise OSError("killed between the write and its answer")

    monkeypatch.setattr(idempotency, "keep", dies)
    api.raise_request_exception = False
    assert create(api, "k").status_code == 500
    assert count(api) == 0
    assert not IdempotencyKey.objects.exists()

    monkeypatch.undo()
    assert create(api, "k").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_however_many_at_once_make_one_task(api: APIClient) -> None:
    responses = run_at_once(8, lambda: create(api, "k"))

    assert [response.status_code for response in responses] == [201] * 8
    assert len({response.content for response in responses}) == 1
    replayed = [
        response for response in responses if "Idempotency-Replayed" in response
    ]
    assert len(replayed) == 7
    assert count(api) == 1


@pytest.fixture
def holding(owner: AbstractUser) -> Callable[..., Any]:
    """Another process that holds the key in an open transaction."""

    def hold(key: str, fingerprint: str) -> tuple[threading.Event, threading.Thread]:
        claimed, release = threading.Event(), threading.Event()

        def run() -> None:
            with transaction.atomic():
                idempotency.claim(owner.pk, key, fingerprint)
                claimed.set()
                release.wait(10)
                transaction.set_rollback(True)
            connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        assert claimed.wait(10)
        return release, thread

    return hold


@pytest.mark.django_db(transaction=True)
def test_while_the_first_still_runs_it_is_a_conflict(
    api: APIClient, holding: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "WAIT_MS", 100)
    release, thread = holding("k", "f")
    try:
        response = create(api, "k")
        elsewhere = create(api, "another")
    finally:
        release.set()
        thread.join()

    assert response.status_code == 409
    assert response["Retry-After"] == "1"
    assert response.json()["code"] == "idempotency_key_in_use"
    assert elsewhere.status_code == 201


@pytest.mark.django_db(transaction=True)
def test_when_the_first_fails_the_second_takes_its_place(
    api: APIClient, holding: Callable[..., Any]
) -> None:
    release, thread = holding("k", "f")
    threading.Timer(0.2, release.set).start()

    response = create(api, "k")

    thread.join()
    assert response.status_code == 201
    assert "Idempotency-Replayed" not in response


class Refusing(IdempotentPosts):
    """Answers with an error instead of raising one, after it has written."""

    def post(self, request: Request) -> Response:
        IdempotencyKey.objects.create(user_id=user_id_of(request), key="a write")
        return Response({"code": "no"}, status=409)


class Secretive(IdempotentPosts):
    reveal = staticmethod(lambda data: {**data, "secret": "s"})

    def post(self, request: Request) -> Response:
        return Response({"n": IdempotencyKey.objects.count()}, status=201)


class Silent(IdempotentPosts):
    def post(self, request: Request) -> Response:
        return Response(status=204)


def call(view: type[IdempotentPosts], user: AbstractUser, **headers: str) -> Any:
    request = APIRequestFactory().post("/x/", {}, **headers)
    force_authenticate(request, user=user)
    response = view.as_view()(request)
    return response.render() if hasattr(response, "render") else response


def test_an_error_takes_its_write_back_and_is_not_kept(owner: AbstractUser) -> None:
    for _ in range(2):
        response = call(Refusing, owner, HTTP_IDEMPOTENCY_KEY="k")
        assert response.status_code == 409
        assert "Idempotency-Replayed" not in response
        assert not IdempotencyKey.objects.exists()


def test_a_refused_request_may_be_corrected_under_its_key(api: APIClient) -> None:
    assert create(api, "k", title="").status_code == 400
    assert create(api, "k", title="Corrected").status_code == 201


def test_a_secret_is_shown_each_time_and_never_stored(owner: AbstractUser) -> None:
    plain = call(Secretive, owner)
    first = call(Secretive, owner, HTTP_IDEMPOTENCY_KEY="k")
    again = call(Secretive, owner, HTTP_IDEMPOTENCY_KEY="k")

    assert json.loads(plain.content) == {"n": 0, "secret": "s"}
    assert json.loads(first.content) == {"n": 1, "secret": "s"}
    assert again.content == first.content
    assert again["Idempotency-Replayed"] == "true"
    assert b"secret" not in bytes(IdempotencyKey.objects.get().body)


def test_an_answer_without_a_body_stays_one(owner: AbstractUser) -> None:
    first = call(Silent, owner, HTTP_IDEMPOTENCY_KEY="k")
    again = call(Silent, owner, HTTP_IDEMPOTENCY_KEY="k")

    assert (first.status_code, first.content) == (204, b"")
    assert (again.status_code, again.content) == (204, b"")
    assert again["Idempotency-Replayed"] == "true"
    assert "Content-Type" not in first
    assert "Content-Type" not in again


def test_the_fingerprint_of_a_body_cannot_be_guessed_from_it(
    api: APIClient, settings: Settings
) -> None:
    """A plain hash of a body with a password would give the password away."""
    create(api, "k")
    settings.SECRET_KEY = "another"

    assert create(api, "k").status_code == 422


def test_keys_are_kept_a_day_and_then_purged(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        create(api, f"k{n}")
    kept = IdempotencyKey.objects.filter(key__in=["k3", "k4"])
    kept.update(created_at=timezone.now() - timedelta(hours=24))
    old = IdempotencyKey.objects.exclude(pk__in=kept)
    old.update(created_at=timezone.now() - timedelta(hours=26))
    monkeypatch.setattr(purging, "BATCH_SIZE", 2)

    assert purging.purge_idempotency_keys() == 3

    assert set(IdempotencyKey.objects.values_list("key", flat=True)) == {"k3", "k4"}
    assert create(api, "k3")["Idempotency-Replayed"] == "true"


def test_a_purge_ends_in_time_and_goes_on_next_time(
    api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        create(api, f"k{n}")
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(days=2))
    monkeypatch.setattr(purging, "BATCH_SIZE", 1)
    monkeypatch.setattr(purging, "MAX_BATCHES", 2)

    assert purging.purge_idempotency_keys() == 2
    assert purging.purge_idempotency_keys() == 1
