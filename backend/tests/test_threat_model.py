"""The ledger of docs/threat-model.md names every requirement, and tests that exist."""

import re
from collections import Counter
from typing import NamedTuple

import pytest

from devstack.paths import BACKEND, ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text()
LEDGER = PAGE.partition("## ASVS 5.0, level 2")[2]

# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has. They are
# numbered from 1 on: those of level 3 are the last of their section.
SECTIONS = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
    4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3
    6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2
    10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
    12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3
    15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
REQUIREMENTS = {
    f"V{section}.{number}"
    for section, count in re.findall(r"(\S+):(\d+)", SECTIONS)
    for number in range(1, int(count) + 1)
}
TEST = r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|tsx?))(?:::(\w+))?`"
LINK = r"\]\(([^)#]*)(?:#([^)]+))?\)"


class Row(NamedTuple):
    numbers: list[str]
    verdict: str
    reason: str


def rows() -> list[Row]:
    cells = [line.strip("|").split(" | ") for line in LEDGER.splitlines()]
    return [
        Row(line[0].strip().split(", "), line[2], line[3].strip())
        for line in cells
        if line[0].startswith(" V")
    ]


def exists(path: str, function: str) -> bool:
    file = (ROOT if path.startswith("frontend/") else BACKEND) / path
    if not file.is_file():
        return False
    return not function or f"def {function}(" in file.read_text()


def anchors(page: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    words = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.replace(" ", "-") for title in words}


def test_every_requirement_of_levels_1_and_2_is_there_once() -> None:
    count = Counter(number for row in rows() for number in row.numbers)

    assert len(REQUIREMENTS) == 253  # as the standard says of itself
    assert count == Counter(REQUIREMENTS)


def test_the_summary_is_that_of_the_rows() -> None:
    summary = LEDGER.partition("### V1 ")[0]
    count = Counter({row.verdict: 0 for row in rows()})
    for row in rows():
        count[row.verdict] += len(row.numbers)

    said = re.findall(r"\*\*(Pass|N/A|Gap)\*\* \((\d+)\)", summary)
    assert {verdict.lower(): int(number) for verdict, number in said} == count
    gaps = summary.partition("**Gap**")[2]
    assert re.findall(r"V[\d.]+\d", gaps) == [
        number for row in rows() if row.verdict == "gap" for number in row.numbers
    ]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.numbers[0])
def test_each_says_how_it_is_and_what_shows_it(row: Row) -> None:
    assert row.verdict in ("pass", "n/a", "gap")
    assert row.reason
    if row.verdict == "pass":
        assert re.search(f"{TEST}|{LINK}", row.reason)


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(TEST, PAGE)

    assert len(named) > 100
    assert not [each for each in named if not exists(*each)]


def test_every_link_leads_somewhere() -> None:
    for file, anchor in re.findall(LINK, PAGE):
        page = ROOT / "docs" / (file or "threat-model.md")
        assert page.is_file(), file
        assert not anchor or anchor in anchors(page.read_text()), (file, anchor)
