"""The task API as it should be, in memory: what the state machine compares with."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
Fields = dict[str, Any]
Versions = Collection[int] | None

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
    """One task, what it was at each version, and the last answer that showed it."""

    fields: Fields
    version: int = 0
    is_trashed: bool = False
    seen: Body | None = None
    versions: dict[int, Fields] = field(default_factory=dict)
    history: list[Body] = field(default_factory=list)

    def __post_init__(self) -> None:
        nothing = dict.fromkeys(self.fields)
        created, self.fields = self.fields, nothing
        self.step("created", created, always=list(created))

    def step(
        self,
        verb: str,
        fields: Fields,
        reverted_to: int | None = None,
        always: Collection[str] = (),
    ) -> None:
        """Make the next version, and say in the history what it changed."""
        changes = {
            name: [self.fields[name], new]
            for name, new in fields.items()
            if name in always or self.fields[name] != new
        }
        self.fields = {**self.fields, **fields}
        self.version += 1
        self.versions[self.version] = self.fields
        entry = {"verb": verb, "version": self.version, "changes": changes}
        self.history.insert(0, {**entry, "reverted_to": reverted_to})

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

    def edit(self, task_id: int, fields: Fields, versions: Versions = None) -> int:
        """Set the fields; the status to expect."""
        return self.change(task_id, "updated", fields, versions)

    def revert(
        self, task_id: int, version: int, names: Collection[str], versions: Versions
    ) -> int:
        task = self.tasks[task_id]
        before = task.versions.get(version)
        if before is None:
            return self.refusal(task, versions) or 400
        fields = {name: before[name] for name in names}
        return self.change(task_id, "reverted", fields, versions, reverted_to=version)

    def change(
        self,
        task_id: int,
        verb: str,
        fields: Fields,
        versions: Versions,
        reverted_to: int | None = None,
    ) -> int:
        task = self.tasks[task_id]
        if refusal := self.refusal(task, versions):
            return refusal
        after = {**task.fields, **fields}
        if after == task.fields:
            return 200
        if not has_sane_due(after):
            return 400
        task.step(verb, fields, reverted_to)
        return 200

    def refusal(self, task: KnownTask, versions: Versions) -> int | None:
        if task.is_trashed:
            return 404
        if versions is not None and task.version not in versions:
            return 412
        return None

    def trash(self, task_id: int, versions: Versions = None) -> int:
        task = self.tasks[task_id]
        if task.is_trashed:
            return 204
        if refusal := self.refusal(task, versions):
            return refusal
        task.is_trashed = True
        task.step("trashed", {})
        return 204

    def restore(self, task_id: int) -> int:
        task = self.tasks[task_id]
        if task.is_trashed:
            task.is_trashed = False
            task.step("restored", {})
        return 200


def has_sane_due(fields: Fields) -> bool:
    return fields["due_time"] is None or fields["due_date"] is not None
