"""An embedded PostgreSQL: its cluster is one directory, its address is loopback."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg2

from devstack import binaries, processes
from devstack.log import Log
from devstack.service import Service, ServiceError

USER = DATABASE = "tasks"
_LIBPQ = {"dbname": "database"}  # others are called as in the URL
_UNSAFE = ("fsync=off", "full_page_writes=off")
_CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


class Postgres(Service):
    """`durable=False` trades safety against power loss for speed: for tests only."""

    stop_signal = signal.SIGINT  # "fast": ends connections, writes a checkpoint
    stop_seconds = 20.0
    stop_stage = 2

    def __init__(
        self,
        home: Path,
        log: Log,
        *,
        port: int,
        password: str,
        durable: bool = True,
        name: str = "postgres",
    ) -> None:
        super().__init__(name, home, log)
        self.port = port
        self.password = password
        self.is_durable = durable
        self._data = self.cwd / "data"

    @property
    def url(self) -> str:
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def command(self) -> list[str]:
        settings = [
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=100",
            "timezone=UTC",
            "log_checkpoints=off",
            *(() if self.is_durable else _UNSAFE),
        ]
        options = [part for setting in settings for part in ("-c", setting)]
        return [binaries.postgres("postgres"), "-D", str(self._data), *options]

    def prepare(self) -> None:
        self._end_stragglers()
        if not (self._data / "PG_VERSION").exists():
            self._create_cluster()
        self._check_version()
        # Nothing of this cluster runs any more, so its lock file is stale; left there,
        # a process that got the same number since would keep the server from starting.
        (self._data / "postmaster.pid").unlink(missing_ok=True)

    def is_ready(self) -> bool:
        if not self.is_running:
            return False
        try:
            self._ensure_database()
        except psycopg2.OperationalError:
            return False
        return True

    def _ensure_database(self) -> None:
        with self._cursor("postgres") as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        """Runs one statement outside a transaction; the rows, if it has any."""
        with self._cursor(DATABASE) as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @contextlib.contextmanager
    def _cursor(self, database: str) -> Iterator[psycopg2.extensions.cursor]:
        url = self.url.removesuffix(DATABASE) + database
        connection = psycopg2.connect(url, connect_timeout=2)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def wipe(self) -> None:
        """Deletes the cluster; only while it is stopped."""
        if self.is_running:
            raise ServiceError("stop PostgreSQL before wiping it")
        shutil.rmtree(self._data, ignore_errors=True)

    # PostgreSQL refuses to run as root, so root runs it as `nobody`.

    def user_options(self) -> Iterable[str]:
        if os.geteuid() != 0:
            return []
        group = pwd.getpwnam("nobody").pw_gid
        return [
            "--reuid=nobody",
            f"--regid={group}",
            "--clear-groups",
            *self._capability_options(),
        ]

    def _capability_options(self) -> list[str]:
        """Lets `nobody` read below a private directory such as /root."""
        places = (self.cwd, Path(binaries.postgres("postgres")).parent)
        if all(_is_open_to_all(place) for place in places):
            return []
        held = _effective_capabilities()
        for name, bit in _CAPABILITIES.items():
            if held >> bit & 1:
                return [
                    # Or access(2), by which initdb finds itself, would ignore it.
                    "--securebits=+no_setuid_fixup",
                    f"--inh-caps=+{name}",
                    f"--ambient-caps=+{name}",
                ]
        return []

    def _privileges(self) -> list[str]:
        prefix = super()._privileges()
        if os.geteuid() == 0 and not prefix:
            raise ServiceError(
                "PostgreSQL does not run as root: use another user, set DATABASE_URL "
                "to a server you have, or install setpriv (package util-linux)"
            )
        return prefix

    def _create_cluster(self) -> None:
        fresh = self.cwd / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self.cwd.mkdir(parents=True, exist_ok=True)
        password_file = self.cwd / "password"
        password_file.write_text(self.password)
        password_file.chmod(0o600)
        if os.geteuid() == 0:
            for path in (self.cwd, password_file):
                shutil.chown(path, "nobody")
        try:
            self._fill(fresh, password_file)
        finally:
            password_file.unlink()
        fresh.rename(self._data)  # so that a half-made cluster is never taken for one

    def _fill(self, directory: Path, password_file: Path) -> None:
        self._run(
            binaries.postgres("initdb"),
            f"--pgdata={directory}",
            f"--username={USER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(() if self.is_durable else ("--no-sync",)),
        )

    def _run(self, program: str, *arguments: str, **variables: str) -> None:
        done = subprocess.run(
            [*self._privileges(), program, *arguments],
            cwd=self.cwd,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise ServiceError(f"{Path(program).name} failed: {done.stderr.strip()}")

    def _check_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text().strip()
        answer = subprocess.run(
            [binaries.postgres("postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        major = answer.split()[-1].split(".")[0]
        if made_by != major:
            raise ServiceError(
                f"{self._data} was made by PostgreSQL {made_by}, this is {major}: "
                "move it away, or dump it with the old version and load it here"
            )

    def _end_stragglers(self) -> None:
        """Backends outlive a killed postmaster for a moment and bar the next one."""
        processes.end(processes.leftovers(self.cwd), signal.SIGKILL, 5)


class Replica(Postgres):
    """A streaming replica, copied from its primary at the first start."""

    def __init__(self, home: Path, log: Log, *, port: int, primary: Postgres) -> None:
        super().__init__(
            home,
            log,
            port=port,
            password=primary.password,
            durable=primary.is_durable,
            name="replica",
        )
        self._primary = primary

    def _fill(self, directory: Path, password_file: Path) -> None:
        """Copies a running primary; --write-recovery-conf keeps the password, too."""
        self._run(
            binaries.postgres("pg_basebackup"),
            f"--pgdata={directory}",
            "--checkpoint=fast",
            "--write-recovery-conf",
            **for_tools(self._primary.url),
        )


def for_tools(url: str) -> dict[str, str]:
    """Variables for psql and its like: where they are, and their database.

    Not arguments: those of a program are for everybody to see.
    """
    given = psycopg2.extensions.parse_dsn(url)
    variables = {
        f"PG{_LIBPQ.get(name, name).upper()}": value for name, value in given.items()
    }
    programs = Path(binaries.postgres("pg_dump")).parent
    return {**variables, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def _is_open_to_all(directory: Path) -> bool:
    return all(
        place.stat().st_mode & stat.S_IXOTH
        for place in (directory.resolve(), *directory.resolve().parents)
        if place.exists()
    )


def _effective_capabilities() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0
