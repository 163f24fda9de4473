"""Attacks on the access token: every one is 401 and none is 500."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from django.conf import settings as django_settings
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts import tokens
from accounts.authentication import user_of
from accounts.models import Session, User
from accounts.services import TokenPair, end_session
from accounts.tokens import AccessToken, KeyRing, key_id, read_access_token

KEY = django_settings.JWT_SIGNING_KEY
OTHER_KEY = "another key, as long as it has to be"
MISSING = object()

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(owner: User, session_of: Callable[[User], TokenPair]) -> TokenPair:
    return session_of(owner)


@pytest.fixture
def claims(pair: TokenPair) -> dict[str, Any]:
    """What a good access token says."""
    payload: dict[str, Any] = jwt.decode(
        pair.access, options={"verify_signature": False}
    )
    return payload


def sign(
    claims: dict[str, Any],
    key: str | None = KEY,
    algorithm: str = "HS256",
    **headers: Any,
) -> str:
    return jwt.encode(
        claims, key, algorithm=algorithm, headers={"kid": key_id(KEY), **headers}
    )


def answer(token: str | bytes, scheme: str = "Bearer ") -> Any:
    api = APIClient(raise_request_exception=False)
    header = scheme.encode() + (token.encode() if isinstance(token, str) else token)
    return api.get("/api/tasks/", HTTP_AUTHORIZATION=header.decode("latin-1"))


def assert_refused(response: Any, code: str = "token_invalid") -> None:
    assert response.status_code == 401, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    body = response.json()
    assert (body["status"], body["code"], body["errors"]) == (401, code, [])


def part(data: Any) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_the_forger_of_these_tests_makes_good_tokens(claims: dict[str, Any]) -> None:
    """Else every refusal below would prove nothing."""
    assert answer(sign(claims)).status_code == 200


def test_the_scheme_ignores_case(pair: TokenPair) -> None:
    assert answer(pair.access, scheme="bearer ").status_code == 200


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", "HS257"])
@pytest.mark.parametrize("signature", ["", "x"])
def test_a_token_without_signature_is_refused(
    claims: dict[str, Any], algorithm: str, signature: str
) -> None:
    head = {"alg": algorithm, "typ": "JWT", "kid": key_id(KEY)}
    assert_refused(answer(f"{part(head)}.{part(claims)}.{signature}"))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_with_the_right_key_is_refused(
    claims: dict[str, Any], algorithm: str
) -> None:
    key = KEY * 2  # long enough for the algorithm, and then the right one
    assert_refused(answer(sign(claims, key, algorithm)))


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA", "PS256"])
def test_an_algorithm_of_another_family_is_refused(
    claims: dict[str, Any], algorithm: str
) -> None:
    _, payload, signature = sign(claims).split(".")
    head = part({"alg": algorithm, "typ": "JWT", "kid": key_id(KEY)})
    assert_refused(answer(f"{head}.{payload}.{signature}"))


@pytest.mark.parametrize(
    "key", [OTHER_KEY, django_settings.SECRET_KEY, key_id(KEY) * 4, KEY.lower() + "x"]
)
def test_another_key_is_refused(claims: dict[str, Any], key: str) -> None:
    assert_refused(answer(sign(claims, key)))


@pytest.mark.parametrize(
    "kid",
    [
        MISSING,
        None,
        "",
        "unknown",
        key_id(OTHER_KEY),
        "../../../dev/null",
        "' OR 1=1 --",
        0,
        True,
        [key_id(KEY)],
        {"kid": key_id(KEY)},
    ],
)
def test_an_odd_key_id_is_refused(claims: dict[str, Any], kid: Any) -> None:
    head = {"alg": "HS256", "typ": "JWT"} | ({} if kid is MISSING else {"kid": kid})
    signed = f"{part(head)}.{part(claims)}"
    algorithm = jwt.get_algorithm_by_name("HS256")
    signature = algorithm.sign(signed.encode(), KEY.encode())

    assert_refused(answer(f"{signed}.{part(signature)}"))


@pytest.mark.parametrize(
    "header",
    [
        {"jwk": {"kty": "oct", "k": part(OTHER_KEY.encode())}},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert"},
    ],
)
def test_a_key_inside_the_token_counts_for_nothing(
    claims: dict[str, Any], header: dict[str, Any]
) -> None:
    assert_refused(answer(sign(claims, OTHER_KEY, **header)))


def test_an_unknown_critical_header_is_refused(claims: dict[str, Any]) -> None:
    assert_refused(answer(sign(claims, crit=["exp2"], exp2=1)))


@pytest.mark.parametrize(
    "name",
    ["exp", "iat", "jti", "sid", "sub", "role", "tz", "token_type", "iss", "aud"],
)
def test_every_claim_is_needed(claims: dict[str, Any], name: str) -> None:
    del claims[name]
    assert_refused(answer(sign_raw(claims)))


def sign_raw(claims: Any) -> str:
    """Like `sign`, for payloads that a library refuses to sign."""
    raw = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    head = {"alg": "HS256", "typ": "JWT", "kid": key_id(KEY)}
    signed = f"{part(head)}.{part(raw)}"
    signature = jwt.get_algorithm_by_name("HS256").sign(signed.encode(), KEY.encode())
    return f"{signed}.{part(signature)}"


NOT_AN_INTEGER: list[Any] = [
    None,
    True,
    1.5,
    "1",
    "x",
    [1],
    {"a": 1},
    10**30,
    -(10**30),
    1e308,
]
ODD: dict[str, list[Any]] = {
    "exp": [*NOT_AN_INTEGER, 0, -1, 2**63],
    "iat": [*NOT_AN_INTEGER[:-3], 10**30, 1e308],
    "sid": [*NOT_AN_INTEGER, 0, -1, 2**63],
    "sub": [
        *[None, True, 1.5, [1], {"a": 1}, 1],
        *["", "x", "0", "-1", "+1", "1.0", " 1", "1\n", "\u0661", "\u00b2"],
        *["9" * 19, "9" * 5_000, "1\x00", "\ud800", str(2**63)],
    ],
    "role": [None, True, 1, "", "root", "ADMIN", ["admin"], {"admin": 1}],
    "tz": [None, True, 1, ["UTC"], {}, "", "Mars/Base", "../../etc/passwd", "utc\0"],
    "token_type": [None, True, "", "refresh", "sliding", ["access"], 1],
    "iss": [None, True, "", "somebody", 1, ["task-manager", "x"], {}],
    "aud": [None, True, "", "another-api", 1, [], [1], {}],
    "nbf": ["x", [1], {}, 1e308, 10**30],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in ODD for value in ODD[name]]
)
def test_an_odd_claim_is_refused(claims: dict[str, Any], name: str, value: Any) -> None:
    response = answer(sign_raw({**claims, name: value}))

    past = name == "exp" and type(value) in (int, float) and value < 10**9
    past = past or (name == "exp" and value in (True, "1"))
    if past and response.json()["code"] == "token_expired":
        assert_refused(response, "token_expired")
    else:
        assert_refused(response)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"{",
        b"\xff",
        b"1" * 5_000,
        b"[" * 5_000 + b"]" * 5_000,
        b'{"exp":NaN}',
    ],
)
def test_a_signed_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    assert_refused(answer(sign_raw(payload)))


def test_an_expired_token_says_so(claims: dict[str, Any]) -> None:
    claims["exp"] = int(time.time()) - 1
    assert_refused(answer(sign(claims)), "token_expired")


@pytest.mark.parametrize("name", ["iat", "nbf"])
def test_a_token_of_the_future_is_refused(claims: dict[str, Any], name: str) -> None:
    claims[name] = int(time.time()) + 3600
    assert_refused(answer(sign(claims)))


def test_a_refresh_token_is_no_access_token(pair: TokenPair) -> None:
    assert_refused(answer(pair.refresh))


@pytest.mark.parametrize(
    "token",
    [
        "",
        " ",
        ".",
        "..",
        "...",
        "a.b.c",
        "a.b.c.d",
        "null",
        "undefined",
        "[object Object]",
        "é",
        b"\xff\xfe",
        "x" * 100_000,
        f"{'x' * 33_000}.{'y' * 33_000}.{'z' * 33_000}",
        f"{part({'alg': 'HS256', 'kid': key_id(KEY)})}.{part(b'[' * 75_000)}.x",
    ],
)
def test_garbage_is_refused(token: str | bytes) -> None:
    assert_refused(answer(token))


def test_a_damaged_token_is_refused(pair: TokenPair) -> None:
    head, payload, signature = pair.access.split(".")
    damaged = [
        pair.access[:-1],
        pair.access[1:],
        f"{head}.{payload}",
        f"{head}.{payload}.",
        f"{head}..{signature}",
        f".{payload}.{signature}",
        f"{head}.{payload}.{signature[::-1]}",
        f"{head}.{payload[:-4]}.{signature}",
        f"{head} .{payload}.{signature}",
        f"{pair.access} {pair.access}",
        f"{pair.access},{pair.access}",
        f'"{pair.access}"',
    ]
    for token in damaged:
        assert_refused(answer(token))


@pytest.mark.parametrize(
    "scheme", ["", "Basic ", "Token ", "JWT ", "Bearer:", "Bearer"]
)
def test_another_scheme_is_no_sign_in(pair: TokenPair, scheme: str) -> None:
    assert_refused(answer(pair.access, scheme=scheme), "not_authenticated")


def test_a_session_that_ended_is_refused_by_its_token(
    api: APIClient, django_capture_on_commit_callbacks: Any
) -> None:
    session = Session.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert end_session(session=session, reason="admin", actor_id=None)
        assert not end_session(session=session, reason="admin", actor_id=None)

    assert_refused(api.get("/api/tasks/"), "session_ended")


def test_a_token_that_was_verified_runs_out_all_the_same(
    pair: TokenPair, claims: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer(pair.access).status_code == 200
    before = tokens.verified.cache_info().hits

    monkeypatch.setattr(time, "time", lambda: claims["exp"] - 0.1)
    assert answer(pair.access).status_code == 200
    assert tokens.verified.cache_info().hits == before + 1

    monkeypatch.setattr(time, "time", lambda: claims["exp"])
    assert_refused(answer(pair.access), "token_expired")


def test_refused_tokens_are_not_remembered(claims: dict[str, Any]) -> None:
    before = tokens.verified.cache_info().currsize
    for key in (OTHER_KEY, KEY + "x"):
        assert_refused(answer(sign(claims, key)))

    assert tokens.verified.cache_info().currsize == before


def test_a_token_of_the_previous_key_is_good_until_it_is_forgotten(
    claims: dict[str, Any], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = sign(claims, OTHER_KEY, kid=key_id(OTHER_KEY))
    assert_refused(answer(old))

    settings.JWT_PREVIOUS_KEY = OTHER_KEY
    start_anew(monkeypatch)
    assert answer(old).status_code == 200
    assert answer(sign(claims)).status_code == 200

    settings.JWT_PREVIOUS_KEY = ""
    start_anew(monkeypatch)
    assert_refused(answer(old))


def start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a process does, which has its keys from its start on."""
    monkeypatch.setattr(tokens, "key_ring", KeyRing())
    tokens.verified.cache_clear()


def test_new_tokens_are_signed_with_the_new_key(
    pair: TokenPair, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JWT_PREVIOUS_KEY = OTHER_KEY
    start_anew(monkeypatch)
    session = Session.objects.get()

    token = str(AccessToken.for_session(session, session.user))

    assert jwt.get_unverified_header(token)["kid"] == key_id(KEY)
    assert jwt.decode(token, KEY, ["HS256"], audience="task-manager-api")


def test_a_request_is_authenticated_without_a_query(
    api: APIClient, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):  # the list's own
        api.get("/api/tasks/")


def test_the_request_knows_who_sent_it_and_as_what(
    staff: User, session_of: Callable[[User], TokenPair]
) -> None:
    staff.time_zone = "Europe/Lisbon"

    user = user_of(read_access_token(session_of(staff).access.encode()))

    assert (user.pk, user.role, user.time_zone) == (staff.pk, "staff", "Europe/Lisbon")
