"""Any sequence of calls, against a model in memory: they never tell two stories."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import Client, start_session
from tests.proofs import task_data
from tests.proofs.choices import (
    ALIVE,
    ANY,
    BROWSERS,
    CONDITIONS,
    KEYS,
    PURGED,
    SOME_ALIVE,
    SOME_KNOWN,
    WANTED,
    has_alive,
    has_purged,
    has_tasks,
    has_trashed,
)
from tests.proofs.size import IS_LONG, tries
from tests.proofs.task_model import DEFAULTS, Body, Fields, Outcome, TaskModel

URL = "/api/tasks/"


@dataclass
class Browser:
    """A client that keeps its own copy, and may be behind."""

    cursor: str | None = None
    copy: dict[int, Body] = field(default_factory=dict)

    def apply(self, page: Body) -> bool:
        self.copy.update({row["id"]: row for row in page["results"]})
        for task_id in page["gone"]:
            self.copy.pop(task_id, None)
        self.cursor = page["cursor"]
        return bool(page["has_more"])


class TaskMachine(RuleBasedStateMachine):
    """One owner with two browsers, and a stranger. All of it is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.user = User.objects.create(username="model", email="model@example.org")
        stranger = User.objects.create(username="stranger", email="s@example.org")
        self.api = client_of(self.user)
        self.stranger = client_of(stranger)
        self.model = TaskModel()
        self.browsers = [Browser(), Browser()]
        self.sent: dict[str, tuple[str, Fields, Any]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # --- Creating, and sending it again ---------------------------------------------

    @initialize(tasks=st.lists(task_data.NEW, min_size=1, max_size=4))
    def begin_with_some(self, tasks: list[Fields]) -> None:
        for fields in tasks:
            self.create(fields, None)

    @rule(fields=task_data.NEW, key=KEYS)
    def create(self, fields: Fields, key: str | None) -> None:
        response = self.send(URL, fields, key)
        if response is None:
            return
        expected, task = self.model.create(trimmed(fields))
        assert response.status_code == expected, response.content
        if expected == 201:
            body = response.json()
            self.model.tasks[body["id"]] = task
            assert response["Location"] == f"{URL}{body['id']}/"
            assert body["user"] == self.user.pk
            self.check_task(response, body["id"])

    def send(
        self, path: str, body: Fields, key: str | None, headers: Fields | None = None
    ) -> Any:
        """What a POST answers; None if its key was used, and so nothing happens."""
        if key is None:
            return self.api.post(path, body, headers=headers)
        headers = {**(headers or {}), "Idempotency-Key": key}
        if key in self.sent:
            return self.send_again(path, body, headers)
        response = self.api.post(path, body, headers=headers)
        if response.status_code < 400:
            self.sent[key] = path, body, response
        return response

    def send_again(self, path: str, body: Fields, headers: Fields) -> None:
        """Whatever has become of the task meanwhile: gone for good, perhaps."""
        first_path, first_body, first = self.sent[headers["Idempotency-Key"]]
        again = self.api.post(first_path, first_body, headers=headers)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again["Idempotency-Replayed"] == "true"
        for name in ("ETag", "Location"):
            assert again.get(name) == first.get(name)
        if (path, body) != (first_path, first_body):
            assert self.api.post(path, body, headers=headers).status_code == 422

    # --- Changing -------------------------------------------------------------------

    @has_tasks
    @rule(task_id=ANY, fields=task_data.CHANGES, condition=st.sampled_from(CONDITIONS))
    def patch(self, task_id: int, fields: Fields, condition: str) -> None:
        self.write("patch", task_id, fields, condition)

    @has_alive
    @rule(task_id=ALIVE, status=task_data.STATUSES)
    def complete_or_reopen(self, task_id: int, status: str) -> None:
        before = self.model.tasks[task_id].seen
        self.write("patch", task_id, {"status": status}, "current")
        after = self.model.tasks[task_id].seen
        if before and after and before["completed_at"] and after["completed_at"]:
            assert before["completed_at"] == after["completed_at"]

    @has_tasks
    @rule(task_id=ANY, fields=task_data.WHOLE, condition=st.sampled_from(CONDITIONS))
    def put(self, task_id: int, fields: Fields, condition: str) -> None:
        if condition == "none":
            response = self.api.put(f"{URL}{task_id}/", fields)
            assert response.status_code == 428
        else:
            self.write("put", task_id, fields, condition)

    def write(self, method: str, task_id: int, fields: Fields, condition: str) -> None:
        header, versions = self.if_match(task_id, condition)
        response = getattr(self.api, method)(f"{URL}{task_id}/", fields, headers=header)
        expected = self.model.edit(task_id, trimmed(fields), versions)
        assert response.status_code == expected, response.content
        if expected in (200, 412):
            self.check_task(response, task_id)

    def if_match(
        self, task_id: int, condition: str
    ) -> tuple[dict[str, str], list[int] | None]:
        """The header, and the versions it allows."""
        now = self.model.tasks[task_id].version
        tags, versions = {
            "none": (None, None),
            "any": ("*", None),
            "current": (f'"{now}"', [now]),
            "stale": (f'"{now - 1}"', [now - 1]),
            "several": (f'"{now + 1}", "{now}"', [now + 1, now]),
            "foreign": ('"abc", W/"1"', []),
        }[condition]
        return ({} if tags is None else {"If-Match": tags}), versions

    @has_tasks
    @rule(
        task_id=ANY,
        back=st.integers(-1, 6),
        names=st.none() | st.sets(st.sampled_from(list(DEFAULTS)), min_size=1),
        condition=st.sampled_from(CONDITIONS),
        key=KEYS,
    )
    def revert(
        self,
        task_id: int,
        back: int,
        names: set[str] | None,
        condition: str,
        key: str | None,
    ) -> None:
        """To a version that was, to itself (0 back), or to one that never was."""
        header, versions = self.if_match(task_id, condition)
        version = max(1, self.model.tasks[task_id].version - back)
        body = {"version": version} | ({} if names is None else {"fields": [*names]})
        response = self.send(f"{URL}{task_id}/revert/", body, key, header)
        if response is None:
            return
        wanted = DEFAULTS.keys() if names is None else names
        expected = self.model.revert(task_id, version, wanted, versions)
        assert response.status_code == expected, response.content
        if expected in (200, 412):
            self.check_task(response, task_id)

    # --- The trash ------------------------------------------------------------------

    @has_tasks
    @rule(task_id=ANY, condition=st.sampled_from(CONDITIONS))
    def trash(self, task_id: int, condition: str) -> None:
        header, versions = self.if_match(task_id, condition)
        response = self.api.delete(f"{URL}{task_id}/", headers=header)
        assert response.status_code == self.model.trash(task_id, versions)
        if response.status_code == 412:
            self.check_task(response, task_id)

    @has_tasks
    @rule(task_id=ANY, key=KEYS)
    def restore(self, task_id: int, key: str | None) -> None:
        response = self.send(f"{URL}{task_id}/restore/", {}, key)
        if response is not None:
            assert response.status_code == self.model.restore(task_id)
            self.check_task(response, task_id)

    @has_tasks
    @rule(task_id=ANY, condition=st.sampled_from(CONDITIONS))
    def purge(self, task_id: int, condition: str) -> None:
        header, versions = self.if_match(task_id, condition)
        response = self.api.delete(f"{URL}trash/{task_id}/", headers=header)
        assert response.status_code == self.model.purge(task_id, versions)
        if response.status_code == 412:
            self.check_task(response, task_id)

    @has_trashed
    @rule()
    def empty_the_trash(self) -> None:
        assert self.api.delete(f"{URL}trash/").status_code == 204
        self.model.empty_trash()

    @has_purged
    @rule(task_id=PURGED, fields=task_data.CHANGES)
    def what_is_purged_is_as_if_it_never_was(
        self, task_id: int, fields: Fields
    ) -> None:
        self.nobody_finds(self.api, task_id, fields)
        assert self.api.get(f"{URL}{task_id}/history/").status_code == 404

    # --- Many at once ---------------------------------------------------------------

    @has_tasks
    @rule(ids=SOME_ALIVE | SOME_KNOWN, wanted=WANTED, key=KEYS)
    def change_some(self, ids: list[int], wanted: Fields, key: str | None) -> None:
        before = {task_id: task.version for task_id, task in self.model.tasks.items()}
        response = self.send(f"{URL}bulk/", {"ids": ids, **wanted}, key)
        if response is None:
            return
        expected, wrong = self.model_changes_some(ids, wanted)
        assert response.status_code == expected, response.content
        body = response.json()
        if expected != 200:
            places = [error["pointer"] for error in body["errors"]]
            assert places == [f"/ids/{place}" for place in wrong]
            return
        for result, task_id in zip(body["results"], ids, strict=True):
            version = self.model.tasks[task_id].version
            is_changed = version != before[task_id]
            said = {"id": task_id, "version": version, "changed": is_changed}
            assert result == said

    def model_changes_some(self, ids: list[int], wanted: Fields) -> Outcome:
        if "set" in wanted:
            return self.model.edit_many(ids, trimmed(wanted["set"]))
        return self.model.move_many(ids, is_trashed=wanted["action"] == "delete")

    # --- Two browsers, each with what it saw last -----------------------------------

    @rule(which=BROWSERS)
    def catch_up(self, which: int) -> None:
        browser = self.browsers[which]
        has_more = True
        while has_more:
            since = {} if browser.cursor is None else {"since": browser.cursor}
            has_more = browser.apply(self.get(f"{URL}changes/", since))
        assert set(browser.copy) == set(self.model.alive())
        for task_id, body in browser.copy.items():
            self.model.tasks[task_id].saw(body)

    @precondition(lambda machine: any(b.copy for b in machine.browsers))
    @rule(which=BROWSERS, fields=task_data.CHANGES, data=st.data())
    def edit_what_it_shows(self, which: int, fields: Fields, data: Any) -> None:
        """Like the SPA: with the version it has; told the truth when that is old."""
        browser = self.browsers[which]
        if not browser.copy:
            return
        task_id = data.draw(st.sampled_from(sorted(browser.copy)))
        version = browser.copy[task_id]["version"]
        headers = {"If-Match": f'"{version}"'}
        response = self.api.patch(f"{URL}{task_id}/", fields, headers=headers)
        expected = self.model.edit(task_id, trimmed(fields), [version])
        assert response.status_code == expected, response.content
        if expected == 404:
            del browser.copy[task_id]
        elif expected in (200, 412):
            browser.copy[task_id] = self.check_task(response, task_id)

    @precondition(lambda machine: any(b.copy for b in machine.browsers))
    @rule(which=BROWSERS, data=st.data())
    def trash_what_it_shows(self, which: int, data: Any) -> None:
        browser = self.browsers[which]
        if not browser.copy:
            return
        task_id = data.draw(st.sampled_from(sorted(browser.copy)))
        version = browser.copy[task_id]["version"]
        headers = {"If-Match": f'"{version}"'}
        response = self.api.delete(f"{URL}{task_id}/", headers=headers)
        assert response.status_code == self.model.trash(task_id, [version])
        if response.status_code == 412:
            browser.copy[task_id] = self.check_task(response, task_id)
        else:
            del browser.copy[task_id]

    # --- Reading --------------------------------------------------------------------

    @has_tasks
    @rule(task_id=ANY)
    def read_one(self, task_id: int) -> None:
        response = self.api.get(f"{URL}{task_id}/")
        if self.model.tasks[task_id].is_trashed:
            assert response.status_code == 404
            return
        self.check_task(response, task_id)
        headers = {"If-None-Match": response["ETag"]}
        assert self.api.get(f"{URL}{task_id}/", headers=headers).status_code == 304

    @has_tasks
    @rule(task_id=ANY)
    def read_its_history(self, task_id: int) -> None:
        entries = self.get(f"{URL}{task_id}/history/", {"limit": 100})["results"]
        told = self.model.tasks[task_id].history[:100]
        for entry, expected in zip(entries, told, strict=True):
            entry["changes"].pop("deleted_at", None)
            assert {name: entry[name] for name in expected} == expected
            assert entry["actor"]["id"] == self.user.pk

    @rule(status=task_data.STATUSES, priority=task_data.PRIORITIES)
    def filter_the_list(self, status: str, priority: str) -> None:
        page = self.get(URL, {"status": status, "priority": priority, "limit": 100})
        wanted = [
            task_id
            for task_id, task in self.model.alive().items()
            if (task.fields["status"], task.fields["priority"]) == (status, priority)
        ]
        assert [row["id"] for row in page["results"]] == wanted[::-1]

    @has_tasks
    @rule()
    def count(self) -> None:
        summary = self.get(f"{URL}summary/", {})
        expected = self.model.summary(summary["today"])
        assert {name: summary[name] for name in expected} == expected

    @has_tasks
    @rule(task_id=ANY, fields=task_data.CHANGES)
    def a_stranger_tries(self, task_id: int, fields: Fields) -> None:
        self.nobody_finds(self.stranger, task_id, fields)
        assert self.stranger.delete(f"{URL}trash/").status_code == 204
        assert self.stranger.get(URL).json()["results"] == []

    def nobody_finds(self, api: APIClient, task_id: int, fields: Fields) -> None:
        path, any_version = f"{URL}{task_id}/", {"If-Match": "*"}
        for response in (
            api.get(path),
            api.patch(path, fields),
            api.put(path, {**DEFAULTS, "title": "Mine now"}, headers=any_version),
            api.delete(path),
            api.delete(f"{URL}trash/{task_id}/"),
            api.post(f"{path}restore/"),
            api.post(f"{path}revert/", {"version": 1}),
            api.post(f"{URL}bulk/", {"ids": [task_id], "set": fields}),
            api.post(f"{URL}bulk/", {"ids": [task_id], "action": "delete"}),
        ):
            assert response.status_code == 404

    # --- What holds after every step ------------------------------------------------

    @invariant()
    def the_list_is_the_model(self) -> None:
        rows = self.get(URL, {"limit": 100})["results"]
        assert [row["id"] for row in rows] == list(self.model.alive())[::-1]
        for row in rows:
            self.model.tasks[row["id"]].saw(row)

    @invariant()
    def the_trash_is_the_model(self) -> None:
        rows = self.get(f"{URL}trash/", {"limit": 100})["results"]
        assert {row["id"] for row in rows} == set(self.model.trashed())
        for row in rows:
            del row["deleted_at"]
            self.model.tasks[row["id"]].saw(row)

    # --- Helpers --------------------------------------------------------------------

    def get(self, path: str, query: Fields) -> Body:
        response = self.api.get(path, query)
        assert response.status_code == 200, response.content
        body: Body = response.json()
        return body

    def check_task(self, response: Any, task_id: int) -> Body:
        """The task in a good answer, or in the problem that says it has changed."""
        body: Body = response.json()
        task: Body = body.get("current", body)
        assert task["id"] == task_id
        assert response["ETag"] == f'"{task["version"]}"'
        task.pop("deleted_at", None)  # the trash says so, too
        self.model.tasks[task_id].saw(task)
        return task


def client_of(user: User) -> APIClient:
    pair = start_session(user=user, client=Client("proofs", "127.0.0.1"))
    return APIClient(headers={"authorization": f"Bearer {pair.access}"})


def trimmed(fields: Fields) -> Fields:
    """As the API keeps them."""
    title = {"title": fields["title"].strip()} if "title" in fields else {}
    return {**fields, **title}


@pytest.mark.timeout(0 if IS_LONG else 600)  # finding the shortest failure takes time
@pytest.mark.django_db
def test_no_sequence_of_calls_diverges_from_the_model() -> None:
    settings = tries(short=20, long=1_000, stateful_step_count=25)
    run_state_machine_as_test(TaskMachine, settings=settings)
