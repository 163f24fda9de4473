"""What no program of the site does, whatever a request says: read from their code."""

import ast
from pathlib import Path

import pytest

from devstack.paths import BACKEND

LEFT_OUT = {"benchmarks", "devstack", "tests", "staticfiles"}  # not in the image
ASKS_ITSELF = {"container/health.py"}  # the program of its own container

# A name here covers what it holds: `urllib.request` is refused, `urllib.parse` is not.
COMMANDS = {"subprocess", "os.system", "os.popen", "os.spawn", "os.exec", "pty"}
UNPICKLERS = {"pickle", "marshal", "shelve", "yaml", "xml", "lxml"}
EVALUATORS = {"eval", "exec", "compile", "__import__", "code", "jinja2"}
CLIENTS = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib"}


def product_files() -> list[Path]:
    return [
        file
        for file in BACKEND.rglob("*.py")
        if not LEFT_OUT & set(file.relative_to(BACKEND).parts)
        and file.name != "conftest.py"
        and str(file.relative_to(BACKEND)) not in ASKS_ITSELF
    ]


def used_in(source: str) -> set[str]:
    """Modules imported, and names that are called: `os.system` or `eval`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{each.name}" for each in node.names}
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            found |= {name} if name.isidentifier() or name.startswith("os.") else set()
    return found


def refused(source: str, names: set[str]) -> set[str]:
    return {
        used
        for used in used_in(source)
        if any(used == name or used.startswith(f"{name}.") for name in names)
    }


@pytest.mark.parametrize(
    "names",
    [COMMANDS, UNPICKLERS, EVALUATORS, CLIENTS],
    ids=["commands", "unpicklers", "evaluators", "clients"],
)
def test_the_site_uses_none_of(names: set[str]) -> None:
    files = product_files()
    assert len(files) > 100

    found = {str(file): refused(file.read_text(), names) for file in files}
    assert not {file: used for file, used in found.items() if used}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import subprocess", COMMANDS),
        ("from os import system", COMMANDS),
        ("os.system('ls')", COMMANDS),
        ("from xml.etree import ElementTree", UNPICKLERS),
        ("x = eval('1')", EVALUATORS),
        ("import urllib.request as r", CLIENTS),
        ("from urllib import request", CLIENTS),
    ],
)
def test_it_would_be_seen(source: str, names: set[str]) -> None:
    assert refused(source, names)
    assert not refused("from urllib.parse import quote\nre.compile('x')", names)
