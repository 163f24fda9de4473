import select
from typing import Any

from django.db.backends.postgresql import base

from common.metrics import time_query


class DatabaseWrapper(base.DatabaseWrapper):
    """What `ENGINE = "common.postgres"` gives."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(time_query)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        # The names of statements this very connection has prepared.
        self.prepared: set[str] = set()
        return connection

    def is_usable(self) -> bool:
        """Whether the server still holds the other end: asked of the socket alone.

        Django asks `SELECT 1` at the start of each request that uses the database. But
        a server that has gone away (restart, idle timeout, kill) has closed the
        connection or said goodbye on it, and an idle connection has nothing to be read
        otherwise: a system call tells what a round trip would.
        """
        if self.connection is None or self.connection.closed:
            return False
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        return not poll.poll(0)
