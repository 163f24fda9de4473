"""nginx in front of everything, from the templates that the container uses too."""

import functools
import http.client
import os
import re
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devstack import binaries
from devstack.log import Log
from devstack.paths import NGINX_TEMPLATES
from devstack.service import Service

_VARIABLE = re.compile(r"\$\{(NGINX_[A-Z_]+)\}")


class Nginx(Service):
    """Serves the SPA from `spa`, or passes it on to Vite listening on `vite_port`."""

    stop_signal = signal.SIGTERM
    stop_seconds = 5.0
    stop_stage = 0

    def __init__(
        self,
        home: Path,
        log: Log,
        *,
        port: int,
        web_port: int,
        realtime_port: int,
        spa: Path,
        vite_port: int | None = None,
        listen: str = "127.0.0.1",
        trusted_proxies: tuple[str, ...] = (),
        more_web_ports: Sequence[int] = (),
        access_log: str = "off",
    ) -> None:
        super().__init__("nginx", home, log)
        self.port = port
        self._configuration = self.cwd / "conf"
        self._variables = {
            "NGINX_USER": "user root;" if os.geteuid() == 0 else "",
            "NGINX_WORKERS": "1",
            "NGINX_RUN_DIR": str(self.cwd),
            "NGINX_CONF_DIR": str(self._configuration),
            "NGINX_ACCESS_LOG": access_log,
            "NGINX_RESOLVER": "",
            "NGINX_REAL_IP": "\n".join(
                f"set_real_ip_from {proxy};" for proxy in trusted_proxies
            ),
            "NGINX_TRUSTED_PROXIES": "\n".join(
                f"{proxy} 1;" for proxy in trusted_proxies
            ),
            "NGINX_WEB": " ".join(
                f"server 127.0.0.1:{each};" for each in (web_port, *more_web_ports)
            ),
            "NGINX_REALTIME": f"server 127.0.0.1:{realtime_port};",
            "NGINX_LISTEN": _listen(listen, port),
            "NGINX_TLS": "off",
            "NGINX_SPA": "files" if vite_port is None else "vite",
            "NGINX_SPA_DIR": str(spa),
            "NGINX_VITE": f"127.0.0.1:{vite_port}",
            "NGINX_GZIP_STATIC": "gzip_static on;" if _has_gzip_static() else "",
            "NGINX_KEEPALIVE_MIN": "",
            "NGINX_LISTEN_REDIRECT": "",
            "NGINX_HTTPS_ORIGIN": "",
            "NGINX_CERTIFICATE": "",
            "NGINX_CERTIFICATE_KEY": "",
        }

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def command(self) -> list[str]:
        main = self._configuration / "nginx.conf"
        return [
            binaries.nginx(), "-p", f"{self.cwd}/", "-c", str(main), "-e", "stderr",
            "-g", "daemon off;",
        ]  # fmt: skip

    def prepare(self) -> None:
        self._configuration.mkdir(parents=True, exist_ok=True)
        for template in NGINX_TEMPLATES.glob("*.template"):
            rendered = render(template.read_text(), self._variables)
            (self._configuration / template.stem).write_text(rendered)

    def is_ready(self) -> bool:
        return self.is_running and answers(self.port, "/", 200)


def render(template: str, variables: dict[str, str]) -> str:
    """Fills in `${NGINX_…}`; an unknown one is a KeyError, not an empty string."""
    return _VARIABLE.sub(lambda match: variables[match[1]], template)


def answers(port: int, path: str, status: int) -> bool:
    """Whether a GET of the path gives the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _listen(address: str, port: int) -> str:
    lines = [f"listen {address}:{port};"]
    if address == "127.0.0.1" and _has_ipv6_loopback(port):
        lines.append(f"listen [::1]:{port};")  # where "localhost" may lead first
    return "\n".join(lines)


def _has_ipv6_loopback(port: int) -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("::1", port))
    except OSError:
        return False
    return True


@functools.cache
def _has_gzip_static() -> bool:
    answer = subprocess.run(
        [binaries.nginx(), "-V"], capture_output=True, text=True, check=False
    )
    return "--with-http_gzip_static_module" in answer.stderr
