"""What is tested in a browser is the product, but for the cost of a password."""

from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from config import settings as product
from devstack import throwaway
from devstack.__main__ import parser, settings_for
from devstack.paths import ROOT


def settings_of(module: object) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if name.isupper()}


def test_it_differs_from_the_product_in_its_hasher_alone() -> None:
    own = settings_of(throwaway)

    assert own.pop("PASSWORD_HASHERS") == ["devstack.throwaway.FewRounds"]
    assert own == settings_of(product)


def test_its_passwords_are_of_the_products_kind() -> None:
    quick = throwaway.FewRounds()
    stored = quick.encode("Correct-horse-7-battery", quick.salt())

    assert PBKDF2PasswordHasher().verify("Correct-horse-7-battery", stored)
    assert not PBKDF2PasswordHasher().verify("another", stored)


def test_only_a_stack_for_one_command_takes_it() -> None:
    def module(*options: str) -> str | None:
        arguments = parser().parse_args(["exec", *options, "--", "true"])
        return settings_for(arguments).get("DJANGO_SETTINGS_MODULE")

    assert module("--temporary", "--full") == "devstack.throwaway"
    assert module("--temporary") is None
    assert module("--full") is None
    assert module() is None


def test_the_image_has_no_such_settings() -> None:
    left_out = (ROOT / "backend" / ".dockerignore").read_text().splitlines()

    assert "devstack" in left_out
