from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Expression

from accounts.models import User

if TYPE_CHECKING:
    from tasks.models import Task  # noqa: F401


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user_id: int | Expression) -> Self:
        """The only way to write: somebody else's task does not exist."""
        return self.filter(user_id=user_id)

    def readable_by(self, user: User | AnonymousUser) -> Self:
        """The only way to read: one's own tasks, and for staff everybody's."""
        return self.all() if reads_everything(user) else self.filter(user=user.pk)

    def alive(self) -> Self:
        return self.filter(deleted_at=None)

    def trashed(self) -> Self:
        return self.filter(deleted_at__isnull=False)


def reads_everything(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.role != User.Role.MEMBER
