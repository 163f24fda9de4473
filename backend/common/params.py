"""Values in statements: brought by each request, or bound right here."""

from collections.abc import Callable
from typing import Any

from django.db.models import Expression, TextField


class Param(Expression):
    """A value that each request brings, as a typed placeholder of a cached statement.

    It stands wherever the ORM takes an expression: `filter(user_id=Param("user",
    "bigint"))`. See `common.json_list`.
    """

    def __init__(self, name: str, cast: str) -> None:
        super().__init__(output_field=TextField())
        self.name, self.cast = name, cast

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"%s::{self.cast}", (self,)


class Bound(Expression):
    """A Param's value itself, for a statement that runs once."""

    def __init__(self, cast: str, value: Any) -> None:
        super().__init__(output_field=TextField())
        self.cast, self.value = cast, value

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f"%s::{self.cast}", (self.value,)


MakeParam = Callable[[str, str], Expression]
"""Makes the placeholder of a value from its name and its PostgreSQL type."""
