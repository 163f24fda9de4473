"""What the state machine chooses from: tasks as the model knows them at that step."""

from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from tests.proofs import task_data
from tests.proofs.task_model import TaskModel

CONDITIONS = ["none", "any", "current", "stale", "several", "foreign"]
BROWSERS = st.sampled_from([0, 1])
KEYS = st.none() | st.sampled_from(["a", "b", "c"])


def some_tasks(ids: Callable[[TaskModel], Sequence[int]]) -> Any:
    """The ids of up to five different ones."""
    return st.runner().flatmap(
        lambda machine: st.lists(
            st.sampled_from(ids(machine.model)), min_size=1, max_size=5, unique=True
        )
    )


def any_task(tasks: Callable[[TaskModel], dict[int, Any]]) -> Any:
    """The id of one of the machine's tasks."""
    return st.runner().flatmap(
        lambda machine: st.sampled_from(list(tasks(machine.model)))
    )


ANY = any_task(lambda model: model.tasks)
ALIVE = any_task(TaskModel.alive)
PURGED = any_task(lambda model: dict.fromkeys(model.purged))
SOME_ALIVE = some_tasks(lambda model: [*model.alive()] or [*model.tasks])
SOME_KNOWN = some_tasks(lambda model: [*model.tasks, *model.purged])
WANTED = st.one_of(
    task_data.CHANGES.map(lambda fields: {"set": fields}),
    st.sampled_from([{"action": "delete"}, {"action": "restore"}]),
)
has_tasks = precondition(lambda machine: machine.model.tasks)
has_alive = precondition(lambda machine: machine.model.alive())
has_trashed = precondition(lambda machine: machine.model.trashed())
has_purged = precondition(lambda machine: machine.model.purged)
