"""What is printed and kept: rows with their bars, and the machine they hold for."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.rounds import Spread


@dataclass(frozen=True)
class Row:
    what: str
    figures: str = ""
    """The measured values in words."""
    value: Spread | None = None
    """What the bar is about; ratios are ours over theirs."""
    bar: str = ""
    passed: bool | None = None
    """None: there is no bar, or nothing to hold against it."""

    @property
    def verdict(self) -> str:
        return {None: "", True: "PASS", False: "FAIL"}[self.passed]


def at_least(what: str, figures: str, value: Spread, bound: float) -> Row:
    return Row(what, figures, value, f">= {bound:g}x", value.median >= bound)


def at_most(
    what: str, figures: str, value: Spread, bound: float, unit: str = "x"
) -> Row:
    return Row(what, figures, value, f"<= {bound:g}{unit}", value.median <= bound)


def text(rows: Sequence[Row]) -> str:
    cells = [
        (row.what, row.figures, _spread(row.value), row.bar, row.verdict)
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in cells
    )


def _spread(value: Spread | None) -> str:
    if value is None:
        return ""
    return f"{value.median:.2f} ({value.lowest:.2f}-{value.highest:.2f})"


def machine(postgres_version: str) -> str:
    return ", ".join(
        (
            f"{_cpu()}, {os.cpu_count()} cores",
            f"{platform.system()} {platform.release()}",
            f"Python {platform.python_version()}",
            f"PostgreSQL {postgres_version}",
        )
    )


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def save(path: Path, rows: Sequence[Row], facts: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {**facts, "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
