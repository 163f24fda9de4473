"""`python -m devstack …`: see `make help` for what each command is for."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from devstack import measure
from devstack.binaries import MissingServerError
from devstack.home import Home, HomeInUseError
from devstack.log import Log
from devstack.paths import ROOT
from devstack.postgres import for_tools
from devstack.service import ServiceError
from devstack.stack import Stack, Stopped
from devstack.watch import reload_on_change

DEFAULT_PORT = 9000
_FROM_OUTSIDE = (
    "DATABASE_URL",
    "REDIS_URL",
    "SITE_URL",
    "SECRET_KEY",
    "JWT_SIGNING_KEY",
    "LOG_FORMAT",
)
"""Variables that win over the stack's own values where the caller has set them."""
_THROWAWAY = {"DJANGO_SETTINGS_MODULE": "devstack.throwaway"}


def home_path() -> Path:
    return ROOT / (os.environ.get("DEVSTACK_DIR") or ".devstack")


def wanted_port() -> int:
    return int(os.environ.get("PORT") or DEFAULT_PORT)


def outside_settings() -> dict[str, str]:
    return {name: os.environ[name] for name in _FROM_OUTSIDE if os.environ.get(name)}


def addresses(stack: Stack) -> list[str]:
    return [stack.url]


def variables(stack: Stack) -> list[str]:
    """For a program somebody starts beside the servers."""
    return [
        f"{name}={stack.environment[name]}" for name in ("DATABASE_URL", "REDIS_URL")
    ]


def run(
    stack: Stack,
    log: Log,
    *,
    describe: Callable[[Stack], list[str]] = addresses,
    reload: bool = False,
) -> int:
    """Keeps the stack up until a signal asks for the end."""
    started_at = time.monotonic()
    with stopped_by_signals(stack):
        try:
            stack.open()
            seconds = time.monotonic() - started_at
            log.line("devstack", "")
            log.line("devstack", f"ready in {seconds:.1f} s")
            for line in describe(stack):
                log.line("devstack", line)
            log.line("devstack", f"data: {stack.home.path}; Ctrl-C stops it")
            log.line("devstack", "")
            if reload:
                threading.Thread(
                    target=reload_on_change, args=(stack, log), daemon=True
                ).start()
            stack.watch()
        except Stopped:
            pass
        finally:
            if stack.services:
                log.line("devstack", "stopping")
            stack.close()
    log.line("devstack", "stopped")
    return 0


@contextlib.contextmanager
def stopped_by_signals(stack: Stack) -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        stack.ask_to_stop()

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def cmd_run(arguments: argparse.Namespace) -> int:
    log = Log.to_terminal()
    settings = outside_settings()
    if arguments.dev:
        settings["DEBUG"] = "on"
    stack = Stack(
        home_path(),
        port=wanted_port(),
        vite=arguments.dev,
        settings=settings,
        log=log,
    )
    return run(stack, log, reload=arguments.dev)


def cmd_services(arguments: argparse.Namespace) -> int:
    log = Log.to_terminal()
    stack = Stack(
        home_path(),
        port=wanted_port(),
        programs=(),
        nginx=False,
        settings=outside_settings(),
        log=log,
    )
    return run(stack, log, describe=variables)


def cmd_exec(arguments: argparse.Namespace) -> int:
    """Runs a command beside a stack: the running one, or one just for it."""
    if not arguments.temporary:
        running = None if arguments.alone else Home(home_path()).read_state()
        if running is not None:
            return call(arguments.command, running["environment"], running["url"])
        return _exec_with(home_path(), arguments, wanted_port(), durable=True)
    # /tmp may be memory or small; a path this short also suits every socket.
    with tempfile.TemporaryDirectory(prefix="devstack-") as directory:
        Path(directory).chmod(0o755)
        return _exec_with(Path(directory), arguments, None, durable=False)


def _exec_with(
    home: Path, arguments: argparse.Namespace, port: int | None, *, durable: bool
) -> int:
    parts = {} if arguments.full else {"programs": (), "nginx": False}
    stack = Stack(
        home,
        port=port if arguments.full else None,
        settings=settings_for(arguments),
        durable=durable,
        revive=True,
        **parts,  # type: ignore[arg-type]
    )
    with stopped_by_signals(stack):
        try:
            with stack:
                return call(
                    arguments.command,
                    stack.environment,
                    stack.url,
                    is_stopping=lambda: stack.is_stopping,
                )
        except (ServiceError, Stopped):
            _show_end_of(home / "stack.log")
            raise


def settings_for(arguments: argparse.Namespace) -> dict[str, str]:
    if not arguments.temporary:
        return outside_settings()
    return _THROWAWAY if arguments.full else {}


def call(
    command: Sequence[str],
    environment: Mapping[str, str],
    url: str,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
) -> int:
    """Runs the command with the stack's environment and hands on its exit status."""
    tools = for_tools(environment["DATABASE_URL"])
    merged = {**os.environ, **tools, **environment, "BASE_URL": url}
    with subprocess.Popen(command, env=merged) as child:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.wait(0.2)
            if is_stopping():
                child.terminate()


def _show_end_of(file: Path) -> None:
    if file.exists():
        lines = file.read_text(encoding="utf-8").splitlines()[-40:]
        print("\n".join(lines), file=sys.stderr)


def cmd_measure(arguments: argparse.Namespace) -> int:
    return measure.report(home_path(), wanted_port())


def parser() -> argparse.ArgumentParser:
    main = argparse.ArgumentParser(prog="devstack", description=__doc__)
    commands = main.add_subparsers(required=True, metavar="command")
    sub = commands.add_parser("run", help="everything, until Ctrl-C")
    sub.add_argument("--dev", action="store_true", help="Vite and reloading")
    sub.set_defaults(call=cmd_run)
    sub = commands.add_parser("services", help="PostgreSQL and Valkey alone")
    sub.set_defaults(call=cmd_services)
    sub = commands.add_parser("exec", help="a command with the stack's environment")
    sub.add_argument("--temporary", action="store_true", help="own servers, no fsync")
    sub.add_argument("--full", action="store_true", help="with all programs and nginx")
    sub.add_argument("--alone", action="store_true", help="not beside a running one")
    sub.add_argument("command", nargs="+")
    sub.set_defaults(call=cmd_exec)
    sub = commands.add_parser("measure", help="start-up times and memory")
    sub.set_defaults(call=cmd_measure)
    return main


def main() -> int:
    arguments = parser().parse_args()
    try:
        code: int = arguments.call(arguments)
    except (ServiceError, MissingServerError) as error:
        print(f"devstack: {error}", file=sys.stderr)
        return 2 if isinstance(error, HomeInUseError) else 1
    except Stopped:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
