"""The cast of every test: owner, other, staff, admin; each with a real session."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import Client, TokenPair, start_session
from common import redis
from common.limits import KEPT, YOUNG
from tests.contract.conformance import checked

MakeUser = Callable[..., User]
SignIn = Callable[[User], APIClient]


@pytest.hookimpl(trylast=True)  # after those that shuffle
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Workers begin with what takes long, so that none is left alone with it."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.fixture(autouse=True)
def _closed_breaker() -> None:
    """No test starts with Redis believed to be away because of the one before."""
    redis.breaker.forget()


@pytest.fixture(scope="session", autouse=True)
def _no_sessions_of_an_earlier_run() -> None:
    """A new database counts sessions from 1 again; a Redis that stays knows better."""
    for key in redis.client().scan_iter("session:ended:*"):
        redis.client().delete(key)
    redis.client().set(KEPT, 1)  # and no mark was lost
    redis.client().delete(YOUNG)


@pytest.fixture(scope="session", autouse=True)
def _answers_are_as_documented() -> Iterator[None]:
    """Whatever any test asks, the answer is what the OpenAPI document says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(APIClient, "request", checked(APIClient.request))
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_cost_little() -> Iterator[None]:
    """A quarter of a second each otherwise; those of tests/stack cost what they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
        yield


@pytest.fixture
def make_user(db: None) -> MakeUser:
    def make(username: str, role: str = User.Role.MEMBER, **fields: object) -> User:
        email = f"{username}@example.org"
        return User.objects.create(username=username, email=email, role=role, **fields)

    return make


@pytest.fixture
def owner(make_user: MakeUser) -> User:
    return make_user("owner")


@pytest.fixture
def other(make_user: MakeUser) -> User:
    return make_user("other")


@pytest.fixture
def staff(make_user: MakeUser) -> User:
    return make_user("staff", User.Role.STAFF)


@pytest.fixture
def admin(make_user: MakeUser) -> User:
    return make_user("admin", User.Role.ADMIN, is_staff=True, is_superuser=True)


@pytest.fixture
def session_of() -> Callable[[User], TokenPair]:
    return lambda user: start_session(user=user, client=Client("pytest", "127.0.0.1"))


@pytest.fixture
def sign_in(session_of: Callable[[User], TokenPair]) -> SignIn:
    def sign(user: User) -> APIClient:
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {session_of(user).access}")
        return api

    return sign


@pytest.fixture
def api(owner: User, sign_in: SignIn) -> APIClient:
    """The owner's client."""
    return sign_in(owner)


@pytest.fixture
def anonymous() -> APIClient:
    return APIClient()
