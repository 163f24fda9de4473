"""Dashboards, alerts and the operator's page speak of metrics that there are."""

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import promql_parser
import pytest
import yaml

from devstack.paths import ROOT
from devstack.stack import PROGRAMS, Stack
from tests.stack.people import Person, eventually
from tests.stack.test_metrics import Scrape

WATCHING = ROOT / "deploy" / "observability"
DASHBOARDS = sorted((WATCHING / "grafana" / "dashboards").glob("*.json"))
# What Prometheus makes by itself, and what not every site has.
OTHERS = {"up": set[str](), "ALERTS": {"alertstate"}}
WITH_TLS = {"taskmanager_certificate_end_seconds": set[str]()}
WITH_REPLICA = {"taskmanager_replica_reads_total": {"answer"}}
OF_TARGETS = {"job", "instance"}
Known = dict[str, set[str]]


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((WATCHING / "alerts.yml").read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def queries() -> dict[str, str]:
    """Every expression by where it stands."""
    found = {f"alert {rule['alert']}": rule["expr"] for rule in rules()}
    for file in DASHBOARDS:
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel["targets"]:
                place = f"{file.stem}: {panel['title']} {target['refId']}"
                found[place] = target["expr"]
    return found


@pytest.fixture(scope="module")
def known(running_stack: Stack) -> Known:
    """The samples that real programs tell of, with the labels of each."""
    Person.register(running_stack).create("rings a bell")
    found: Known = defaultdict(set)

    def has_settled() -> bool:
        worker = Scrape(running_stack, "worker")
        return worker.sum("deliveries_total") > 0 and worker.sum("jobs_total") > 0

    eventually(has_settled)
    for program in PROGRAMS:
        for sample in Scrape(running_stack, program).samples:
            found[sample.name] |= set(sample.labels)
    return {**found, **OTHERS, **WITH_TLS, **WITH_REPLICA}


def selectors(expression: Any) -> Iterator[Any]:
    if isinstance(expression, promql_parser.VectorSelector):
        yield expression
        return
    for name in ("expr", "lhs", "rhs", "vector_selector", "param"):
        inner = getattr(expression, name, None)
        if inner is not None:
            yield from selectors(inner)
    for argument in getattr(expression, "args", None) or ():
        yield from selectors(argument)


@pytest.mark.parametrize("place", queries())
def test_a_query_asks_for_what_there_is(known: Known, place: str) -> None:
    expression = queries()[place]

    asked = list(selectors(promql_parser.parse(expression)))

    names = set(re.findall(r"taskmanager_\w+|\bup\b|\bALERTS\b", expression))
    assert {each.name for each in asked} == names  # none was overlooked
    for each in asked:
        labels = {matcher.name for matcher in each.matchers.matchers}
        assert each.name in known
        assert labels <= known[each.name] | OF_TARGETS, each.name


def test_every_metric_of_ours_is_on_the_operators_page(known: Known) -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    suffix = re.compile(r"_(bucket|count|sum|created)$")
    ours = {suffix.sub("", name) for name in known if name.startswith("taskmanager_")}

    assert set(re.findall(r"`(taskmanager_\w+)`", page)) == ours


def test_every_alert_says_how_bad_it_is_and_what_to_do() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]
        assert f"| `{rule['alert']}` |" in page


def test_alerts_fire_when_they_should_by_prometheus_own_word() -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool comes with Prometheus")
    for command in (
        ["check", "config", "prometheus.yml"],
        ["test", "rules", "alerts_test.yml"],
    ):
        done = subprocess.run(
            [promtool, *command],
            cwd=WATCHING,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tried() -> None:
    tests = yaml.safe_load((WATCHING / "alerts_test.yml").read_text())["tests"]
    fired = {
        case["alertname"]
        for test in tests
        for case in test.get("alert_rule_test", [])
        if case["exp_alerts"]
    }

    assert fired == {rule["alert"] for rule in rules()}


def test_every_program_is_asked_where_it_answers() -> None:
    config = yaml.safe_load((WATCHING / "prometheus.yml").read_text())
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())

    asked = {
        job["job_name"]: job["dns_sd_configs"][0] for job in config["scrape_configs"]
    }

    assert set(asked) == set(PROGRAMS)
    ports = {"web": 8000, "realtime": 8001, "worker": 9100, "beat": 9100}
    for name, port in ports.items():
        service = compose["services"][name]
        assert (asked[name]["names"], asked[name]["port"]) == ([name], port)
        assert "metrics" in service["networks"]
        bind = service["environment"].get("METRICS_BIND", "")
        assert bind == ("0.0.0.0:9100" if port == 9100 else "")
