"""Who acts now, in which language and zone: the same inside a request, a job and the command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

EVERYONE = "everyone"
"""The role that each actor has, visitors included."""
VISITOR = "visitor"
ACCOUNT = "account"
"""Signed in, with no membership in use."""
ADMINISTRATOR = "administrator"
"""Park administrator."""
ORGANISER = "organiser"
REPRESENTATIVE = "representative"
MEMBER = "member"
"""Of a team; a captain has level `captain`."""
FUND_OFFICER = "fund officer"
GUARDED = frozenset({ORGANISER, ADMINISTRATOR, FUND_OFFICER})
"""Roles that a second factor guards, once the park says so."""


@dataclass(frozen=True)
class Membership:
    """What an account is, somewhere: a role over one team, company or programme."""

    role: str
    kind: str = ""
    """`team`, `company`, `programme`, or empty for the whole park."""
    id: int = 0
    level: str = ""
    """`owner`, `manager`, `helper`, `read-only` of a programme; `captain`, `member` of a team; `lead`, `colleague`."""
    name: str = ""
    """What the role switch shows: the team's, company's or programme's name."""

    @property
    def key(self) -> str:
        """The membership in one word, for the session and the switch."""
        return f"{self.role}:{self.id}"


NOBODY = Membership(role=VISITOR)


@dataclass(frozen=True)
class Actor:
    """Who acts: a value of ids, never a row."""

    account_id: int | None = None
    name: str = ""
    confirmed: bool = False
    """Whether one of the account's addresses is confirmed; without it nothing existing can be claimed."""
    second_factor: bool = False
    """Whether signing in asked for a second proof."""
    membership: Membership = NOBODY
    """The one in use."""
    memberships: tuple[Membership, ...] = ()
    acting_for: Membership | None = None
    """The team or company that an organiser acts for."""
    session_id: int | None = None
    console: bool = False
    """The command line, as the console administrator."""

    is_active = True

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in (Flask-Login asks)."""
        return self.account_id is not None or self.console

    @property
    def is_anonymous(self) -> bool:
        """The opposite (Flask-Login asks)."""
        return not self.is_authenticated

    def get_id(self) -> str:
        """The account's id as text (Flask-Login asks)."""
        return str(self.account_id)

    @property
    def scope(self) -> Membership:
        """The membership that rules look at: the one acted for, else the one in use."""
        return self.acting_for or self.membership

    @property
    def role(self) -> str:
        """The role in use."""
        return self.scope.role

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles whose sights apply: everyone's, and the one in use."""
        return (EVERYONE, self.role)

    def _id(self, kind: str) -> int:
        return self.scope.id if self.scope.kind == kind else 0

    @property
    def team_id(self) -> int:
        """The team acted as, else 0."""
        return self._id("team")

    @property
    def company_id(self) -> int:
        """The company acted as, else 0."""
        return self._id("company")

    @property
    def programme_id(self) -> int:
        """The programme organised, else 0."""
        return self._id("programme")

    def using(self, membership: Membership) -> Actor:
        """The same person in another role."""
        return replace(self, membership=membership, acting_for=None)

    def for_(self, membership: Membership) -> Actor:
        """The same person acting for a team or company."""
        return replace(self, acting_for=membership)


ANONYMOUS = Actor()
CONSOLE = Actor(name="console", confirmed=True, membership=Membership(ADMINISTRATOR), console=True)
SYSTEM = Actor(name="campapp", confirmed=True, membership=Membership("system"))


@dataclass
class _Current:
    actor: Actor = ANONYMOUS
    locale: str = "zh_CN"
    zone: str = "Asia/Shanghai"
    request_id: str = ""


_stack: ContextVar[_Current | None] = ContextVar("current", default=None)


class Current:
    """The proxy that everything reads: `current.actor`, `current.locale`, `current.zone`."""

    def _get(self) -> _Current:
        return _stack.get() or _Current()

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self._get().actor

    @property
    def locale(self) -> str:
        """`zh_CN` or `en`."""
        return self._get().locale

    @property
    def zone(self) -> str:
        """The reader's time zone."""
        return self._get().zone

    @property
    def request_id(self) -> str:
        """What ties log lines, events and error pages together."""
        return self._get().request_id

    @contextmanager
    def set(self, **values: Any) -> Iterator[None]:
        """Change some of it for the block (a request, a job, a command, one mail)."""
        token = _stack.set(replace(self._get(), **values))
        try:
            yield
        finally:
            _stack.reset(token)

    def put(self, **values: Any) -> None:
        """Change some of it until the surrounding block ends (signing in during a request)."""
        _stack.set(replace(self._get(), **values))


current = Current()


def forget() -> None:
    """Begin the next request on this thread with nobody."""
    _stack.set(None)
