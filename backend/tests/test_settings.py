"""Settings come from variables or files, and no program starts with unsafe ones."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from devstack.paths import BACKEND
from devstack.ports import free_port, is_open

SECRETS = {
    # pragma: allowlist nextline secret
    "SECRET_KEY": "Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHNlY3JldA",
    # pragma: allowlist nextline secret
    "JWT_SIGNING_KEY": "QSBrZXkgb2YgaXRzIG93biwgYW5kIG5vIG1vcmU",
    # pragma: allowlist nextline secret
    "JWT_PREVIOUS_KEY": "dGhlIG9uZSBiZWZvcmUgaXQsIHdoaWxlIGl0IHdhcw",
    # pragma: allowlist nextline secret
    "DATABASE_URL": "postgres://me:word@127.0.0.1:1/tasks",
    # pragma: allowlist nextline secret
    "DATABASE_REPLICA_URL": "postgres://me:word@127.0.0.1:1/copy",
    # pragma: allowlist nextline secret
    "DATABASE_DIRECT_URL": "postgres://me:word@127.0.0.1:1/itself",
    "REDIS_URL": "redis://:word@127.0.0.1:1/0",
    "REDIS_CACHE_URL": "redis://:word@127.0.0.1:1/1",
    "REDIS_BROKER_URL": "redis://:word@127.0.0.1:1/2",
    # pragma: allowlist nextline secret
    "EMAIL_URL": "smtp+tls://me:word@127.0.0.1:587",
    "SENTRY_DSN": "http://word@127.0.0.1:1/1",
}
READ = """
import json
from config import settings as s
print(json.dumps({
    **{name: getattr(s, name) for name in (
        "SECRET_KEY", "JWT_SIGNING_KEY", "JWT_PREVIOUS_KEY",
        "REDIS_URL", "REDIS_CACHE_URL", "REDIS_BROKER_URL", "SENTRY_DSN",
    )},
    "DATABASES": {
        alias: [of[name] for name in ("NAME", "PASSWORD")]
        for alias, of in {**s.DATABASES, "direct": s.DATABASE_DIRECT}.items()
    },
    "EMAIL": [s.EMAIL_HOST, s.EMAIL_HOST_PASSWORD, s.EMAIL_PORT],
}))
"""
BARE = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=BACKEND,
        env={**BARE, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_every_secret_can_be_a_file(tmp_path: Path, end: str) -> None:
    for name, value in SECRETS.items():
        (tmp_path / name).write_bytes(f"{value}{end}".encode())

    got = run({f"{name}_FILE": str(tmp_path / name) for name in SECRETS}, "-c", READ)

    assert json.loads(got.stdout) == {
        **{name: value for name, value in SECRETS.items() if name[0] in "SJR"},
        "DATABASES": {
            "default": ["tasks", "word"],
            "replica": ["copy", "word"],
            "direct": ["itself", "word"],
        },
        "EMAIL": ["127.0.0.1", "word", 587],
    }


def test_each_secret_that_the_settings_read_is_tried_here() -> None:
    """Its name says so: a key, a password, or the address of a server with one."""
    text = (BACKEND / "config" / "settings.py").read_text()
    names = re.findall(r'(?:env\.\w+|read_database)\(\s*"([A-Z_]+)"', text)
    assert "SITE_URL" in names

    secret = {name for name in names if re.search("KEY|PASSWORD|TOKEN|_URL$|DSN", name)}

    assert secret - {"SITE_URL"} == set(SECRETS)


ON_HTTPS = """
import json
from config import settings as s
print(json.dumps([
    [s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE],
    [s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE],
    "common.guards.PlainHttpMiddleware" in s.MIDDLEWARE,
]))
"""


def test_a_site_on_https_guards_its_cookies_and_refuses_plain_calls() -> None:
    def settings_of(site: str) -> object:
        return json.loads(run({**SECRETS, "SITE_URL": site}, "-c", ON_HTTPS).stdout)

    assert settings_of("https://tasks.example.org") == [
        ["__Host-sessionid", True],
        ["__Host-csrftoken", True],
        True,
    ]
    assert settings_of("http://localhost:9000") == [
        ["sessionid", False],
        ["csrftoken", False],
        False,
    ]


PROGRAMS = {
    "web": ["gunicorn", "-c", "gunicorn.conf.py", "config.wsgi:application"],
    "realtime": [
        "gunicorn", "-c", "gunicorn.conf.py", "-k", "asgi", "config.asgi:application",
    ],
    "worker": ["celery", "-A", "config", "--quiet", "worker", "--concurrency", "1"],
    "beat": ["celery", "-A", "config", "--quiet", "beat", "-s", "{tmp}/schedule"],
    "manage": ["manage", "check"],
}  # fmt: skip
UNSAFE = [
    ({"SECRET_KEY": "changeme" * 8}, "Set SECRET_KEY (or SECRET_KEY_FILE)"),
    ({"SITE_URL": ""}, "Set SITE_URL"),
    ({"ALLOWED_HOSTS": "*"}, "List the names of this site"),
    ({"DEBUG": "true"}, "Unset DEBUG"),
    ({"CORS_ALLOWED_ORIGINS": "*"}, "CORS_ALLOWED_ORIGINS"),
]
TRIED = [(program, *UNSAFE[0]) for program in PROGRAMS]
TRIED += [("realtime", *unsafe) for unsafe in UNSAFE[1:]]


@pytest.mark.parametrize(("program", "unsafe", "said"), TRIED)
def test_no_program_starts_with_unsafe_settings(
    tmp_path: Path, program: str, unsafe: dict[str, str], said: str
) -> None:
    port = free_port()
    environment = {
        **SECRETS,
        "SITE_URL": "https://tasks.example.org",
        "GUNICORN_BIND": f"127.0.0.1:{port}",
        "GUNICORN_ROLE": program,
        "WEB_CONCURRENCY": "1",
        **unsafe,
    }

    command = [word.format(tmp=tmp_path) for word in PROGRAMS[program]]
    ended = run(environment, "-m", *command)

    assert ended.returncode != 0
    assert said in ended.stderr + ended.stdout
    assert not is_open(port)
