"""One readable stream out of many programs."""

import contextlib
import re
import sys
import threading
from pathlib import Path
from typing import IO

_COLOURS = (36, 32, 33, 35, 34, 96, 92, 93, 95, 94)
_WIDTH = 9
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class Log:
    """Writes whole lines, each with the name of the program it came from."""

    def __init__(self, stream: IO[str], *, colour: bool = False) -> None:
        self._stream = stream
        self._colour = colour
        self._lock = threading.Lock()
        self._codes: dict[str, int] = {}

    @classmethod
    def to_terminal(cls) -> "Log":
        return cls(sys.stdout, colour=sys.stdout.isatty())

    @classmethod
    def to_file(cls, path: Path) -> "Log":
        path.parent.mkdir(parents=True, exist_ok=True)
        return cls(path.open("a", encoding="utf-8", buffering=1))

    def close(self) -> None:
        """Ends a log of `to_file`; what a program still says after that is dropped."""
        with self._lock:
            self._stream.close()

    def line(self, name: str, text: str) -> None:
        if not self._colour:
            text = _ESCAPES.sub("", text)
        with self._lock:
            if self._stream.closed:
                return
            with contextlib.suppress(OSError):  # the terminal may be gone
                self._stream.write(f"{self._prefix(name)}{text}\n")
                self._stream.flush()

    def pump(self, name: str, source: IO[bytes]) -> None:
        """Copies a program's output until it ends; runs in a thread of its own."""
        with source:
            for raw in source:
                self.line(name, raw.decode(errors="replace").rstrip())

    def _prefix(self, name: str) -> str:
        label = f"{name:<{_WIDTH}} | "
        if not self._colour:
            return label
        code = self._codes.setdefault(name, _COLOURS[len(self._codes) % len(_COLOURS)])
        return f"\033[{code}m{label}\033[0m"
