"""The task API as it should be, in memory: what the state machine compares with."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
Fields = dict[str, Any]
Versions = Collection[int] | None
Outcome = tuple[int, list[int]]

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
    """One owner's tasks, in the order they were created, and the ids of lost ones."""

    tasks: dict[int, KnownTask] = field(default_factory=dict)
    purged: list[int] = field(default_factory=list)

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
        task = self.tasks.get(task_id)
        before = task.versions.get(version) if task else None
        if before is None:
            return self.refusal(task_id, versions) or 400
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
        if refusal := self.refusal(task_id, versions):
            return refusal
        task = self.tasks[task_id]
        after = {**task.fields, **fields}
        if after == task.fields:
            return 200
        if not has_sane_due(after):
            return 400
        task.step(verb, fields, reverted_to)
        return 200

    def refusal(
        self, task_id: int, versions: Versions, is_trashed: bool = False
    ) -> int | None:
        task = self.tasks.get(task_id)
        if task is None or task.is_trashed != is_trashed:
            return 404
        if versions is not None and task.version not in versions:
            return 412
        return None

    def trash(self, task_id: int, versions: Versions = None) -> int:
        if task_id in self.trashed():
            return 204
        if refusal := self.refusal(task_id, versions):
            return refusal
        self.move(task_id, is_trashed=True)
        return 204

    def restore(self, task_id: int) -> int:
        if task_id not in self.tasks:
            return 404
        self.move(task_id, is_trashed=False)
        return 200

    def move(self, task_id: int, is_trashed: bool) -> None:
        task = self.tasks[task_id]
        if task.is_trashed != is_trashed:
            task.is_trashed = is_trashed
            task.step("trashed" if is_trashed else "restored", {})

    def purge(self, task_id: int, versions: Versions = None) -> int:
        if refusal := self.refusal(task_id, versions, is_trashed=True):
            return refusal
        del self.tasks[task_id]
        self.purged.append(task_id)
        return 204

    def empty_trash(self) -> None:
        for task_id in self.trashed():
            self.purge(task_id)

    # --- Many at once: the status, and what is wrong at which places

    def edit_many(self, ids: Sequence[int], fields: Fields) -> Outcome:
        if missing := places(ids, lambda task_id: task_id not in self.alive()):
            return 404, missing

        def is_insane(task_id: int) -> bool:
            return not has_sane_due({**self.tasks[task_id].fields, **fields})

        if wrong := places(ids, is_insane):
            return 400, wrong
        for task_id in ids:
            self.edit(task_id, fields)
        return 200, []

    def move_many(self, ids: Sequence[int], is_trashed: bool) -> Outcome:
        if missing := places(ids, lambda task_id: task_id not in self.tasks):
            return 404, missing
        for task_id in ids:
            self.move(task_id, is_trashed)
        return 200, []

    # --- Counts

    def summary(self, today: str) -> Body:
        """Without what depends on where the week begins."""
        alive = [task.fields for task in self.alive().values()]
        due = [
            fields["due_date"]
            for fields in alive
            if fields["due_date"] and fields["status"] != "completed"
        ]
        statuses = [fields["status"] for fields in alive]
        priorities = [fields["priority"] for fields in alive]
        return {
            "total": len(alive),
            "by_status": counts(["pending", "in_progress", "completed"], statuses),
            "by_priority": counts(["low", "medium", "high"], priorities),
            "overdue": sum(day < today for day in due),
            "due_today": due.count(today),
        }


def counts(kinds: Sequence[str], found: list[str]) -> dict[str, int]:
    return {kind: found.count(kind) for kind in kinds}


def places(ids: Sequence[int], are: Callable[[int], bool]) -> list[int]:
    return [place for place, task_id in enumerate(ids) if are(task_id)]


def has_sane_due(fields: Fields) -> bool:
    return fields["due_time"] is None or fields["due_date"] is not None
