"""Values in statements that each request brings."""

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
