from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from notifications.models import Notification  # noqa: F401


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user_id: int | models.Expression) -> Self:
        """The only way in for views: somebody else's notification does not exist."""
        return self.filter(recipient=user_id)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def with_deliveries(self) -> Self:
        """One query more, however many rows there are."""
        return self.prefetch_related("deliveries")
