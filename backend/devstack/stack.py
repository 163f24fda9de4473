"""The whole application as local processes, to run, to test against and to break."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from devstack import ports, programs
from devstack.home import Home
from devstack.log import Log
from devstack.nginx import Nginx
from devstack.paths import BACKEND, SPA
from devstack.postgres import Postgres, Replica
from devstack.programs import Vite
from devstack.service import Service, ServiceError
from devstack.valkey import Valkey

PROGRAMS = ("web", "realtime", "worker", "beat")
_STARTUP_FAILURES = 3


class Stopped(Exception):  # noqa: N818 - not an error
    """Somebody asked to stop while the stack was starting."""


class Stack:
    """PostgreSQL, Valkey, the programs and nginx under one roof.

        with Stack(tmp_path, nginx=False, durable=False) as stack:
            requests.get(f"{stack.url}/health/ready/")
            stack.stop("worker")
            stack.kill("valkey"); stack.wipe("valkey"); stack.start("valkey")
            stack.restart("postgres", signal.SIGQUIT)   # "immediate"

    `programs` says which of web, realtime, worker and beat to run; `workers` runs that
    many (worker, worker2, …), `webs` as many of web behind nginx, and `replica` a
    streaming replica for reads. `settings` are extra environment variables. With
    `revive`, a part that dies is started again, as `make run` does; without, it stays
    dead until `start(name)`. Everything logs to `<home>/stack.log` unless `log` is
    given. `durable=False` lets PostgreSQL skip fsync: what it acknowledged survives
    any end of its processes, though not a power failure.

    A `DATABASE_URL` or `REDIS_URL` in `settings` is used instead of an own server.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int | None = None,
        programs: Iterable[str] = PROGRAMS,
        workers: int = 1,
        webs: int = 1,
        replica: bool = False,
        nginx: bool = True,
        vite: bool = False,
        spa: Path = SPA,
        access_log: str = "off",
        settings: Mapping[str, str] | None = None,
        revive: bool = False,
        durable: bool = True,
        log: Log | None = None,
    ) -> None:
        self.home = Home(home)
        self.log = log or Log.to_file(self.home.path / "stack.log")
        self._owns_log = log is None
        self.services: dict[str, Service] = {}
        self._settings = dict(settings or {})
        self._programs = tuple(programs)
        self._workers = _names("worker", workers)
        self._webs = _names("web", webs)
        self._has_replica = replica
        self._has_nginx = nginx
        self._has_vite = vite
        self._spa = spa
        self._access_log = access_log
        self._is_durable = durable
        self._wants_revival = revive
        self.is_stopping = False
        self._watcher: threading.Thread | None = None
        self._ports: dict[str, int] = {}
        self._wanted_port = port

    # --- What tests and programs need to know -----------------------------------

    @property
    def url(self) -> str:
        """The address people use: nginx's, or web's where there is no nginx."""
        return f"http://localhost:{self._ports['nginx' if self._has_nginx else 'web']}"

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self._ports['web']}"

    @property
    def realtime_url(self) -> str:
        return f"http://127.0.0.1:{self._ports['realtime']}"

    def metrics_url(self, name: str) -> str:
        """Where Prometheus asks the program of this name, beside nginx."""
        return f"http://127.0.0.1:{self._ports[name]}/metrics"

    @property
    def environment(self) -> dict[str, str]:
        """What the programs, `manage.py` and pytest run with."""
        secrets = {
            f"{name}_FILE": str(self.home.secret_file(name.lower()))
            for name in ("SECRET_KEY", "JWT_SIGNING_KEY")
            if name not in self._settings
        }
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": self._database_url(),
            "REDIS_URL": self._redis_url(),
            **self._replica_url(),
            "SITE_URL": self.url,
            "STATIC_ROOT": str(self.home.path / "static"),
            "LOG_FORMAT": "console",
            **secrets,
            **self._settings,
        }

    # --- The whole ---------------------------------------------------------------

    def __enter__(self) -> Self:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> None:
        """Starts everything and returns once it serves.

        Raises ServiceError with a message for people, and Stopped after `ask_to_stop`.
        """
        self.home.acquire()
        self._choose_ports()
        self._build()
        self.home.write_state({"url": self.url, "environment": self.environment})
        collectstatic = self._begin_collectstatic() if self._programs else None
        self._start_servers()
        if self._programs:
            self._start_programs(collectstatic)
        if self._wants_revival:
            self._watcher = threading.Thread(target=self.watch, daemon=True)
            self._watcher.start()

    def ask_to_stop(self) -> None:
        """Ends `open` and `watch` early; safe to call from a signal handler.

        A plain flag: a handler that asks for a lock waits for good where it interrupts
        whoever holds it, and `threading.Event` is a lock.
        """
        self.is_stopping = True

    def close(self) -> None:
        """Stops everything, front to back, and lets the directory go."""
        self.ask_to_stop()
        if self._watcher is not None:
            self._watcher.join()
        for stage in range(3):
            _in_parallel([s for s in self.services.values() if s.stop_stage == stage])
        if self.services:
            self.home.end_leftovers()
        self.home.release()
        if self._owns_log:
            self.log.close()

    def watch(self) -> None:
        """Starts again what dies, until asked to stop."""
        while not self.is_stopping:
            time.sleep(0.2)
            for service in list(self.services.values()):
                if not self.is_stopping:
                    self._revive(service)

    def _revive(self, service: Service) -> None:
        try:
            service.revive()
        except (ServiceError, OSError) as error:
            self.log.line("devstack", f"{service.name}: {error}")

    # --- One part ------------------------------------------------------------------

    def start(self, name: str) -> None:
        self.services[name].start()

    def stop(self, name: str) -> None:
        self.services[name].stop()

    def kill(self, name: str) -> None:
        self.services[name].kill()

    def restart(self, name: str, number: signal.Signals | None = None) -> None:
        self.services[name].restart(number)

    def freeze(self, name: str) -> None:
        self.services[name].freeze()

    def thaw(self, name: str) -> None:
        self.services[name].thaw()

    def wipe(self, name: str) -> None:
        """Deletes the data of PostgreSQL or Valkey, which must not be running."""
        service = self.services[name]
        if not isinstance(service, Postgres | Valkey):
            raise ServiceError(f"{name} has no data")
        service.wipe()

    def manage(self, *arguments: str) -> str:
        """Runs a management command and returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BACKEND,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServiceError(f"manage.py {arguments[0]} failed:\n{done.stderr}")
        return done.stdout

    # --- How -------------------------------------------------------------------------

    def _choose_ports(self) -> None:
        """nginx (or web) gets the wanted port, the others those right after it."""
        first, *others = ("nginx", "web") if self._has_nginx else ("web", "nginx")
        wanted = self._wanted_port
        if wanted is not None and not ports.is_free(wanted):
            raise ServiceError(
                f"port {wanted} is taken by {ports.holder(wanted)}. "
                "Stop it, or choose another port: PORT=9100 make run"
            )
        self._ports[first] = wanted or ports.free_port()
        servers = ("realtime", "postgres", "valkey", "vite", "beat", "replica")
        for name in (*others, *servers, *self._workers, *self._webs[1:]):
            taken = set(self._ports.values())
            preferred = self._ports[first] + len(taken)
            self._ports[name] = ports.free_port(preferred, taken)

    def _build(self) -> None:
        # In this order: the programs need the servers' addresses.
        for build in (self._build_servers, self._build_programs, self._build_fronts):
            self.services.update({service.name: service for service in build()})

    def _build_servers(self) -> Iterable[Service]:
        home = self.home
        if "DATABASE_URL" not in self._settings:
            primary = Postgres(
                home.path,
                self.log,
                port=self._ports["postgres"],
                password=home.secret("database_password"),
                durable=self._is_durable,
            )
            yield primary
            if self._has_replica:
                port = self._ports["replica"]
                yield Replica(home.path, self.log, port=port, primary=primary)
        if "REDIS_URL" not in self._settings:
            yield Valkey(
                home.path,
                self.log,
                port=self._ports["valkey"],
                password=home.secret("redis_password"),
            )

    def _build_programs(self) -> Iterable[Service]:
        home, log = self.home.path, self.log
        environment = {
            **os.environ,
            **self.environment,
            "PYTHONUNBUFFERED": "1",
            "GUNICORN_LOG_LEVEL": "warning",
        }
        if "web" in self._programs:
            for name in self._webs:
                yield programs.web(home, log, environment, self._ports[name], name)
        if "realtime" in self._programs:
            yield programs.realtime(home, log, environment, self._ports["realtime"])
        if "worker" in self._programs:
            for name in self._workers:
                yield programs.worker(home, log, environment, self._ports[name], name)
        if "beat" in self._programs:
            yield programs.beat(home, log, environment, self._ports["beat"])

    def _build_fronts(self) -> Iterable[Service]:
        if self._has_vite:
            yield Vite(self.home.path, self.log, port=self._ports["vite"])
        if self._has_nginx:
            yield Nginx(
                self.home.path,
                self.log,
                port=self._ports["nginx"],
                web_port=self._ports["web"],
                more_web_ports=[self._ports[name] for name in self._webs[1:]],
                realtime_port=self._ports["realtime"],
                spa=self._spa,
                vite_port=self._ports["vite"] if self._has_vite else None,
                listen=os.environ.get("LISTEN", "127.0.0.1"),
                access_log=self._access_log,
            )

    def _database_url(self) -> str:
        service = self.services.get("postgres")
        return service.url if isinstance(service, Postgres) else ""

    def _replica_url(self) -> dict[str, str]:
        service = self.services.get("replica")
        if not isinstance(service, Replica):
            return {}
        return {"DATABASE_REPLICA_URL": service.url}

    def _redis_url(self) -> str:
        service = self.services.get("valkey")
        return service.url if isinstance(service, Valkey) else ""

    def _start_servers(self) -> None:
        servers = [
            s for s in self.services.values() if isinstance(s, Postgres | Valkey)
        ]
        replicas = [s for s in servers if isinstance(s, Replica)]
        primaries = [s for s in servers if s not in replicas]
        for stage in (primaries, replicas):  # these are copied from those
            for service in stage:
                service.start(wait=False)
            self._wait_for(stage)

    def _start_programs(self, collectstatic: Service | None) -> None:
        migrate = self._manage_in_background("migrate", "--noinput", "--verbosity=0")
        if collectstatic is not None:
            self._finish(collectstatic)
            self.home.set_stamp("static", _static_sources())
        # Neither opens the database before the first request, so they may load
        # while migrations run; the others poll it from their first second on.
        names = (*self._webs, "realtime")
        early = [self.services[name] for name in names if name in self.services]
        rest = [s for s in self.services.values() if not s.is_wanted and s not in early]
        for service in early:
            service.start(wait=False)
        self._finish(migrate)
        for service in rest:
            service.start(wait=False)
        self._wait_for([*early, *rest])

    def _wait_for(self, services: Sequence[Service]) -> None:
        """Until all are ready; those that die on the way get two more tries."""
        deadline = time.monotonic() + 60
        waiting = list(services)
        while waiting:
            self._check_stop()
            waiting = [service for service in waiting if not service.is_ready()]
            for service in waiting:
                service.revive()
                if service.failures >= _STARTUP_FAILURES:
                    raise ServiceError(f"{service.name} does not stay up; see its log")
            if time.monotonic() > deadline:
                names = ", ".join(service.name for service in waiting)
                raise ServiceError(f"not ready after 60 s: {names}")
            time.sleep(0.05)

    def _check_stop(self) -> None:
        if self.is_stopping:
            raise Stopped

    def _begin_collectstatic(self) -> Service | None:
        """Only when Django's own static files can have changed: it takes seconds."""
        if self.home.stamp("static") == _static_sources():
            return None
        return self._manage_in_background("collectstatic", "--noinput", "-v0")

    def _manage_in_background(self, *arguments: str) -> Service:
        environment = {**os.environ, **self.environment}
        job = programs.Program(
            arguments[0],
            self.home.path,
            self.log,
            environment=environment,
            arguments=["manage", *arguments],
        )
        job.start(wait=False)
        return job

    def _finish(self, job: Service) -> None:
        try:
            while job.is_running:
                self._check_stop()
                time.sleep(0.02)
        finally:
            code = job.exit_code
            job.stop()
        if code != 0:
            raise ServiceError(f"{job.name} failed; see its log")


def _names(program: str, count: int) -> list[str]:
    """web, web2, web3, …"""
    return [program, *(f"{program}{number}" for number in range(2, count + 1))]


def _static_sources() -> str:
    """Changes with the packages that bring static files, and with our own."""
    lock_file = (BACKEND / "requirements.txt").read_bytes()
    own = sorted(BACKEND.glob("*/static/**/*"))
    sources = [f"{path}:{path.stat().st_mtime_ns}" for path in own]
    return hashlib.sha256(lock_file + "\n".join(sources).encode()).hexdigest()


def _in_parallel(stage: list[Service]) -> None:
    threads = [threading.Thread(target=service.stop) for service in stage]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
