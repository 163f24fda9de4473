"""Every write to tasks: one module per thing that is written."""

from tasks.services.bulk import Change, restore_tasks, trash_tasks, update_tasks
from tasks.services.filters import MAX_PER_USER as MAX_FILTERS
from tasks.services.filters import create_filter, delete_filter, update_filter
from tasks.services.imports import import_tasks
from tasks.services.labels import remove_label, rename_label
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
    "MAX_FILTERS",
    "TRASH_DAYS",
    "Change",
    "VersionConflictError",
    "create_filter",
    "create_task",
    "delete_filter",
    "empty_trash",
    "import_tasks",
    "purge_expired",
    "purge_task",
    "recount_tasks",
    "remove_label",
    "rename_label",
    "restore_task",
    "restore_tasks",
    "revert_task",
    "trash_task",
    "trash_tasks",
    "update_filter",
    "update_task",
    "update_tasks",
]
