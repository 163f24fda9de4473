"""docs/api.md is true: its examples run as printed, and say what they promise."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from common.schema import table_of_codes
from devstack.stack import Stack

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "api.md").read_text()
ADDRESS = "localhost:9000"

# What each section's examples have to print, in this order.
SAYS: dict[tuple[str, str], list[str]] = {
    ("Begin", "sh"): ['"username":"ada', '"refresh":"'],
    ("Begin", "js"): ["username: 'ada", "[ 'access', 'user', 'refresh' ]"],
    ("Stay signed in", "sh"): ["the same pair", "204"],
    ("Stay signed in", "js"): ["200", "204"],
    ("Cookies for pages", "sh"): ["dict_keys(['access', 'user'])"] * 2,
    ("Cookies for pages", "js"): ["[ 'access', 'user' ]"],
    ("See and end sessions", "sh"): ['"is_current":true', "204", "204"],
    ("See and end sessions", "js"): ["axios/", "204", "204"],
    ("Forgotten password", "sh"): [
        "a mail is on its way",
        '"code":"reset_token_invalid"',
        '"username":"ada',
    ],
    ("Forgotten password", "js"): ["202", "reset_token_invalid", "true"],
    ("API tokens", "sh"): ['"results":[', '"code":"insufficient_scope"'],
    ("API tokens", "js"): ["200"],
    ("Errors", "sh"): ['"/titel"', '"/sort"', '"code":"not_found"'],
    ("Errors", "js"): ["validation_error", "'/titel'"],
    ("Create, change, complete", "sh"): ['"priority":"medium"', '"completed_at":"2'],
    ("Create, change, complete", "js"): ["/api/tasks/", '"1"', "T"],
    ("Retry safely", "sh"): [
        "HTTP/1.1 201",
        "HTTP/1.1 201",
        "Idempotency-Replayed: true",
        '"code":"idempotency_key_reused"',
    ],
    ("Retry safely", "js"): ["true true"],
    ("Overwrite nobody", "sh"): ['"current":{', '"title":"Pay the rent"'],
    ("Overwrite nobody", "js"): ["[ 'home', 'money' ] completed"],
    ("Change many at once", "sh"): ['"changed":true', '"version":3,"changed":true'],
    ("Change many at once", "js"): ["[ '2 true', '2 true' ]"],
    ("Filter, search, sort", "sh"): ['"title":"Pay the rent"'] * 2,
    ("Filter, search, sort", "js"): ["[ 'Pay rent' ]"] * 2,
    ("Saved filters", "sh"): [
        '"position":0',
        '"name":"Today"',
        '"position":0',
        '"pointer":"/query"',
        '"results":[',
    ],
    ("Saved filters", "js"): ["[ '0 Rent' ]", "1", "204"],
    ("Page through everything", "sh"): ["'Once'", "'Pay the rent'"],
    ("Page through everything", "js"): ["[ 'Once', 'Pay rent' ]"],
    ("Count", "sh"): ['"total":', '"completed":', '"overdue":'],
    ("Count", "js"): ["completed: ", "overdue on 2"],
    ("See progress", "sh"): ["'count': 1"],
    ("See progress", "js"): ["this week, ", "open", "name: 'day'"],
    ("Labels", "sh"): ['"name":"home"', '"name":"house"', "204"],
    ("Labels", "js"): ["[ 'home', 'money' ]", "house 1", "204"],
    ("Read what is new", "sh"): ["304"],
    ("Read what is new", "js"): ["304"],
    ("Keep a copy", "sh"): ['"title":"Pay the rent today"', '"gone":[]'],
    ("Keep a copy", "js"): ["Pay the rent today"],
    ("Listen", "sh"): ['"ticket":"'],
    ("Listen", "js"): ["created Heard of"],
    ("Trash", "sh"): ['"deleted_at":"2', '"version":', "204", '"results":[]'],
    ("Trash", "js"): ["T", "true", "204"],
    ("History and undo", "sh"): ['"verb":"created"', '"title":"Pay rent"'],
    ("History and undo", "js"): ["restored created", "Pay rent [ 'home' ]"],
    ("Notifications", "sh"): ["Pay rent", '"unread":', '"unread":0'],
    ("Notifications", "js"): ["{ unread: 0 }"],
    ("Mail", "sh"): [
        '"digest_hour":null',
        '"test":{"in_app":true,"email":true}',
        '"digest_hour":7',
        '"channel":"email","state":"',
    ],
    ("Mail", "js"): ["{ in_app: true, email: false } null", "sent"],
    ("Export", "sh"): ["X-Task-Count: "],
    ("Export", "js"): ["'format'", "'tasks'", "true"],
    ("Import", "sh"): ["1", '"pointer":"/tasks/1/title"'],
    ("Import", "js"): ["true"],
    ("Limits", "sh"): ["RateLimit"],
    ("Limits", "js"): ['"read";r='],
    ("Administer people", "sh"): ['"role":"staff"', "204", '"code":"session_ended"'],
    ("Administer people", "js"): ["staff", "session_ended"],
}


@dataclass(frozen=True)
class Example:
    section: str
    language: str
    code: str


def examples() -> Iterator[Example]:
    for section in GUIDE.split("\n## ")[1:]:
        title = section.split("\n", 1)[0]
        for language, code in re.findall(r"```(sh|js)\n(.*?)```", section, re.DOTALL):
            yield Example(title, language, code)


def run(stack: Stack, language: str) -> dict[str, str]:
    """Run all examples of the language as one program: what each section printed."""
    say = {"sh": "echo '=== {}'\n", "js": "console.log('=== {}');\n"}[language]
    program = "".join(
        say.format(each.section) + each.code
        for each in examples()
        if each.language == language
    )
    realtime = stack.realtime_url.removeprefix("http://")
    web = stack.web_url.removeprefix("http://")
    program = program.replace(f"ws://{ADDRESS}", f"ws://{realtime}")
    done = subprocess.run(
        {
            "sh": ["bash", "-euo", "pipefail", "-c"],
            # A WebSocket is there without the flag from Node 22 on, as in browsers.
            "js": ["node", "--experimental-websocket", "--input-type=module", "-e"],
        }[language]
        + [program.replace(ADDRESS, web)],
        cwd=ROOT / "frontend",
        env={**os.environ, "NODE_NO_WARNINGS": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:] + done.stdout[-1_000:]
    printed: dict[str, str] = {}
    for part in done.stdout.split("=== ")[1:]:
        section, said = part.split("\n", 1)
        printed[section] = printed.get(section, "") + said
    return printed


BOSS = """
from accounts.models import User
if not User.objects.filter(username="boss").exists():
    User.objects.create_superuser("boss", "boss@example.org", "correct-horse-battery")
"""


@pytest.mark.parametrize("language", ["sh", "js"])
def test_the_examples_work_as_pasted(stack: Stack, language: str) -> None:
    stack.manage("shell", "-c", BOSS)
    printed = run(stack, language)

    for section, said in printed.items():
        rest = said
        for expected in SAYS[section, language]:
            assert expected in rest, (section, expected, said)
            rest = rest.split(expected, 1)[1]


def test_every_section_has_its_examples() -> None:
    assert {(each.section, each.language) for each in examples()} == set(SAYS)


def test_every_section_is_in_the_contents() -> None:
    titles = re.findall(r"^## (.*)$", GUIDE, re.MULTILINE)
    links = [re.sub(r"[^\w-]", "", title.lower().replace(" ", "-")) for title in titles]
    contents = GUIDE.split("\n## ", 1)[0]

    assert re.findall(r"\(#([\w-]+)\)", contents) == links


def test_every_code_is_explained() -> None:
    shown = GUIDE.split("<!-- codes -->\n")[1].split("\n<!-- /codes -->")[0]

    assert shown == table_of_codes()
