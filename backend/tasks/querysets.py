from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from tasks.models import Task  # noqa: F401


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user_id: int) -> Self:
        """The only way in for views: somebody else's task does not exist."""
        return self.filter(user_id=user_id)

    def alive(self) -> Self:
        return self.filter(deleted_at=None)

    def trashed(self) -> Self:
        return self.filter(deleted_at__isnull=False)
