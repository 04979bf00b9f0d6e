"""A mail server of our own on a free port: it takes, refuses, breaks off or stays silent as a test wishes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """What came in, and how the next command is answered."""

    url: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: dict[str, bytes] = field(default_factory=dict)
    """Command → the answer instead of 250; `hang up` breaks the line; DATA-END is after the text."""


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Serve until the block ends."""
    office = PostOffice()
    listener = socket.create_server(("127.0.0.1", 0))
    office.url = f"smtp://127.0.0.1:{listener.getsockname()[1]}"

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=_talk, args=(connection, office), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield office
    finally:
        listener.close()


def _talk(connection: socket.socket, office: PostOffice) -> None:
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 test\r\n")
        while line := lines.readline():
            command = line.split()[0].decode().upper() if line.strip() else ""
            answer = office.answers.get(command, b"250 ok" if command != "QUIT" else b"221 bye")
            if answer == b"hang up":
                return
            if command == "RCPT" and answer.startswith(b"250"):
                office.recipients.append(line.decode().strip())
            if command == "DATA" and answer == b"250 ok":
                connection.sendall(b"354 go on\r\n")
                content = b"".join(iter(lines.readline, b".\r\n"))
                answer = office.answers.get("DATA-END", b"250 taken")
                if answer.startswith(b"250") or answer == b"hang up":
                    office.taken.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
                if answer == b"hang up":
                    return
            connection.sendall(answer + b"\r\n")
            if command == "QUIT":
                return
