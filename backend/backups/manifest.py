"""What a backup says of itself: lines as deploy/backup/backup.sh writes them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.migrations.loader import MigrationLoader


@dataclass(frozen=True)
class Manifest:
    release: str = ""
    taken_at: str = ""
    migrations: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> "Manifest":
        """Raise ValueError for what no backup says."""
        words = [line.split() for line in lines]
        said = {first: rest[0] for first, *rest in words if len(rest) == 1}
        return cls(
            release=said.get("release", ""),
            taken_at=said.get("taken_at", ""),
            migrations={rest[0] for first, *rest in words if first == "migration"},
            rows={rest[0]: int(rest[1]) for first, *rest in words if first == "table"},
        )


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Those this code does not have: they are of a later release."""
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    return sorted(manifest.migrations - known)
