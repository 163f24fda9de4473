"""Open browsers hear of every change, and catch up on what they missed."""

from functools import partial

import pytest
from websockets import Origin
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from devstack.stack import Stack
from tests.stack.people import (
    PASSWORD,
    Person,
    Socket,
    at_once,
    closing_code,
    eventually,
)


def test_a_created_task_and_its_bell_arrive(person: Person) -> None:
    with person.socket() as socket:
        task = person.create("live").json()

        fact = socket.hear("task")
        bell = socket.hear("notification")

    expected = {"verb": "created", "id": task["id"], "version": 1, "revision": 1}
    assert expected.items() <= fact.items()
    assert bell["unread"] == 1
    assert (
        person.call("GET", "/api/notifications/").json()["results"][0]["id"]
        == (bell["id"])
    )


def test_reading_in_one_browser_silences_the_bell_in_the_other(person: Person) -> None:
    with person.socket() as socket:
        person.create("one")
        person.create("two")
        first, second = socket.hear("notification"), socket.hear("notification")
        path = f"/api/notifications/{first['id']}/"

        assert person.call("PATCH", path, {"read": True}).ok
        assert socket.hear("notification") == {**first, "unread": 1}
        assert person.call("POST", "/api/notifications/read-all/", {}).ok
        assert socket.hear("notification") == {**second, "unread": 0}


def test_nobody_hears_of_somebody_elses_tasks(stack: Stack, person: Person) -> None:
    stranger = Person.register(stack)
    with person.socket() as mine, stranger.socket() as theirs:
        task = person.create("private").json()
        assert mine.hear("task")["id"] == task["id"]
        with pytest.raises(TimeoutError):
            theirs.hear("task", seconds=1)


def test_a_ticket_opens_one_socket(stack: Stack, person: Person) -> None:
    ticket = person.call("POST", "/api/realtime/ticket/").json()["ticket"]
    address = stack.realtime_url.replace("http", "ws") + "/ws/"
    for code in (None, 1008):
        with connect(address) as connection:
            socket = Socket(connection)
            socket.say({"type": "auth", "ticket": ticket})
            if code is None:
                socket.hear("ready")
            else:
                assert closing_code(socket) == code


def test_a_log_out_closes_its_socket_and_no_other(stack: Stack, person: Person) -> None:
    with person.socket() as socket:
        second = sign_in_again(person)
        with second.socket() as other:
            person.call("POST", "/api/auth/logout/", {"refresh": person.refresh})
            socket.hear("session_ended")
            assert closing_code(socket) == 1008
            second.create("still here")
            assert other.hear("task")["verb"] == "created"


ENDS: dict[str, tuple[str, str, dict[str, str] | None]] = {
    "another password": (
        "POST",
        "/api/auth/password/",
        {"password": PASSWORD, "new_password": "staple-battery-horse"},
    ),
    "signing out elsewhere": ("DELETE", "/api/auth/sessions/", None),
    "the end of the account": ("DELETE", "/api/auth/me/", {"password": PASSWORD}),
}


@pytest.mark.parametrize("end", ENDS)
def test_whatever_ends_a_session_closes_its_socket(person: Person, end: str) -> None:
    elsewhere = sign_in_again(person)
    with elsewhere.socket() as socket:
        method, path, body = ENDS[end]
        assert person.call(method, path, body).ok
        socket.hear("session_ended")
        assert closing_code(socket) == 1008
    assert elsewhere.call("GET", "/api/tasks/").status_code == 401


def sign_in_again(person: Person) -> Person:
    credentials = {"username": person.name, "password": PASSWORD}
    body = person.call("POST", "/api/auth/token/", credentials).json()
    return Person(person.stack, person.name, body["access"], body["refresh"])


def test_losing_valkey_closes_sockets_so_that_clients_catch_up(
    stack: Stack, person: Person
) -> None:
    with person.socket() as socket:
        cursor = socket.cursor
        stack.kill("valkey")
        stack.wipe("valkey")
        assert closing_code(socket) == 1012
    missed = person.create("while deaf").json()

    stack.start("valkey")
    eventually(lambda: all(at_once([partial(has_ticket, person)] * 24)))
    with person.socket() as socket:
        feed = person.call("GET", f"/api/tasks/changes/?since={cursor}").json()
        assert [task["id"] for task in feed["results"]] == [missed["id"]]
        again = person.create("live again").json()
        assert again["id"] in {socket.hear("task")["id"], socket.hear("task")["id"]}


def has_ticket(person: Person) -> bool:
    return person.call("POST", "/api/realtime/ticket/").ok


def test_a_foreign_origin_is_refused(stack: Stack) -> None:
    address = stack.realtime_url.replace("http", "ws") + "/ws/"
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(address, origin=Origin("https://evil.example")),
    ):
        pass
    assert refused.value.response.status_code == 403
