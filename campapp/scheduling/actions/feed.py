"""Private calendar links: made, renewed; the old one then answers 404."""

from __future__ import annotations

import secrets

from sqlalchemy import select, update

from campapp.accounts.models import Account
from campapp.accounts.sessions import token_hash
from campapp.core.access import Verdict, rule
from campapp.core.action import Act, action
from campapp.core.current import Actor
from campapp.core.db import db
from campapp.scheduling.models import FeedLink


@rule
def own_account(actor: Actor, account: Account) -> Verdict:
    """The person themself."""
    return actor.account_id == account.id and actor.acting_for is None


def link_of(actor: Actor) -> FeedLink | None:
    """The person's present link."""
    if actor.account_id is None or actor.acting_for is not None:
        return None
    return db.session.scalars(
        select(FeedLink).where(FeedLink.account_id == actor.account_id, FeedLink.revoked_at.is_(None))
    ).first()


@action("feed_link_renewed", rule=own_account)
def renew_link(act: Act, account: Account) -> FeedLink:
    """A new private link; the one before opens nothing any more."""
    db.session.execute(
        update(FeedLink)
        .where(FeedLink.account_id == account.id, FeedLink.revoked_at.is_(None))
        .values(revoked_at=act.at)
    )
    token = secrets.token_urlsafe(24)
    row = FeedLink(account_id=account.id, token=token, token_hash=token_hash(token))
    db.session.add(row)
    db.session.flush()
    return row
