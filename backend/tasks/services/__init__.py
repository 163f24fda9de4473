"""Every write to tasks: one module per thing that is written."""

from tasks.services.tallies import recount_tasks
from tasks.services.tasks import (
    EDITABLE,
    VersionConflictError,
    create_task,
    restore_task,
    revert_task,
    trash_task,
    update_task,
)
from tasks.services.trash import TRASH_DAYS, empty_trash, purge_expired, purge_task

__all__ = [
    "EDITABLE",
    "TRASH_DAYS",
    "VersionConflictError",
    "create_task",
    "empty_trash",
    "purge_expired",
    "purge_task",
    "recount_tasks",
    "restore_task",
    "revert_task",
    "trash_task",
    "update_task",
]
