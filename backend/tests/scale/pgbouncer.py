"""A real PgBouncer that pools transactions, as it may stand before PostgreSQL."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from devstack.log import Log
from devstack.ports import free_port
from devstack.postgres import DATABASE, USER, Postgres
from devstack.service import Service

PROGRAM = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
POOL = 4  # connections to PostgreSQL, for everybody together

CONFIGURATION = """\
[databases]
{database} = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {users}
admin_users = {user}
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 500
server_login_retry = 1
"""


class PgBouncer(Service):
    stop_stage = 2

    def __init__(self, home: Path, log: Log, postgres: Postgres) -> None:
        super().__init__("pgbouncer", home, log)
        self.postgres = postgres
        self.port = free_port()

    @property
    def url(self) -> str:
        return self.postgres.url.replace(f":{self.postgres.port}/", f":{self.port}/")

    def command(self) -> list[str]:
        return [str(PROGRAM), "--quiet", str(self.cwd / "pgbouncer.ini")]

    def prepare(self) -> None:
        self.cwd.mkdir(exist_ok=True)
        users, configuration = self.cwd / "users.txt", self.cwd / "pgbouncer.ini"
        users.write_text(f'"{USER}" "{self.postgres.password}"\n')
        configuration.write_text(
            CONFIGURATION.format(
                database=DATABASE,
                server=self.postgres.port,
                port=self.port,
                users=users,
                user=USER,
                pool=POOL,
            )
        )
        if os.geteuid() == 0:  # which it refuses to be
            for path in (self.home, self.cwd, users, configuration):
                shutil.chown(path, "nobody")

    def user_options(self) -> Iterable[str]:
        if os.geteuid() != 0:
            return []
        group = pwd.getpwnam("nobody").pw_gid
        return ["--reuid=nobody", f"--regid={group}", "--clear-groups"]

    def is_ready(self) -> bool:
        try:
            with closing(psycopg2.connect(self.url, connect_timeout=2)):
                return self.is_running
        except psycopg2.OperationalError:
            return False

    def tell(self, command: str) -> None:
        """A command of its admin console."""
        url = self.url.removesuffix(DATABASE) + "pgbouncer"
        with closing(psycopg2.connect(url)) as connection:
            connection.autocommit = True
            connection.cursor().execute(command)


@contextmanager
def pgbouncer(log: Log, postgres: Postgres) -> Iterator[PgBouncer]:
    # Not pytest's directory, which is closed to the user that it runs as.
    with (
        tempfile.TemporaryDirectory() as home,
        PgBouncer(Path(home), log, postgres) as pool,
    ):
        yield pool
