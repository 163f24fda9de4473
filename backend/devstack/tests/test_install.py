from pathlib import Path

import pytest

from devstack import install


def test_packages_behind_a_link_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    frontend = tmp_path / "frontend"
    frontend.mkdir()
    (frontend / "node_modules").symlink_to(theirs)
    monkeypatch.setattr(install, "FRONTEND", frontend)
    monkeypatch.setattr(install, "digest", lambda _: "another")

    with pytest.raises(install.InstallError, match="remove the link"):
        install.install_node()
