from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from tasks.models import Task
from tasks.querysets import reads_everything


class OnlyOwnersWrite(BasePermission):
    """403 where staff would change a task they may only see; to others it is 404.

    One query, for staff alone.
    """

    message = "Only its owner can change a task."

    def has_permission(self, request: Request, view: Any) -> bool:
        is_known = view.action is not None  # else 405
        is_write = is_known and request.method not in SAFE_METHODS
        if not (is_write and "pk" in view.kwargs and reads_everything(request.user)):
            return True
        seen = Task.objects.readable_by(request.user).filter(pk=view.kwargs["pk"])
        return not seen.exclude(user=request.user.pk).exists()
