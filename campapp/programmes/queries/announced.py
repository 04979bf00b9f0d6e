"""What is announced: notices with their files, and the questions that are asked again and again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from campapp.core.access import sight_of, visible
from campapp.core.current import current
from campapp.core.db import db
from campapp.core.files import StoredFile
from campapp.programmes.models import Faq, Notice, NoticeFile, Programme


def faqs(programme: Programme) -> list[Faq]:
    """Questions that are asked again and again, in their order."""
    found = visible(Faq).where(Faq.programme_id == programme.id, Faq.removed_at.is_(None))
    return list(db.session.scalars(found.order_by(Faq.position, Faq.id)))


def notice_files(notice: Notice) -> list[tuple[NoticeFile, StoredFile]]:
    """The files that go with a notice, as the reader sees them."""
    rows = db.session.execute(
        select(NoticeFile, StoredFile)
        .join(StoredFile, StoredFile.id == NoticeFile.file_id)
        .where(
            NoticeFile.notice_id == notice.id, NoticeFile.removed_at.is_(None), sight_of(NoticeFile, current.actor)
        )
        .order_by(NoticeFile.id)
    )  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def newest_notices(programmes: Iterable[int], most: int = 5) -> list[Notice]:
    """The published notices of some programmes: those on top, then the newest."""
    found = visible(Notice).where(Notice.programme_id.in_(set(programmes)), Notice.published_at.is_not(None))
    return list(
        db.session.scalars(
            found.order_by(Notice.pinned.desc(), Notice.published_at.desc(), Notice.id.desc()).limit(most)
        )
    )
