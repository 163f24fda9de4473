"""Writes to one account take its rows in one order: person, sessions, stream.

Else two of them could each hold what the other waits for, and PostgreSQL would end one.
"""

from collections.abc import Callable

import pytest
from django.db import transaction

from accounts import services
from accounts.models import Session, User
from accounts.services import Client, current_user, end_session, start_session
from common.tests.threads import start
from events.log import ACCOUNT, append

OLD, NEW = "correct horse battery", "staple battery horse"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(owner: User) -> Session:
    owner.set_password(OLD)
    owner.save()
    start_session(user=owner, client=Client())
    return Session.objects.get()


def test_who_writes_an_event_does_not_wait_for_a_lock_on_the_person(
    owner: User, session: Session
) -> None:
    """Which refers to the person, and may hold the stream that we shall need next."""
    with transaction.atomic():
        current_user(owner.pk, lock=True)
        ending = start(
            lambda: end_session(session=session, reason="logout", actor_id=owner.pk)
        )
        assert ending.done()
    assert ending.result()


ENDS: dict[str, Callable[[int, int], object]] = {
    "another password": lambda owner_id, _: services.change_password(
        user_id=owner_id, password=OLD, new_password=NEW, client=Client()
    ),
    "a password of an admin's": lambda owner_id, admin_id: services.record_password_set(
        user_id=owner_id, actor_id=admin_id
    ),
    "deactivation": lambda owner_id, admin_id: services.update_person(
        actor_id=admin_id, user_id=owner_id, changes={"is_active": False}
    ),
    "another role": lambda owner_id, admin_id: services.update_person(
        actor_id=admin_id, user_id=owner_id, changes={"role": "staff"}
    ),
    "deletion": lambda owner_id, _: services.delete_account(
        user_id=owner_id, password=OLD
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_all_sessions_waits_for_one_that_is_ending(
    owner: User, admin: User, session: Session, end: str
) -> None:
    with transaction.atomic():  # as `end_session` does it
        Session.objects.filter(pk=session.pk).update(end_reason="logout")
        ending = start(lambda: ENDS[end](owner.pk, admin.pk))
        assert not ending.done()
        append(owner_id=owner.pk, kind=ACCOUNT, verb="x", actor_id=owner.pk, changes={})
    ending.result(timeout=20)

    session.refresh_from_db()
    assert session.ended_at is not None
