"""A forgotten password, from the mail that a worker sends to signing in again."""

import re
from urllib.parse import parse_qs

from devstack.stack import Stack
from tests.stack.people import PASSWORD, Person, eventually

RESET = "/api/auth/password/reset/"
NEW = "staple-battery-horse"


def links_for(stack: Stack, person: Person) -> list[str]:
    """What follows the # in each mail to this person; mail is printed to the log."""
    log = (stack.home.path / "stack.log").read_text()
    letter = rf"Hello {person.name},(?:(?!Hello ).)*?/password/reset#(\S+)"
    return re.findall(letter, log, re.DOTALL)


def test_the_link_of_the_mail_sets_a_new_password(stack: Stack, person: Person) -> None:
    address = {"email": f"{person.name}@example.org"}
    assert person.call("POST", RESET, address).status_code == 202
    eventually(lambda: bool(links_for(stack, person)))

    (link,) = links_for(stack, person)
    said = {name: values[0] for name, values in parse_qs(link).items()}
    confirmed = person.call("POST", f"{RESET}confirm/", {**said, "new_password": NEW})
    assert confirmed.status_code == 204, confirmed.text

    assert person.call("GET", "/api/tasks/").status_code == 401
    for password, status in ((PASSWORD, 401), (NEW, 200)):
        credentials = {"username": person.name, "password": password}
        answer = person.call("POST", "/api/auth/token/", credentials)
        assert answer.status_code == status
