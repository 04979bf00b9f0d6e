"""One mail to one person over SMTP: headers that nothing typed can break, and an honest answer whether it left."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

TIMEOUT = 20.0


class NotSent(Exception):
    """The server did not take it. `for_ever`: it never will (a 5xx answer)."""

    def __init__(self, words: str, *, for_ever: bool = False) -> None:
        super().__init__(words)
        self.for_ever = for_ever


class Unsure(Exception):
    """The line broke after the text was handed over: perhaps it left."""


@dataclass(frozen=True)
class Mail:
    """What is sent."""

    to: str
    subject: str
    text: str
    message_id: str
    at: datetime
    to_name: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    language: str = ""

    def message(self) -> EmailMessage:
        """The message; whatever stands in names and titles stays inside its own header."""
        found = EmailMessage(policy=policy.SMTP.clone(max_line_length=200))
        found["Subject"] = header(self.subject)
        found["From"] = mailbox(self.from_name, self.from_address)
        found["To"] = mailbox(self.to_name, self.to)
        if self.reply_to:
            found["Reply-To"] = mailbox("", self.reply_to)
        found["Date"] = format_datetime(self.at.astimezone(UTC))
        found["Message-ID"] = self.message_id
        found["Auto-Submitted"] = "auto-generated"
        found.set_content(self.text, charset="utf-8", cte=None if self.text.isascii() else "base64")
        if self.language:
            found["Content-Language"] = self.language  # after the content, which clears such headers
        return found


def header(text: str) -> str:
    """One line, without controls: what may stand in a header."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:300]


def mailbox(name: str, address: str) -> Address:
    """A display name with an address; the name is quoted or encoded as needed.

    Raises:
        NotSent: this is no address.
    """
    try:
        return Address(display_name=header(name), addr_spec=address)
    except (ValueError, IndexError) as problem:
        raise NotSent(f"no address: {address!r} ({problem})", for_ever=True) from problem


@contextmanager
def line(url: str) -> Iterator[smtplib.SMTP]:
    """An open connection to `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`.

    Raises:
        NotSent: the server does not answer, or does not let us in.
    """
    parts = urlsplit(url)
    try:
        server = _opened(parts.scheme, parts.hostname or "", parts.port)
    except (OSError, smtplib.SMTPException, ValueError) as problem:
        raise NotSent(_words(problem)) from problem
    try:
        try:
            _greet(server, parts.scheme, unquote(parts.username or ""), unquote(parts.password or ""))
        except (OSError, smtplib.SMTPException) as problem:
            raise NotSent(_words(problem)) from problem
        yield server
    finally:
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def _opened(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme not in {"smtp", "smtps"} or not host:
        raise ValueError("the address of the mail server begins with smtp:// or smtps://")
    if scheme == "smtps":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port or 465, local_hostname="campapp", timeout=TIMEOUT, context=context)
    return smtplib.SMTP(host, port or 25, local_hostname="campapp", timeout=TIMEOUT)


def _greet(server: smtplib.SMTP, scheme: str, user: str, password: str) -> None:
    server.ehlo_or_helo_if_needed()
    if scheme == "smtp" and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if user:
        server.login(user, password)


def send(server: smtplib.SMTP, mail: Mail) -> None:
    """Hand one mail over.

    Raises:
        NotSent: certainly not taken.  Unsure: the line broke while or after the text went over.
    """
    content = mail.message().as_bytes()
    try:
        server.rset()
        _answered(server.mail(mail.from_address))
        _answered(server.rcpt(mail.to))
    except (OSError, smtplib.SMTPException) as problem:
        raise NotSent(_words(problem)) from problem
    try:
        code, words = server.data(content)
    except smtplib.SMTPDataError as problem:
        raise NotSent(_words(problem), for_ever=problem.smtp_code >= 500) from problem
    except (OSError, smtplib.SMTPException) as problem:
        raise Unsure(_words(problem)) from problem
    _answered((code, words))


def _answered(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if code >= 400:
        raise NotSent(f"{code} {words.decode(errors='replace')}"[:500], for_ever=code >= 500)


def _words(problem: Exception) -> str:
    if isinstance(problem, socket.timeout | TimeoutError):
        return "the mail server did not answer in time"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {problem.smtp_error!r}"[:500]
    return f"{type(problem).__name__}: {problem}"[:500]
