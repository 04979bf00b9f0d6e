"""Tables of accounts: persons, their addresses, codes, sessions and invitations."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campapp.accounts.devices import device
from campapp.core.db import Base, Stamped, Versioned
from campapp.core.language import gettext as _
from campapp.core.search import Searchable


def fresh_salt() -> str:
    """What makes a link or a code unlike all others."""
    return secrets.token_hex(8)


class Account(Stamped, Versioned, Searchable, Base):
    """A person who can sign in."""

    __tablename__ = "accounts"
    searched = spelled = ("name",)

    name: Mapped[str] = mapped_column(String(100))
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    zone: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    password: Mapped[str] = mapped_column(String(200), default="", info={"secret": True})
    """An argon2id hash; empty: no password yet (invited, imported)."""
    administrator: Mapped[bool] = mapped_column(default=False)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    addresses: Mapped[list[Address]] = relationship(
        back_populates="account", default_factory=list, order_by="Address.id", lazy="selectin", init=False
    )

    @property
    def confirmed(self) -> bool:
        """Whether one of the addresses is."""
        return any(address.confirmed_at for address in self.addresses)

    @property
    def mail(self) -> str:
        """The mail address that messages go to: the confirmed one, else the one typed."""
        mails = [a for a in self.addresses if a.kind == "mail"]
        return next((a.value for a in mails if a.confirmed_at), mails[0].value if mails else "")

    @property
    def phone(self) -> str:
        """The mobile number: the confirmed one, else the one kept as a contact."""
        numbers = [a for a in self.addresses if a.kind == "phone"]
        return next((a.value for a in numbers if a.confirmed_at), numbers[0].value if numbers else "")

    def holds(self, kind: str) -> Address | None:
        """The confirmed address of a kind (`mail`, `phone`)."""
        return next((a for a in self.addresses if a.kind == kind and a.confirmed_at), None)


class Address(Stamped, Base):
    """A mail address or mobile number. Confirmed ones are unique; unconfirmed ones claim nothing."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index(
            "uq_addresses_confirmed",
            "kind",
            "value",
            unique=True,
            sqlite_where=text("confirmed_at IS NOT NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
        Index("ix_addresses_value", "kind", "value"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(254))
    """Folded: mail in lower case, numbers in E.164."""
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    account: Mapped[Account] = relationship(back_populates="addresses", init=False)


class Code(Stamped, Base):
    """A single-use code sent to an address: to confirm it, to sign in, to reset, to change."""

    __tablename__ = "codes"

    purpose: Mapped[str] = mapped_column(String(20))
    """confirm, reset, change, revert ("this was not me"), enter (sign in or up), number, adopt (a number that staff
    entered for an account, until somebody proves to have it), farewell (to a number that is its no longer)."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), default=None, index=True)
    """None: whether there is an account is looked up once the code has been typed."""
    kind: Mapped[str] = mapped_column(String(10), default="mail")
    value: Mapped[str] = mapped_column(String(254), index=True)
    """The address that it was sent to; of `revert`, the one to go back to."""
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    """The asker's language, where there is no account to say it."""
    salt: Mapped[str] = mapped_column(String(32), default_factory=fresh_salt, info={"secret": True})
    """Digits and link are made from it and the installation's key: the database alone opens nothing."""
    expires_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    spent_at: Mapped[datetime | None] = mapped_column(default=None)


class SignIn(Stamped, Base):
    """A session: revocable, with the membership in use and whom an organiser acts for."""

    __tablename__ = "sign_ins"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    membership: Mapped[str] = mapped_column(String(60), default="")
    acting_for: Mapped[str] = mapped_column(String(60), default="")
    """`team:12` or `company:3`."""
    agent: Mapped[str] = mapped_column(String(200), default="")
    proof: Mapped[str] = mapped_column(String(20), default="")
    """`code` where it began with one; a password may then be set for a while without the one before."""
    address: Mapped[str] = mapped_column(String(60), default="")
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def device(self) -> str:
        """Browser and system in words."""
        return device(self.agent)


class SecondFactor(Stamped, Base):
    """An authenticator app beside the first proof. Its secret and recovery codes are derived, like codes and links."""

    __tablename__ = "second_factors"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), unique=True)
    salt: Mapped[str] = mapped_column(String(32), default_factory=fresh_salt, info={"secret": True})
    recovery_salt: Mapped[str] = mapped_column(String(32), default_factory=fresh_salt, info={"secret": True})
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    """None: the app has not shown a right code yet, so it guards nothing."""
    last_step: Mapped[int] = mapped_column(default=0)
    """The time step of the last code taken, so that none is taken twice."""
    used: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    """Which recovery codes are spent."""


class Invitation(Stamped, Base):
    """A single-use link or QR code into a team, a company or a programme's staff."""

    __tablename__ = "invitations"
    __table_args__ = (Index("ix_invitations_scope", "kind", "scope_id"),)

    salt: Mapped[str] = mapped_column(String(32), default_factory=fresh_salt, info={"secret": True})
    """The link is made from it and the installation's key, so that a handed-over QR can be shown again."""
    kind: Mapped[str] = mapped_column(String(20))
    """`team`, `company`, `programme`, `park`."""
    scope_id: Mapped[int] = mapped_column(default=0)
    level: Mapped[str] = mapped_column(String(20), default="")
    subject_id: Mapped[int] = mapped_column(default=0)
    """A member or representative row that waits for its account, else 0."""
    name: Mapped[str] = mapped_column(String(100), default="")
    address: Mapped[str] = mapped_column(String(254), default="")
    """The address it is bound to; empty: handed over."""
    locale: Mapped[str] = mapped_column(String(10), default="zh_CN")
    """The inviter's language, for the mail."""
    account_id: Mapped[int | None] = mapped_column(default=None)
    """Who invited."""
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None] = mapped_column(default=None)
    spent_by: Mapped[int | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    def closed(self, at: datetime) -> str:
        """Why it opens nothing any more; empty while it does."""
        if self.spent_at:
            return _("This invitation has been accepted already.")
        if self.revoked_at:
            return _("This invitation was taken back. Ask who invited you for a new one.")
        if self.expires_at <= at:
            return _("This invitation is too old. Ask who invited you for a new one.")
        return ""


class Throttle(Base):
    """Attempts counted in the database, by key, in windows."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(160), unique=True)
    count: Mapped[int] = mapped_column(default=0)
    window_ends: Mapped[datetime]
