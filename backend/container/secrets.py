"""Writes the secrets of a compose installation, each into the volumes that need it.

`python -m container.secrets` runs before everything else, as often as wanted: what is
there stays. A variable of the same name (SECRET_KEY, DATABASE_URL, …) replaces the
generated value, so that a key can be brought along or rotated and an outside server
used.
"""

import os
import secrets
from pathlib import Path

APP, DB, REDIS, GRAFANA = (
    Path("/secrets", name) for name in ("app", "db", "redis", "grafana")
)


def keep(file: Path, value: str) -> str:
    """The content of the file, which gets the value if it is not there yet."""
    if not file.exists():
        replace(file, value)
    return file.read_text()


def replace(file: Path, value: str) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(value)
    # The volume is mounted only where it is needed, for users with other numbers.
    fresh.chmod(0o444)
    fresh.rename(file)


def random_secret() -> str:
    return secrets.token_urlsafe(48)


def main() -> None:
    database_password = keep(DB / "password", random_secret())
    # A Redis configuration file, so that the password is in no command line.
    redis_line = keep(REDIS / "auth.conf", f"requirepass {random_secret()}")
    redis_password = redis_line.removeprefix("requirepass ")
    keep(GRAFANA / "admin_password", random_secret())
    keys = {"SECRET_KEY": random_secret(), "JWT_SIGNING_KEY": random_secret()}
    for name, value in keys.items():
        if given := os.environ.get(name):
            replace(APP / name.lower(), given)
        else:
            keep(APP / name.lower(), value)
    # These are not kept: without the variable the default holds again.
    redis_url = os.environ.get("REDIS_URL") or f"redis://:{redis_password}@redis:6379/0"
    defaults = {
        "DATABASE_URL": f"postgres://tasks:{database_password}@db:5432/tasks",
        "DATABASE_REPLICA_URL": "",
        "DATABASE_DIRECT_URL": "",
        "REDIS_URL": redis_url,
        "REDIS_CACHE_URL": redis_url,
        "REDIS_BROKER_URL": redis_url,
        "JWT_PREVIOUS_KEY": "",
        "EMAIL_URL": "consolemail://",  # may hold a password
    }
    for name, value in defaults.items():
        replace(APP / name.lower(), os.environ.get(name) or value)


if __name__ == "__main__":
    main()
