"""Ports stay out of the kernel's own range, and a taken one has a name."""

import os
import socket
from collections.abc import Iterator

import pytest

from devstack import ports


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        port = ports.free_port()
        listener.bind(("127.0.0.1", port))
        listener.listen()
        yield port


def test_a_taken_port_names_its_holder(taken: int) -> None:
    assert not ports.is_free(taken)
    assert ports.is_open(taken)
    assert ports.holder(taken).startswith(f"process {os.getpid()} (")


def test_another_port_is_found_for_a_taken_one(taken: int) -> None:
    port = ports.free_port(preferred=taken)

    assert port != taken
    assert ports.LOWEST <= port <= ports.HIGHEST < 32768


def test_a_port_promised_to_another_part_is_left_alone() -> None:
    promised = ports.free_port()

    assert ports.free_port(preferred=promised, taken={promised}) != promised
