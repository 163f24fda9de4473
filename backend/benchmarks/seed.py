"""Rows to measure on: made inside PostgreSQL, in seconds, the same every time."""

from dataclasses import dataclass

import psycopg2
from django.contrib.auth.hashers import PBKDF2PasswordHasher

PASSWORD = "correct horse battery"  # noqa: S105 - of a database that holds no secrets
_VOCABULARY = """
pay rent call plumber buy milk bread write report review budget plan trip book flight
clean kitchen fix bike update website send invoice read paper prepare talk meet team
order parts check mail water plants renew passport visit dentist wash car paint fence
sort photos backup laptop file taxes study spanish cook dinner walk dog train run print
tickets return parcel garden window school lesson guest bed lamp battery insurance
letter doctor medicine shoes coat winter summer picture
"""
WORDS = _VOCABULARY.split()
COMMON_WORD, ABSENT_WORD = "invoice", "zymurgy"


@dataclass(frozen=True)
class Size:
    """How many rows; `people` with `each` tasks, then one owner with `largest`."""

    people: int = 5_000
    each: int = 100
    largest: int = 100_000
    rows: int = 1_000_000
    """Filled up with further people where the others make fewer."""

    @property
    def small_owner(self) -> int:
        return self.people // 2

    @property
    def large_owner(self) -> int:
        return self.people + 1

    @property
    def extra_people(self) -> int:
        missing = self.rows - self.people * self.each - self.largest
        return max(0, -(-missing // self.each))

    @property
    def all_people(self) -> int:
        return self.people + 1 + self.extra_people

    @property
    def total(self) -> int:
        return (self.people + self.extra_people) * self.each + self.largest


SMOKE = Size(people=20, each=100, largest=1_000, rows=3_000)

_USERS = """
INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name,
                       is_staff, is_active, date_joined, email, time_zone, role)
SELECT n, %(password)s, false, 'user' || n, '', '', false, true, now(),
       'user' || n || '@example.org', 'UTC', 'member'
FROM generate_series(1, %(people)s) AS n
"""
_STREAMS = """
INSERT INTO events_stream (owner_id, kind) SELECT id, 'tasks' FROM auth_user
"""
_TEXTS = """
CREATE TEMPORARY TABLE texts AS
SELECT n, (
  SELECT string_agg(word, ' ' ORDER BY random())
  FROM unnest(%(words)s::text[]) AS word WHERE n > 0 AND random() < 0.35
) AS body
FROM generate_series(1, 5000) AS n
"""
_TASKS = """
INSERT INTO tasks_task (user_id, title, description, priority, status, due_date,
                        due_time, labels, completed_at, created_at, updated_at)
SELECT user_id,
       initcap(word[1 + word1]) || ' ' || word[1 + word2] || ' ' || word[1 + word3]
         || CASE WHEN made.n %% 2 = 0 THEN ' ' || word[1 + word4] ELSE '' END,
       coalesce(body, ''),
       CASE WHEN mood < 2 THEN 'low' WHEN mood < 8 THEN 'medium' ELSE 'high' END,
       CASE WHEN state < 5 THEN 'pending' WHEN state < 7 THEN 'in_progress'
            ELSE 'completed' END,
       due, CASE WHEN made.n %% 3 = 0 AND due IS NOT NULL THEN time '17:00' END,
       CASE made.n %% 5 WHEN 0 THEN array['home', 'urgent'] WHEN 1 THEN array['work']
                   WHEN 2 THEN array['errands'] ELSE '{}' END,
       CASE WHEN state >= 7 THEN made END, made, made
FROM (
  SELECT n, user_id, %(words)s::text[] AS word,
         date '2026-01-01' + n * interval '7.123457 seconds' AS made,
         CASE WHEN random() < 0.7 THEN date '2026-06-01' + (random() * 400)::int END
           AS due,
         floor(random() * %(word_count)s)::int AS word1,
         floor(random() * %(word_count)s)::int AS word2,
         floor(random() * %(word_count)s)::int AS word3,
         floor(random() * %(word_count)s)::int AS word4,
         floor(random() * 10) AS mood, floor(random() * 10) AS state,
         CASE WHEN random() < 0.33 THEN 1 + floor(random() * 5000)::int END AS text
  FROM (
    SELECT user_id, row_number() OVER (ORDER BY random()) AS n FROM (
      SELECT user_id FROM generate_series(1, %(people)s) AS user_id,
             generate_series(1, %(each)s) WHERE user_id <> %(large_owner)s
      UNION ALL SELECT %(large_owner)s FROM generate_series(1, %(largest)s)
    ) AS owned
  ) AS mixed
) AS made LEFT JOIN texts ON texts.n = made.text
ORDER BY made.n
"""
_RESET = """
SELECT setval(pg_get_serial_sequence('auth_user', 'id'), max(id)) FROM auth_user
"""
_TALLYING = "tasks_task_tally_insert"
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = 'tasks_task'::regclass AND NOT indisunique
"""


def fill(url: str, size: Size) -> None:
    """Empties the tables and fills them; tasks of all owners lie mixed, as in life."""
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            _fill(cursor, size)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    finally:
        connection.close()


def _fill(cursor: psycopg2.extensions.cursor, size: Size) -> None:
    hashed = PBKDF2PasswordHasher().encode(PASSWORD, "benchmark")
    cursor.execute("SELECT setseed(0.5)")
    cursor.execute("TRUNCATE auth_user RESTART IDENTITY CASCADE")
    # Foreign keys are not checked row by row: what is put in is sound. It is counted.
    cursor.execute("SET LOCAL session_replication_role = replica")
    cursor.execute(f"ALTER TABLE tasks_task ENABLE ALWAYS TRIGGER {_TALLYING}")
    cursor.execute(_USERS, {"people": size.all_people, "password": hashed})
    cursor.execute(_STREAMS)
    cursor.execute(_TEXTS, {"words": WORDS})
    cursor.execute(_INDEXES)
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    cursor.execute(
        _TASKS,
        {
            "people": size.all_people,
            "each": size.each,
            "largest": size.largest,
            "large_owner": size.large_owner,
            "words": WORDS,
            "word_count": len(WORDS),
        },
    )
    cursor.execute(f"ALTER TABLE tasks_task ENABLE TRIGGER {_TALLYING}")
    cursor.execute("SET LOCAL session_replication_role = origin")
    cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    cursor.execute(_RESET)
