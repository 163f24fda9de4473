"""What admins change about people. There is always an active admin left."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from rest_framework.exceptions import NotFound, PermissionDenied

from accounts import verbs
from accounts.models import Session, User
from accounts.services.api_tokens import revoke_api_tokens
from accounts.services.profile import current_user
from accounts.services.sessions import end_sessions
from common.errors import LastAdmin
from events.log import ACCOUNT, append

Role = User.Role


def record_person_added(*, user_id: int, actor_id: int) -> None:
    """After an admin has made somebody an account."""
    append(
        owner_id=user_id,
        kind=ACCOUNT,
        verb=verbs.REGISTERED,
        actor_id=actor_id,
        changes={},
    )


def listed_people() -> QuerySet[User]:
    return User.objects.filter(deleted_at=None)


def require_role(user_id: int, *roles: str) -> None:
    """Ask the database, because a token may be five minutes behind. One query."""
    if current_user(user_id).role not in roles:
        raise PermissionDenied("Your role does not permit it.")


def lock_with_admins(user_id: int) -> tuple[User, list[User]]:
    """A person, and the other active admins; all locked, always in the same order.

    So two requests that would each leave the other's admin as the last run one after
    the other, and the second sees what the first did. Raises NotFound.
    """
    wanted = Q(role=Role.ADMIN, is_active=True) | Q(pk=user_id, deleted_at=None)
    rows = User.objects.select_for_update(no_key=True).filter(wanted).order_by("pk")
    locked = {user.pk: user for user in rows}
    person = locked.pop(user_id, None)
    if person is None:
        raise NotFound
    return person, [user for user in locked.values() if is_admin(user)]


def is_admin(user: User) -> bool:
    return user.is_active and user.role == Role.ADMIN


def update_person(*, actor_id: int, user_id: int, changes: dict[str, Any]) -> User:
    """Set the named fields, by an admin. Raises PermissionDenied, NotFound, LastAdmin.

    Deactivating ends sessions and API tokens; another role ends sessions, because
    access tokens still name the old one.
    """
    with transaction.atomic():
        person, admins = lock_with_admins(user_id)
        refuse_unless_admin(actor_id, [person, *admins])
        changed = {
            name: [getattr(person, name), value]
            for name, value in changes.items()
            if getattr(person, name) != value
        }
        if changed:
            apply(person, changed, admins)
            end_what_is_over(person, changed, actor_id)
            append_update(person, changed, actor_id)
    return person


def refuse_unless_admin(actor_id: int, locked: list[User]) -> None:
    if not any(user.pk == actor_id and is_admin(user) for user in locked):
        raise PermissionDenied("Your role does not permit it.")


def apply(person: User, changed: dict[str, list[Any]], admins: list[User]) -> None:
    was_admin = is_admin(person)
    for name, (_, new) in changed.items():
        setattr(person, name, new)
    if was_admin and not is_admin(person) and not admins:
        raise LastAdmin
    person.is_staff = person.is_superuser = person.role == Role.ADMIN
    person.save(update_fields=[*changed, "is_staff", "is_superuser"])


def append_update(person: User, changed: dict[str, list[Any]], actor_id: int) -> None:
    append(
        owner_id=person.pk,
        kind=ACCOUNT,
        verb=verbs.PERSON_UPDATED,
        actor_id=actor_id,
        changes=changed,
    )


def end_what_is_over(
    person: User, changed: dict[str, list[Any]], actor_id: int
) -> None:
    if not person.is_active:
        reason = Session.EndReason.DEACTIVATED
        revoke_api_tokens(user_id=person.pk)
    elif "role" in changed:
        reason = Session.EndReason.ROLE
    else:
        return
    end_sessions(user_id=person.pk, reason=reason, actor_id=actor_id)


def log_out_person(*, actor_id: int, user_id: int) -> None:
    """End all sessions of somebody, by an admin; a second time changes nothing."""
    with transaction.atomic():
        person, admins = lock_with_admins(user_id)
        refuse_unless_admin(actor_id, [person, *admins])
        end_sessions(
            user_id=person.pk, reason=Session.EndReason.ADMIN, actor_id=actor_id
        )
