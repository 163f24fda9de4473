"""An embedded Valkey on loopback that keeps its data in one directory."""

import shutil
import socket
from pathlib import Path

from devstack import binaries
from devstack.log import Log
from devstack.service import Service, ServiceError

_CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {directory}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
set-proc-title no
loglevel warning
"""
_PING_ANSWERS = 2  # one to AUTH, one to PING


class Valkey(Service):
    """Append-only file synced every second; never evicts, as a broker must not."""

    stop_stage = 2

    def __init__(self, home: Path, log: Log, *, port: int, password: str) -> None:
        super().__init__("valkey", home, log)
        self.port = port
        self.password = password
        self._configuration = self.cwd / "valkey.conf"
        self._data = self.cwd / "data"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [binaries.valkey(), str(self._configuration)]

    def prepare(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True)
        self._configuration.touch(mode=0o600)
        self._configuration.write_text(
            _CONFIGURATION.format(
                port=self.port, password=self.password, directory=self._data
            )
        )

    def is_ready(self) -> bool:
        if not self.is_running:
            return False
        try:
            return self._ping()
        except OSError:
            return False

    def _ping(self) -> bool:
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
            link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < _PING_ANSWERS:
                part = link.recv(256)
                if not part:
                    return False
                answer += part
        return answer.endswith(b"+PONG\r\n")

    def wipe(self) -> None:
        """Deletes all its data; only while it is stopped."""
        if self.is_running:
            raise ServiceError("stop Valkey before wiping it")
        shutil.rmtree(self._data, ignore_errors=True)
