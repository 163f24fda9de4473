"""The task API as it should be, in memory: what the state machine compares with."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
Fields = dict[str, Any]

DEFAULTS: Fields = {
    "title": "",
    "description": "",
    "priority": "medium",
    "status": "pending",
    "due_date": None,
    "due_time": None,
    "labels": [],
}


@dataclass
class KnownTask:
    """One task, its versions, and the last answer that showed it."""

    fields: Fields
    version: int = 1
    is_trashed: bool = False
    seen: Body | None = None
    versions: dict[int, Fields] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.versions[self.version] = dict(self.fields)

    def step(self) -> None:
        """A change was made: the next version, which nobody has read yet."""
        self.version += 1
        self.versions[self.version] = dict(self.fields)

    def saw(self, body: Body) -> None:
        """Hold an answer against what is known; the same version never differs."""
        before, self.seen = self.seen, body
        shown = {name: body[name] for name in self.fields}
        assert (shown, body["version"]) == (self.fields, self.version)
        assert (body["completed_at"] is None) == (body["status"] != "completed")
        if before is None:
            return
        assert before["created_at"] == body["created_at"]
        if before["version"] == body["version"]:
            assert before == body
        else:
            assert before["updated_at"] <= body["updated_at"]


@dataclass
class TaskModel:
    """One owner's tasks, in the order they were created."""

    tasks: dict[int, KnownTask] = field(default_factory=dict)

    def alive(self) -> dict[int, KnownTask]:
        return {
            task_id: task for task_id, task in self.tasks.items() if not task.is_trashed
        }

    def trashed(self) -> dict[int, KnownTask]:
        return {
            task_id: task for task_id, task in self.tasks.items() if task.is_trashed
        }

    def create(self, fields: Fields) -> tuple[int, KnownTask]:
        """The status to expect, and the task if there is one."""
        task = KnownTask({**DEFAULTS, **fields})
        return (201 if has_sane_due(task.fields) else 400), task

    def edit(
        self, task_id: int, fields: Fields, versions: Collection[int] | None = None
    ) -> int:
        """Set the fields; the status to expect."""
        task = self.tasks[task_id]
        if task.is_trashed:
            return 404
        if versions is not None and task.version not in versions:
            return 412
        after = {**task.fields, **fields}
        if after == task.fields:
            return 200
        if not has_sane_due(after):
            return 400
        task.fields = after
        task.step()
        return 200

    def trash(self, task_id: int, versions: Collection[int] | None = None) -> int:
        task = self.tasks[task_id]
        if task.is_trashed:
            return 404
        if versions is not None and task.version not in versions:
            return 412
        task.is_trashed = True
        task.step()
        return 204

    def restore(self, task_id: int) -> int:
        task = self.tasks[task_id]
        if task.is_trashed:
            task.is_trashed = False
            task.step()
        return 200


def has_sane_due(fields: Fields) -> bool:
    return fields["due_time"] is None or fields["due_date"] is not None
