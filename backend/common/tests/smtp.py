"""A mail server that keeps what it gets, and fails the way real ones do."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, Self

GENEROUS_SECONDS = 10
TAKEN = "(taken)"


class Dialogue(socketserver.StreamRequestHandler):
    """One connection: as much of RFC 5321 as smtplib speaks."""

    server: "MailServer"
    timeout = GENEROUS_SECONDS

    def handle(self) -> None:
        self.server.connections += 1
        self.say("CONNECT", "220 at your service")
        while line := self.rfile.readline():
            verb = line[:4].decode().upper()
            if verb == "QUIT":
                self.say(verb, "221 bye")
                return
            if verb == "DATA":
                self.take_message()
            else:
                self.say(verb, "250 fine")

    def take_message(self) -> None:
        self.say("DATA", "354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line[:2] == b".." else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        if self.server.answers.get("MESSAGE", [])[:1] == [TAKEN]:
            self.server.inbox.append(message)
        if self.say("MESSAGE", "250 taken").startswith("250"):
            self.server.inbox.append(message)

    def say(self, stage: str, usual: str) -> str:
        """Answer a stage as the test wants, or as usual; an empty answer hangs."""
        answers = self.server.answers.get(stage)
        answer = (answers.pop(0) if len(answers) > 1 else answers[0]) if answers else ""
        answer = answer if answers else usual
        self.server.stages.append(stage)
        if answer in ("", TAKEN):
            self.server.is_over.wait(GENEROUS_SECONDS)
            return ""
        self.wfile.write(f"{answer}\r\n".encode())
        return answer


class MailServer(socketserver.ThreadingTCPServer):
    """`answers` maps a stage (CONNECT, EHLO, MAIL, RCPT, DATA, MESSAGE, QUIT) to what
    is said there, in turn; the last is said from then on, "" is silence, and TAKEN is
    silence about a message that is kept.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Dialogue)
        self.inbox: list[EmailMessage] = []
        self.answers: dict[str, list[str]] = {}
        self.stages: list[str] = []
        self.connections = 0
        self.is_over = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()
        return self

    def __exit__(self, *args: Any) -> None:
        self.is_over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up in the middle is what some tests are about."""


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """A mail server, which the site sends its mail to."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_TIMEOUT = 1
        yield server
