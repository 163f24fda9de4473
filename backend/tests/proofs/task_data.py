"""Strategies for what a client may send as a task."""

from datetime import date

from hypothesis import strategies as st

# What PostgreSQL can hold and JSON can say: no NUL and no surrogates.
CHARACTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
WORDS = st.text(CHARACTERS, min_size=1, max_size=12).filter(str.strip)

TITLES = st.one_of(
    WORDS,
    st.sampled_from(["Pay rent", "pay rent", "Äpfel", "a", "x" * 200, "  padded  "]),
)
LABEL_POOL = ["home", "Home", "work", "café", "ﬁ", "日本", "a,b", "a/b"]
LABELS = st.lists(
    st.sampled_from(LABEL_POOL), max_size=4, unique_by=lambda label: label.casefold()
)
DUE_DATES = st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(str)
DUE_TIMES = st.none() | st.times().map(lambda time: f"{time:%H:%M}")
STATUSES = st.sampled_from(["pending", "in_progress", "completed"])
PRIORITIES = st.sampled_from(["low", "medium", "high"])

EVERY_FIELD = {
    "title": TITLES,
    "description": st.text(CHARACTERS, max_size=20),
    "priority": PRIORITIES,
    "status": STATUSES,
    "due_date": DUE_DATES,
    "due_time": DUE_TIMES,
    "labels": LABELS,
}
WHOLE = st.fixed_dictionaries(EVERY_FIELD)
NEW = st.fixed_dictionaries(
    {"title": TITLES},
    optional={name: EVERY_FIELD[name] for name in EVERY_FIELD if name != "title"},
)
CHANGES = st.one_of(
    *(st.fixed_dictionaries({name: EVERY_FIELD[name]}) for name in EVERY_FIELD),
    st.fixed_dictionaries({}, optional=EVERY_FIELD),
)
