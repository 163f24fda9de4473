"""One real stack for all tests here: every program, as `make run` starts them."""

from collections.abc import Iterator

import pytest

from devstack.stack import Stack
from tests.stack.people import Person


@pytest.fixture(scope="session")
def running_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    # Durable: with fsync off, PostgreSQL may lose what it acknowledged when it is
    # stopped in the middle, and that is what is tested here.
    home = tmp_path_factory.mktemp("stack")
    # Nobody is told to slow down who is asked to hurry here.
    limits = {
        f"LIMIT_{scope}": "1000000/60" for scope in ("READ", "WRITE", "EXPORT", "AUTH")
    }
    with Stack(home, nginx=False, settings=limits) as stack:
        yield stack


@pytest.fixture
def stack(running_stack: Stack) -> Iterator[Stack]:
    """The stack, whole again after a test that broke something."""
    yield running_stack
    for service in running_stack.services.values():
        service.thaw()
        if not service.is_running:
            service.start()


@pytest.fixture
def person(stack: Stack) -> Person:
    return Person.register(stack)
