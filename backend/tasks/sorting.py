"""What tasks can be sorted by; each has an index in `tasks.models`."""

from django.db.models import F, Func
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower


def due_or(edge: str) -> Func:
    """The due date, or the end of time that puts a task without one last."""
    template = f"coalesce(%(expressions)s, '{edge}'::date)"
    return Func(F("due_date"), template=template)


NEVER = RawSQL("'infinity'::date", ())
DUE_ASCENDING = due_or("infinity")
DUE_DESCENDING = due_or("-infinity")
TITLE = Lower("title")
PRIORITY = Func(
    F("priority"),
    template="array_position('{low,medium,high}'::text[], %(expressions)s::text)",
)
