"""What every answer must say, whoever makes it and whatever its status."""

import re
from collections.abc import Mapping
from email.message import Message

from devstack.paths import NGINX_TEMPLATES

EXACT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "font-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HSTS = "Strict-Transport-Security"
# What names a program or its version to whoever looks for a weak one.
TALKATIVE = ("X-Powered-By", "X-AspNet-Version", "Via", "X-Runtime")


def names_in_template() -> set[str]:
    text = (NGINX_TEMPLATES / "headers.conf.template").read_text()
    return set(re.findall(r"^add_header ([\w-]+)", text, re.MULTILINE))


def assert_secure(
    headers: Message | Mapping[str, str], *, is_https: bool = False
) -> None:
    """Each header once, with its value; HSTS over HTTPS and only there."""
    said = [(name.lower(), value) for name, value in headers.items()]

    def values(name: str) -> list[str]:
        return [value for each, value in said if each == name.lower()]

    for name in names_in_template() - {HSTS}:
        assert len(values(name)) == 1, (name, said)
    for name, value in EXACT.items():
        assert values(name) == [value], (name, said)
    (policy,) = values("Content-Security-Policy")
    directives = (each.strip().partition(" ") for each in policy.split(";"))
    assert {name: value for name, _, value in directives} == POLICY
    expected = ["max-age=31536000; includeSubDomains"] if is_https else []
    assert values(HSTS) == expected
    assert values("Server") == ["nginx"]
    assert not [name for name in TALKATIVE if values(name)]
