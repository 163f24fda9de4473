"""Writes the secrets of a compose installation, each into the volumes that need it.

`python -m container.secrets` runs before everything else, as often as wanted: what is
there stays. A file of the operator in deploy/secrets (`secret_key`, `email_url`, …)
replaces the generated value, so that a key can be brought along or rotated and an
outside server used. Not a variable: `docker inspect` shows those of a container.
"""

import os
import secrets
import sys
from pathlib import Path

APP, DB, REDIS, GRAFANA = (
    Path("/secrets", name) for name in ("app", "db", "redis", "grafana")
)
GIVEN = Path("/secrets/given")  # deploy/secrets, or SECRETS_DIR


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


def given(name: str) -> str:
    """What the operator's file says, without a line end; nothing if there is none."""
    file = GIVEN / name
    return file.read_text().strip() if file.exists() else ""


def refuse_variables() -> None:
    """Compose names those that are set where they do not belong; never values."""
    names = os.environ.get("SET_AS_VARIABLES", "").split()
    moves = [f"{name} to deploy/secrets/{name.lower()}" for name in names]
    if moves:
        sys.exit(
            "Not in .env or the environment, which `docker inspect` shows: move the "
            f"value of {', of '.join(moves)}"
        )


def random_secret() -> str:
    return secrets.token_urlsafe(48)


def main() -> None:
    refuse_variables()
    database_password = keep(DB / "password", random_secret())
    # A Redis configuration file, so that the password is in no command line.
    redis_line = keep(REDIS / "auth.conf", f"requirepass {random_secret()}")
    redis_password = redis_line.removeprefix("requirepass ")
    keep(GRAFANA / "admin_password", random_secret())
    for name in ("secret_key", "jwt_signing_key"):
        if value := given(name):
            replace(APP / name, value)
        else:
            keep(APP / name, random_secret())
    # These are not kept: without the file the default holds again.
    redis_url = given("redis_url") or f"redis://:{redis_password}@redis:6379/0"
    defaults = {
        "database_url": f"postgres://tasks:{database_password}@db:5432/tasks",
        "database_replica_url": "",
        "database_direct_url": "",
        "redis_url": redis_url,
        "redis_cache_url": redis_url,
        "redis_broker_url": redis_url,
        "jwt_previous_key": "",
        "email_url": "consolemail://",  # may hold a password
        "sentry_dsn": "",
    }
    for name, value in defaults.items():
        replace(APP / name, given(name) or value)


if __name__ == "__main__":
    main()
