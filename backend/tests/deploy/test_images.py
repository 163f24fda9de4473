"""Images of registries can be pinned by digest, each of them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from devstack.paths import ROOT

PINNED = ROOT / "deploy" / "compose.pinned.yml"
SCRIPT = ROOT / "deploy" / "pin-images.sh"
IMAGE = r"\b\w[\w./-]*:[\w.-]+"

# Stands where Docker would ask a registry.
DOCKER = """#!/bin/sh
[ "$1 $2 $3" = "buildx imagetools inspect" ] || exit 1
for image; do :; done
[ "$image" != "$UNKNOWN" ] || exit 1
echo "sha256:of-$image"
"""


def images_in_use() -> set[str]:
    built = [path.read_text() for path in ROOT.glob("*/Dockerfile")]
    compose = (ROOT / "docker-compose.yml").read_text()
    return {
        *re.findall(rf"^FROM ({IMAGE})", "\n".join(built), re.MULTILINE),
        *re.findall(rf"^ +image: ({IMAGE})$", compose, re.MULTILINE),
    }


def pin(site: Path, unknown: str = "") -> subprocess.CompletedProcess[str]:
    """A run of the script in a copy of what it reads."""
    deploy, programs = site / "deploy", site / "bin"
    for folder in (deploy, programs):
        folder.mkdir(exist_ok=True)
    for file in (PINNED, SCRIPT):
        shutil.copy(file, deploy)
    docker = programs / "docker"
    docker.write_text(DOCKER)
    docker.chmod(0o700)
    path = f"{programs}:{os.environ['PATH']}"
    return subprocess.run(
        [deploy / SCRIPT.name],
        env={"PATH": path, "UNKNOWN": unknown},
        capture_output=True,
        text=True,
        check=False,
    )


def test_each_image_in_use_is_pinned_as_its_service_or_in_its_build() -> None:
    pinned = re.findall(
        rf"(?:image: |{IMAGE}: docker-image://)({IMAGE})@\$", PINNED.read_text()
    )
    assert len(images_in_use()) > 3
    assert set(pinned) == images_in_use()


def test_the_script_writes_a_digest_for_each_and_keeps_other_settings(
    tmp_path: Path,
) -> None:
    settings = tmp_path / ".env"
    settings.write_text("SITE_URL=https://tasks.example.org\nREDIS_DIGEST=sha256:old")

    for _ in range(2):  # the second time it replaces what it wrote
        assert pin(tmp_path).returncode == 0

    first, *digests = settings.read_text().splitlines()
    assert first == "SITE_URL=https://tasks.example.org"
    wanted = re.findall(rf"({IMAGE})@\$\{{(\w+)", PINNED.read_text())
    assert set(digests) == {f"{name}=sha256:of-{image}" for image, name in wanted}
    assert len(digests) == len(set(digests))


def test_where_one_is_not_found_nothing_is_written(tmp_path: Path) -> None:
    done = pin(tmp_path, unknown="redis:8")

    assert done.returncode
    assert not (tmp_path / ".env").exists()
