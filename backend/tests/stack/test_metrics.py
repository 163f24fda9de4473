"""What Prometheus reads of every program, and that it is right whatever dies."""

import psutil
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from devstack.stack import Stack
from tests.stack.people import Person, at_once, eventually


class Scrape:
    """The samples of one program, by name and labels."""

    def __init__(self, stack: Stack, name: str) -> None:
        # By an address that is no host of ours, as Prometheus asks.
        answer = requests.get(
            stack.metrics_url(name), headers={"Host": "10.0.0.7:8000"}, timeout=30
        )
        assert answer.status_code == 200, answer.text
        self.text = answer.text
        self.samples = [
            sample
            for family in text_string_to_metric_families(answer.text)
            for sample in family.samples
        ]

    def sum(self, name: str, /, **labels: str) -> float:
        """Of all samples with these labels; nothing where there are none."""
        return sum(
            sample.value
            for sample in self.samples
            if sample.name == f"taskmanager_{name}"
            and labels.items() <= sample.labels.items()
        )

    def parts(self) -> dict[str, float]:
        name = "taskmanager_part_up"
        return {s.labels["part"]: s.value for s in self.samples if s.name == name}


def created(stack: Stack) -> float:
    labels = {"route": "/api/tasks/", "method": "POST", "status": "201"}
    return Scrape(stack, "web").sum("requests_total", **labels)


def test_requests_are_counted_over_all_processes_and_outlive_them(
    stack: Stack, person: Person
) -> None:
    before = created(stack)
    at_once([lambda: person.create("one of many")] * 20)
    assert created(stack) == before + 20

    for child in psutil.Process(stack.services["web"].pid).children():
        child.kill()
    eventually(lambda: is_serving(stack))
    at_once([lambda: person.create("one of many")] * 20)

    assert created(stack) == before + 40


def is_serving(stack: Stack) -> bool:
    try:
        return requests.get(f"{stack.web_url}/health/live/", timeout=5).ok
    except requests.RequestException:
        return False


def test_what_workers_did_is_summed_over_their_processes(
    stack: Stack, person: Person
) -> None:
    def rung() -> float:
        labels = {"channel": "in_app", "state": "sent"}
        return Scrape(stack, "worker").sum("deliveries_total", **labels)

    before = rung()
    at_once([lambda: person.create("rings")] * 10)
    eventually(lambda: rung() == before + 10)

    worker = Scrape(stack, "worker")
    relayed = {"name": "events.relay", "queue": "default"}
    runs = worker.sum("jobs_total", state="success", **relayed)
    assert runs >= 1
    # Read in another moment of the same run, when it may have ended.
    assert worker.sum("job_wait_seconds_count", **relayed) >= 1
    assert worker.sum("job_run_seconds_count", **relayed) >= 1
    for child in psutil.Process(stack.services["worker"].pid).children():
        child.kill()
    at_once([lambda: person.create("rings")] * 10)
    eventually(lambda: rung() == before + 20)
    assert Scrape(stack, "worker").sum("jobs_total", **relayed) > runs


def test_open_sockets_are_counted(stack: Stack, person: Person) -> None:
    def sockets() -> float:
        return Scrape(stack, "realtime").sum("sockets", state="ready")

    eventually(lambda: sockets() == 0)
    with person.socket(), person.socket():
        assert sockets() == 2
    eventually(lambda: sockets() == 0)


def test_events_that_wait_show_until_the_relay_has_them(
    stack: Stack, person: Person
) -> None:
    stack.stop("worker")
    person.create("waits")
    web = Scrape(stack, "web")
    assert web.sum("events_waiting") >= 1
    assert web.sum("events_waiting_seconds") > 0

    stack.start("worker")
    eventually(lambda: Scrape(stack, "web").sum("events_waiting") == 0)


@pytest.mark.parametrize(
    ("server", "away"), [("postgres", {"database"}), ("valkey", {"redis", "broker"})]
)
@pytest.mark.parametrize("how", ["frozen", "stopped"])
def test_a_server_that_is_away_is_told_and_hides_nothing_else(
    stack: Stack, server: str, away: set[str], how: str
) -> None:
    eventually(lambda: all(Scrape(stack, "web").parts().values()))
    if how == "frozen":
        stack.freeze(server)
    else:
        stack.stop(server)

    web = Scrape(stack, "web")

    assert {part for part, up in web.parts().items() if not up} == away
    assert web.sum("requests_total") > 0
    assert ("taskmanager_events_waiting" in web.text) is ("database" not in away)
    assert ("taskmanager_queue_jobs" in web.text) is ("broker" not in away)


@pytest.mark.parametrize("name", ["web", "realtime", "worker", "beat"])
def test_no_metric_names_a_person_or_a_thing(
    stack: Stack, person: Person, name: str
) -> None:
    task = person.create("a title nobody else has").json()
    person.call("GET", f"/api/tasks/{task['id']}/")
    person.call("GET", "/api/a-path-nobody-else-has/")
    person.call("PROPFIND", "/api/tasks/")

    text = Scrape(stack, name).text

    for secret in ("nobody", person.name, "PROPFIND", f"/{task['id']}/"):
        assert secret not in text
