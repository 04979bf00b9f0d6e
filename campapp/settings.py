"""One typed Settings object, read once from CAMPAPP_* variables."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Settings:
    """How this installation runs. What a park's people decide stands in the database (`core.park`)."""

    data: Path
    """The folder that holds a whole park: database, files, secret."""
    database_url: str = ""
    """PostgreSQL by URL; empty: SQLite in the data folder."""
    public_url: str = ""
    """Scheme and host that links in mails begin with; empty: learned from the request."""
    smtp_url: str = ""
    """`smtp://user:password@host:port`, `smtps://…`; empty: mail stays in the mailbox page."""
    redis_url: str = ""
    """Where several machines count rate limits together; empty: in the database."""
    demo: bool = False
    """The demo park: one-click roles, mailbox page, dates that move with the day."""
    development: bool = False
    """The mailbox page without the demo."""
    testing: bool = False
    secure_cookies: bool = False
    """Set behind TLS: cookies marked Secure, HSTS sent."""
    rehearsal: str = ""
    """The secret part of the address of a rehearsal: a park of its own beside the real one, with invented people."""
    most_bytes: int = 0
    """How much the folder may hold, of a rehearsal; 0: as much as the disk."""
    proxies: int = 0
    """How many reverse proxies stand before us (X-Forwarded-*)."""
    patience: float = 30.0
    """Seconds that a writer waits for the database's lock."""
    lease: float = 30.0
    """Seconds after which background work whose worker gives no sign of life is taken by another."""

    @classmethod
    def from_environment(cls, values: Mapping[str, str] = os.environ, data: str | None = None) -> Self:
        """Read CAMPAPP_* variables; `data` (the command line's) wins over CAMPAPP_DATA, else `var/`."""

        def text(name: str) -> str:
            return values.get(f"CAMPAPP_{name}", "").strip()

        def flag(name: str) -> bool:
            return text(name).lower() in {"1", "yes", "true", "on"}

        return cls(
            data=Path(data or text("DATA") or "var").absolute(),
            database_url=text("DATABASE_URL"),
            public_url=text("PUBLIC_URL").rstrip("/"),
            smtp_url=text("SMTP_URL"),
            redis_url=text("REDIS_URL"),
            demo=flag("DEMO"),
            development=flag("DEVELOPMENT"),
            secure_cookies=flag("SECURE_COOKIES"),
            proxies=int(text("PROXIES") or 0),
            patience=float(text("PATIENCE") or cls.patience),
            lease=float(text("LEASE") or cls.lease),
        )

    @property
    def database(self) -> str:
        """The SQLAlchemy URL."""
        if not self.database_url:
            return f"sqlite:///{self.data / 'campapp.sqlite3'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def files(self) -> Path:
        """Where uploaded files lie, by content hash."""
        return self.data / "files"

    def secret(self) -> str:
        """The installation's key, made at first use and kept in the data folder, readable by its owner only."""
        path = self.data / "secret"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(32))
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text().strip()


def beside(folder: str) -> Path:
    """A folder of the distribution: inside the package in a wheel, else one level up in a checkout."""
    inside = Path(__file__).parent / folder
    return inside if inside.is_dir() else Path(__file__).parent.parent / folder
