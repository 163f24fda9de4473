"""Load on one server: wrk where it is installed, else the driver that comes along."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

CONNECTIONS = 16
_TOLERATED_SIZE_CHANGE = 0.1
_COUNTED = ("answers", "seconds", "bytes", "errors")
_PERCENTILES = ("p50", "p95", "p99")


class WrongAnswerError(RuntimeError):
    """A server did not answer as it must, so its figures mean nothing."""


@dataclass(frozen=True)
class Request:
    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    authorization: Callable[[], str] = field(default=lambda: "", repr=False)
    """Asked before each round: tokens end."""
    fresh_key: bool = False
    """Whether each sending carries an `Idempotency-Key` of its own."""

    def complete_headers(self, port: int) -> dict[str, str]:
        headers = {"Host": f"localhost:{port}", **self.headers}
        if authorization := self.authorization():
            headers["Authorization"] = authorization
        if self.body:
            headers["Content-Type"] = "application/json"
        return headers


@dataclass(frozen=True)
class Load:
    """Requests sent to one server in turn, each as soon as the last is answered."""

    port: int
    requests: Sequence[Request]
    answer_bytes: int = 0
    """What one right answer weighs, headers included; 0: may differ."""


@dataclass(frozen=True)
class Sample:
    """What one round measured; times in milliseconds."""

    answers: int
    seconds: float
    bytes: int
    errors: int
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        return self.answers / self.seconds


def together(taken: Sequence[Sample]) -> Sample:
    """Several samples as one; percentiles are the medians of theirs."""
    return Sample(
        *(sum(getattr(each, name) for each in taken) for name in _COUNTED),
        *(median(getattr(each, name) for each in taken) for name in _PERCENTILES),
    )


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def drive(load: Load, seconds: float, *, wrk: bool) -> Sample:
    """One round. Raises WrongAnswerError where any answer was not a right one."""
    run = _wrk if wrk else _bundled
    sample = Sample(**run(load, seconds))
    if sample.errors or not sample.answers:
        raise WrongAnswerError(
            f"{sample.errors} errors, {sample.answers} answers: {load.requests[0]}"
        )
    _check_size(load, sample.bytes / sample.answers)
    return sample


def _check_size(load: Load, size: float) -> None:
    """Neither driver reads bodies, but an answer that turned into another shows."""
    if not load.answer_bytes:
        return
    if abs(size / load.answer_bytes - 1) > _TOLERATED_SIZE_CHANGE:
        raise WrongAnswerError(
            f"answers of {size:.0f} bytes, not {load.answer_bytes}: {load.requests[0]}"
        )


# --- wrk ------------------------------------------------------------------------------

_SCRIPT = """
local specs = {
%(specs)s
}
local ready, n = {}, 0
function init(args)
  for i, spec in ipairs(specs) do
    ready[i] = wrk.format(spec.method, spec.path, spec.headers, spec.body)
  end
end
function request()
  n = n + 1
  local i = (n - 1) %% #specs + 1
  local spec = specs[i]
  if not spec.fresh_key then return ready[i] end
  spec.headers["Idempotency-Key"] = %(prefix)s .. n
  return wrk.format(spec.method, spec.path, spec.headers, spec.body)
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"answers": %%d, "seconds": %%f, "bytes": %%d, "errors": %%d, ' ..
    '"p50": %%f, "p95": %%f, "p99": %%f}\\n',
    summary.requests, summary.duration / 1e6, summary.bytes,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3))
end
"""


def _lua(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            # Lua reads \\ddd as a byte, whatever it is.
            escaped = "".join(f"\\{byte:03d}" for byte in value.encode())
            return f'"{escaped}"'
        case Mapping():
            pairs = (f"[{_lua(key)}] = {_lua(item)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
    raise TypeError(value)


def specs_of(load: Load) -> list[dict[str, Any]]:
    return [
        {
            "method": request.method,
            "path": request.path,
            "headers": request.complete_headers(load.port),
            "body": request.body,
            "fresh_key": request.fresh_key,
        }
        for request in load.requests
    ]


def _wrk(load: Load, seconds: float) -> dict[str, Any]:
    seconds = max(1, round(seconds))  # wrk counts whole ones
    with tempfile.TemporaryDirectory(prefix="bench-") as directory:
        script = Path(directory) / "load.lua"
        specs = ",\n".join(_lua(spec) for spec in specs_of(load))
        prefix = _lua(f"{Path(directory).name}-")
        script.write_text(_SCRIPT % {"specs": specs, "prefix": prefix})
        script.chmod(0o600)
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout=10s"]
        command += ["-s", str(script)]
        url = f"http://127.0.0.1:{load.port}"
        return _run([*command, url], "", seconds)


def _bundled(load: Load, seconds: float) -> dict[str, Any]:
    order = {
        "port": load.port,
        "seconds": seconds,
        "connections": CONNECTIONS,
        "requests": specs_of(load),
    }
    command = [sys.executable, "-m", "benchmarks.driver"]
    return _run(command, json.dumps(order), seconds)


def _run(command: list[str], given: str, seconds: float) -> dict[str, Any]:
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 30,
    )
    for line in done.stdout.splitlines():
        if line.startswith("RESULT "):
            result: dict[str, Any] = json.loads(line.removeprefix("RESULT "))
            return result
    raise WrongAnswerError(f"{command[0]} gave no result:\n{done.stdout}{done.stderr}")
