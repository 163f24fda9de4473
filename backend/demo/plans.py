"""What the demo person has to do: believable work, spread around today."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

# (title, labels, priority or "" for the default)
AT_HAND: list[tuple[str, list[str], str]] = [
    ("Send the November invoice to the client", ["work"], "high"),
    ("Renew the domain before it lapses", ["admin"], "medium"),
    ("Write the migration guide for 2.0", ["work"], "high"),
    ("Pay rent", ["home"], "high"),
    ("Call the plumber about the kitchen tap", ["home", "errand"], "medium"),
    ("Book the train to Lyon", ["errand"], "low"),
    ("Water the plants", ["home"], "low"),
    ("Sketch the garden shed", ["home"], "low"),
    ("Read the paper on keyset pagination", ["work"], "medium"),
]
VERBS = ["Review", "Draft", "Plan", "Check", "Update", "Discuss", "Finish", "Prepare"]
SUBJECTS = [
    "the quarterly budget", "the onboarding notes", "the backup rehearsal",
    "the release checklist", "the supplier contract", "the holiday rota",
    "the tax folder", "the reading list", "the insurance renewal",
    "the accessibility audit", "the search prototype", "the interview questions",
    "the bike service", "the birthday dinner", "the board meeting agenda",
    "the photo archive", "the price comparison", "the customer survey",
    "the server migration", "the talk for the user group",
]  # fmt: skip
ASIDES = ["", "", "", " with Ana", " with the team", " for Q1", " before Friday"]
LABELS = ["work", "home", "admin", "errand"]
GUIDE = """Cover the three things people hit first:

1. the new settings names
2. running both colours during the switch
3. rolling back

- [x] Collect questions from the tracker
- [x] Draft the outline
- [ ] Try every command on a clean machine
- [ ] Ask somebody new to read it
- [ ] Publish

Keep it under two pages."""


@dataclass(frozen=True)
class Plan:
    """One task: what is written, and how many days ago it was."""

    fields: dict[str, Any]
    age_days: int


def plans(today: date, count: int) -> Iterator[Plan]:
    """Oldest first; the same for the same day and count."""
    dice = random.Random(f"{today}")  # noqa: S311 - believable, not secret
    far = [background(today, dice) for _ in range(count - len(AT_HAND))]
    yield from sorted(far, key=lambda plan: -plan.age_days)
    yield from (at_hand(today, n) for n in range(len(AT_HAND)))


def at_hand(today: date, n: int) -> Plan:
    title, labels, priority = AT_HAND[n]
    fields: dict[str, Any] = {
        "title": title,
        "labels": labels,
        "priority": priority,
    }
    if title not in ("Sketch the garden shed", "Read the paper on keyset pagination"):
        fields["due_date"] = today + timedelta(days={0: -4, 1: -1}.get(n, 0))
    if n in (1, 2):
        fields["status"] = "in_progress"
    if title.startswith("Write the migration guide"):
        fields |= {"due_time": time(17), "description": GUIDE}
    if title == "Water the plants":
        fields |= {"due_time": time(9, 10), "status": "completed"}
    return Plan(fields, age_days=0)


def background(today: date, dice: random.Random) -> Plan:
    age_days = dice.randint(1, 80)
    is_done = dice.random() < min(0.9, age_days / 60)
    has_date = dice.random() < (0.9 if is_done else 0.94)
    offset = dice.randint(-age_days, 0) if is_done else dice.randint(1, 35)
    return Plan(
        {
            "title": (
                f"{dice.choice(VERBS)} {dice.choice(SUBJECTS)}{dice.choice(ASIDES)}"
            ),
            "labels": dice.sample(LABELS, dice.choice([0, 1, 1, 1, 2])),
            "priority": dice.choice(["low", "medium", "medium", "high"]),
            "status": (
                "completed"
                if is_done
                else dice.choice(["pending", "pending", "in_progress"])
            ),
            "due_date": today + timedelta(days=offset) if has_date else None,
        },
        age_days,
    )
