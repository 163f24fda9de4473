"""Makes what `make run` needs: `.venv`, node_modules and the built SPA.

Runs before anything is installed, so it uses the standard library alone:
`python3 backend/devstack/install.py stack spa`. What is up to date is left alone.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BACKEND, FRONTEND = ROOT / "backend", ROOT / "frontend"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MIN_PYTHON = (3, 11)
MIN_NODE = (20, 19)
_SPA_SOURCES = ("src", "public", "index.html", "*.json", "*.config.ts", "scripts")


class InstallError(RuntimeError):
    """Something is missing; the message says what to do about it."""


def say(text: str) -> None:
    print(f"install   | {text}", flush=True)


# --- Python -----------------------------------------------------------------------


def install_python(kind: str) -> None:
    """`kind` is "stack" (what `make run` needs) or "dev" (with the test tools)."""
    ensure_venv()
    lock = BACKEND / f"requirements-{kind}.txt"
    stamp = VENV / ".installed.json"
    done = read_json(stamp)
    wanted = digest([lock])
    # The dev lock holds everything the stack lock holds.
    whole = BACKEND / "requirements-dev.txt"
    if done.get(kind) == wanted or done.get("dev") == digest([whole]):
        return
    say(f"Python packages of {lock.relative_to(ROOT)}")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    # The lock file is complete. Left to resolve, pip refuses it as soon as an extra it
    # names (coverage[toml]) has a release newer than the locked one.
    locked = ["--require-hashes", "--no-deps", "-r", str(lock)]
    run([*pip, "install", "--quiet", *locked])
    stamp.write_text(json.dumps({**done, kind: wanted}))


def ensure_venv() -> None:
    if sys.version_info < MIN_PYTHON:
        raise InstallError(
            f"Python {dotted(MIN_PYTHON)} or newer is needed, "
            f"{sys.executable} is {dotted(sys.version_info[:2])}. "
            "Name another: make run PYTHON=python3.13"
        )
    if PYTHON.exists() and works(PYTHON):
        return
    say(f"virtual environment in {VENV.relative_to(ROOT)}")
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise InstallError(
            "no virtual environment could be made; on Debian and Ubuntu install the "
            f"package python3-venv ({error})"
        ) from error


def works(python: Path) -> bool:
    """Whether it still starts: its base may have been upgraded away."""
    command = [str(python), "-c", "import pip"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# --- Node -------------------------------------------------------------------------


def install_node() -> None:
    check_node()
    stamp = FRONTEND / "node_modules" / ".installed"
    wanted = digest([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if read(stamp) == wanted:
        return
    if stamp.parent.is_symlink():
        raise InstallError(
            "frontend/node_modules is a link, and npm would empty what it leads to: "
            "remove the link"
        )
    say("JavaScript packages of frontend/package-lock.json")
    run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], FRONTEND)
    stamp.write_text(wanted)


def build_spa() -> None:
    install_node()
    stamp = FRONTEND / "node_modules" / ".built"
    wanted = digest(spa_sources())
    if read(stamp) == wanted and (FRONTEND / "dist" / "index.html").exists():
        return
    say("building the SPA")
    run(["npm", "run", "--silent", "build:fast", "--", "--logLevel=warn"], FRONTEND)
    stamp.write_text(wanted)


def spa_sources() -> Iterable[Path]:
    for pattern in _SPA_SOURCES:
        for path in FRONTEND.glob(pattern):
            yield from path.rglob("*") if path.is_dir() else [path]


def check_node() -> None:
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise InstallError(
                f"{program} is not on PATH: Node.js {dotted(MIN_NODE)} or newer is "
                "needed to build the pages"
            )
    answer = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    numbers = [int(part) for part in re.findall(r"\d+", answer)]
    if tuple(numbers[:2]) < MIN_NODE:
        raise InstallError(
            f"Node.js {dotted(MIN_NODE)} or newer is needed, this is {answer}"
        )


# --- Chromium -----------------------------------------------------------------------

_SHELL = "chromium-headless-shell"
"""Chromium without a window to draw: half the work for the same pages."""
_IMPATIENT = ("-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1")


def chromium() -> str:
    """A Chromium for the browser tests; installs one where there is none."""
    given = os.environ.get("CHROMIUM_PATH")
    if given and not os.access(given, os.X_OK):
        raise InstallError(f"CHROMIUM_PATH={given} is not a program")
    return given or find_shell() or find_chromium() or fetch_chromium()


def find_shell() -> str | None:
    """What is there; on a machine that is for tests alone it is worth installing."""
    return shutil.which(_SHELL) or (from_apt(_SHELL) if os.environ.get("CI") else None)


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None) or playwrights_own()


def playwrights_own() -> str | None:
    script = "console.log(require('@playwright/test').chromium.executablePath())"
    done = subprocess.run(
        ["node", "-e", script],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        check=False,
    )
    path = done.stdout.strip()
    return path if path and os.access(path, os.X_OK) else None


def fetch_chromium() -> str:
    if may_use_apt():
        try_to(["apt-get", *_IMPATIENT, "update", "-qq"])
        found = from_apt(_SHELL) or from_apt("chromium")
    else:
        say("Chromium from Playwright")
        try_to(["npx", "playwright", "install", "chromium"])
        found = find_chromium()
    if found is None:
        raise InstallError(
            "there is no Chromium and none could be installed: install one and set "
            "CHROMIUM_PATH to its program"
        )
    return found


def may_use_apt() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def from_apt(package: str) -> str | None:
    """The program of this name, where the distribution has it."""
    if not may_use_apt():
        return None
    say(f"{package} from the distribution's packages")
    try_to(["apt-get", *_IMPATIENT, "install", "-y", "-qq", package])
    return shutil.which(package)


def try_to(command: list[str]) -> None:
    subprocess.run(
        command,
        cwd=FRONTEND,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


# --- Helpers ------------------------------------------------------------------------


def run(command: list[str], cwd: Path = ROOT) -> None:
    if subprocess.run(command, cwd=cwd, check=False).returncode != 0:
        raise InstallError(f"this failed: {' '.join(command)}")


def digest(files: Iterable[Path]) -> str:
    """Of names and contents, so that any edit, rename or deletion shows."""
    total = hashlib.sha256()
    for file in sorted(files):
        if file.is_file():
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            total.update(f"{file.relative_to(ROOT)} {content}\n".encode())
    return total.hexdigest()


def read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def read_json(file: Path) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads(file.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return content


def dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


STEPS: dict[str, Callable[[], None]] = {
    "stack": lambda: install_python("stack"),
    "dev": lambda: install_python("dev"),
    "node": install_node,
    "spa": build_spa,
}


def in_parallel(steps: list[Callable[[], None]]) -> None:
    """Python's and Node's packages have nothing to do with each other."""
    errors: list[InstallError] = []

    def guarded(step: Callable[[], None]) -> None:
        try:
            step()
        except InstallError as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def main(names: list[str]) -> int:
    try:
        if names == ["chromium"]:
            print(chromium())
        else:
            in_parallel([STEPS[name] for name in names])
    except InstallError as error:
        print(f"install   | {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
