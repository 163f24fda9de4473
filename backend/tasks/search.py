"""Full-text search in title and description.

`tasks_task.search` holds the words of both, title before description in rank; its
index holds the owner beside each word. The words are PostgreSQL's `simple` ones, of no
particular language: nothing is stemmed away, and every word matches as a prefix.

The column is the database's own (a generated one, made by a migration) and no field of
the model, so that no query drags it along.
"""

import re

from django.db.models import BooleanField, FloatField, Func

MAX_SEARCH_LENGTH = 200
MAX_TERMS = 20
TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


def tsquery_text(text: str) -> str:
    """What a person typed, for `to_tsquery`: `pay "the rent"` → `'pay':* & 'the rent'`.

    In quotes, nothing in a term is an operator. A phrase is its words in a row.
    """
    terms = [
        f"{quote(word)}:*" if word else quote(phrase)
        for phrase, word in TERM.findall(text)
        if phrase.strip() or word
    ]
    return " & ".join(terms[:MAX_TERMS])


def quote(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


class Matches(Func):
    """Whether a task matches what `tsquery_text` made."""

    template = '"tasks_task"."search" @@ to_tsquery(\'simple\', %(expressions)s)'
    output_field = BooleanField()


class Distance(Func):
    """The better a task matches, the smaller: its rank with a minus sign."""

    template = (
        '-ts_rank("tasks_task"."search", to_tsquery(\'simple\', %(expressions)s))'
    )
    output_field = FloatField()
