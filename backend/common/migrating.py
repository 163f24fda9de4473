"""Migrations may take their time: what is made for requests would end them half-way."""

from typing import Any

from django.db import connections


def lift_statement_timeout(using: str, **kwargs: Any) -> None:
    """For `pre_migrate`: this connection's statements end when they are done.

    An index on a large table takes longer than any request may.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
