"""nginx in front of web and realtime, as strangers meet it."""

from collections.abc import Iterator

import pytest

from devstack.stack import Stack
from tests.edge.wire import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, spa = tmp_path_factory.mktemp("edge"), tmp_path_factory.mktemp("spa")
    (spa / "assets").mkdir()
    (spa / "index.html").write_text("<!doctype html><title>The SPA</title>")
    (spa / "assets" / "app-1a2b3c.js").write_text("console.log(1);")
    settings = {"LOG_FORMAT": "json", "LOG_LEVEL": "INFO", "WEB_CONCURRENCY": "2"}
    for scope in ("READ", "WRITE", "SEARCH", "EXPORT", "AUTH"):
        settings[f"LIMIT_{scope}"] = "1000000/60"
    with Stack(
        home,
        programs=["web", "realtime"],
        spa=spa,
        settings=settings,
        durable=False,
    ) as stack:
        yield Site(stack)
