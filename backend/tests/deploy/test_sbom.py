"""`make sbom` names each package that a release is made of, and nothing else."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from devstack.paths import BACKEND, ROOT

pytestmark = pytest.mark.xdist_group("sbom")  # made once


def make_sbom(folder: Path) -> Path:
    # A `make` around the tests must not lend this one its flags.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    subprocess.run(
        ["make", "sbom", f"SBOM={folder}"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def sbom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sbom(tmp_path_factory.mktemp("sbom"))


def locked_in_python() -> set[str]:
    lines = (BACKEND / "requirements.txt").read_text().splitlines()
    locked = [re.match(r"([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", line) for line in lines]
    return {f"{found[1]}@{found[2]}" for found in locked if found}


def locked_in_node() -> set[str]:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    packages: Mapping[str, Mapping[str, Any]] = lock["packages"]
    return {
        f"{path.rpartition('node_modules/')[2]}@{package['version']}"
        for path, package in packages.items()
        if path and not package.get("dev") and not package.get("devOptional")
    }


def named_in(file: Path) -> set[str]:
    return {
        f"{component['name']}@{component['version']}"
        for component in json.loads(file.read_text())["components"]
    }


def test_each_locked_package_is_in_it(sbom: Path) -> None:
    python, node = locked_in_python(), locked_in_node()

    assert {name.partition("@")[0] for name in python} > {"django", "celery"}
    assert {name.rpartition("@")[0] for name in node} > {"react", "axios"}
    assert named_in(sbom / "backend.json") == python
    assert named_in(sbom / "frontend.json") == node


@pytest.mark.parametrize("name", ["backend.json", "frontend.json"])
def test_it_is_cyclonedx_with_hashes(sbom: Path, name: str) -> None:
    text = (sbom / name).read_text()
    document = json.loads(text)
    version = SchemaVersion.from_version(document["specVersion"])

    assert JsonStrictValidator(version).validate_str(text) is None
    for component in document["components"]:
        references = component.get("externalReferences", [])
        assert any("hashes" in part for part in (component, *references)), component


def test_the_same_lock_files_give_the_same_bytes(sbom: Path, tmp_path: Path) -> None:
    again = make_sbom(tmp_path)

    for file in sbom.iterdir():
        assert file.read_bytes() == (again / file.name).read_bytes()
