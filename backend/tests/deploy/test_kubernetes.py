"""The manifests are valid, confine each pod, and start what compose starts."""

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from devstack.paths import ROOT

KUBERNETES = ROOT / "deploy" / "kubernetes"
VERSIONS = ("1.29", "1.33", kubernetes_validate.latest_version())
Manifest = dict[str, Any]


def load(path: Path) -> list[Manifest]:
    return list(yaml.safe_load_all(path.read_text()))


def kustomization(folder: str) -> Manifest:
    return load(KUBERNETES / folder / "kustomization.yaml")[0]


MANIFESTS = [
    manifest
    for file in sorted((KUBERNETES / "base").glob("*.yaml"))
    if file.name != "kustomization.yaml"
    for manifest in load(file)
]


def of_kind(*kinds: str) -> list[Manifest]:
    return [manifest for manifest in MANIFESTS if manifest["kind"] in kinds]


def name(manifest: Manifest) -> str:
    return f"{manifest['kind']} {manifest['metadata']['name']}"


def pod(manifest: Manifest) -> Manifest:
    template: Manifest = manifest["spec"]["template"]
    return template


PODS = of_kind("Deployment", "Job")
LABELS = [pod(manifest)["metadata"]["labels"] for manifest in PODS]


def matches(selector: Manifest) -> bool:
    """Whether some pod has the labels."""
    wanted = selector.get("matchLabels", {}).items()
    named = selector.get("matchExpressions", [])
    return any(
        wanted <= labels.items()
        and all(labels.get(one["key"]) in one["values"] for one in named)
        for labels in LABELS
    )


def compose() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(
        (ROOT / "docker-compose.yml").read_text()
    )["services"]
    return services


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("manifest", MANIFESTS, ids=name)
def test_each_manifest_is_what_its_kind_allows(
    manifest: Manifest, version: str
) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_kustomize_finds_every_file_and_no_other() -> None:
    for folder in ("base", "example"):
        own = kustomization(folder)
        listed = {*own["resources"], *(one["path"] for one in own.get("patches", []))}
        files = {path.name for path in (KUBERNETES / folder).glob("*.yaml")}
        assert listed - {"../base"} == files - {"kustomization.yaml"}


@pytest.mark.parametrize("manifest", PODS, ids=name)
def test_each_pod_is_confined(manifest: Manifest) -> None:
    spec = pod(manifest)["spec"]
    security = spec["securityContext"]
    assert security["runAsNonRoot"]
    assert security["runAsUser"] > 0
    assert security["seccompProfile"] == {"type": "RuntimeDefault"}
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False
    assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys()
    kinds = {kind for volume in spec["volumes"] for kind in volume} - {"name"}
    assert kinds <= {"emptyDir", "secret"}
    for container in spec["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("manifest", of_kind("Deployment"), ids=name)
def test_each_deployment_is_probed_and_ends_in_time(manifest: Manifest) -> None:
    spec = pod(manifest)["spec"]
    (container,) = spec["containers"]
    assert "livenessProbe" in container
    if container["name"] in ("nginx", "web", "realtime"):
        assert {"readinessProbe", "startupProbe", "lifecycle"} <= container.keys()
    assert spec["terminationGracePeriodSeconds"] > 10 + 30  # preStop; gunicorn's own


def test_pods_run_what_compose_runs() -> None:
    for manifest in PODS:
        (container,) = pod(manifest)["spec"]["containers"]
        there = compose()[container["name"]].get("command")
        said = there and [re.sub(r"\$\{\w+:-(\w+)\}", r"\1", word) for word in there]
        assert container.get("command") == said, container["name"]
        limit = compose()[container["name"]].get("mem_limit")
        if limit:
            ours = container["resources"]["limits"]["memory"]
            assert ours.lower().removesuffix("i") == limit


def test_secrets_are_files_as_in_compose() -> None:
    (generator,) = kustomization("base")["configMapGenerator"]
    files = dict(line.split("=") for line in generator["literals"])
    environment = compose()["migrate"]["environment"]
    assert files == {
        key: value for key, value in environment.items() if key.endswith("_FILE")
    }
    example = KUBERNETES / "example" / "secrets.example.env"
    named = re.findall(r"^(\w+)=", example.read_text(), re.MULTILINE)
    assert {f"/secrets/app/{one}" for one in named} == set(files.values())


def test_settings_of_the_example_exist() -> None:
    settings = (KUBERNETES / "example" / "settings.env").read_text()
    known = (ROOT / ".env.example").read_text()
    for setting in re.findall(r"^(\w+)=", settings, re.MULTILINE):
        assert re.search(rf"^#?{setting}=", known, re.MULTILINE), setting


def test_as_many_instances_are_counted_on_as_may_run() -> None:
    settings = (KUBERNETES / "example" / "settings.env").read_text()
    said = dict(re.findall(r"^(\w+)_INSTANCES=(\d+)$", settings, re.MULTILINE))
    scaled = {
        one["spec"]["scaleTargetRef"]["name"]: one["spec"]["maxReplicas"]
        for one in of_kind("HorizontalPodAutoscaler")
    }
    for program in ("web", "realtime", "worker"):
        (spec,) = (
            one["spec"]
            for one in of_kind("Deployment")
            if one["metadata"]["name"] == program
        )
        most = scaled.get(program) or spec["replicas"]
        surge = spec["strategy"]["rollingUpdate"]["maxSurge"]
        assert int(said[program.upper()]) == most + surge


def test_nothing_is_allowed_but_what_is_named() -> None:
    policies = {
        one["metadata"]["name"]: one["spec"] for one in of_kind("NetworkPolicy")
    }
    assert policies.pop("deny") == {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
    }
    for policy in policies.values():
        assert policy["podSelector"] == {} or matches(policy["podSelector"])
        for rule in [*policy.get("ingress", []), *policy.get("egress", [])]:
            assert rule["ports"]
            for peer in [*rule.get("from", []), *rule.get("to", [])]:
                assert "podSelector" not in peer or matches(peer["podSelector"])


def test_what_names_a_deployment_names_one_there_is() -> None:
    deployments = {one["metadata"]["name"] for one in of_kind("Deployment")}
    for scaler in of_kind("HorizontalPodAutoscaler"):
        assert scaler["spec"]["scaleTargetRef"]["name"] in deployments
    for budget in of_kind("PodDisruptionBudget"):
        assert matches(budget["spec"]["selector"])
    for service in of_kind("Service"):
        assert matches({"matchLabels": service["spec"]["selector"]})
    scaled = {one["metadata"]["name"] for one in of_kind("HorizontalPodAutoscaler")}
    counted = {
        one["metadata"]["name"]
        for one in of_kind("Deployment")
        if "replicas" in one["spec"]
    }
    # A number of replicas beside an autoscaler resets it with each `apply`.
    assert scaled | counted == deployments
    assert not scaled & counted


def test_nginx_asks_for_the_services_there_are() -> None:
    text = (KUBERNETES / "base" / "nginx.yaml").read_text()
    asked = set(re.findall(r'"(\w+)\.([\w-]+)\.svc\.cluster\.local:(\d+)"', text))
    there = {
        (one["metadata"]["name"], kustomization("base")["namespace"], str(port["port"]))
        for one in of_kind("Service")
        for port in one["spec"]["ports"]
        if one["metadata"]["name"] != "nginx"
    }
    assert asked == there
