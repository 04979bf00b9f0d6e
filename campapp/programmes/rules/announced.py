"""Who sees what belongs to notices: their files, and the questions that are asked again and again."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true

from campapp.core.access import sees, sight_of
from campapp.core.current import ADMINISTRATOR, EVERYONE, ORGANISER, Actor
from campapp.core.files import StoredFile
from campapp.programmes.models import Faq, Notice, NoticeFile
from campapp.programmes.rules.sight import published_ids


@sees(NoticeFile, EVERYONE, ORGANISER, ADMINISTRATOR)
def files_of_seen_notices(actor: Actor) -> ColumnElement[bool]:
    """Files of the notices that are seen, unless they were taken away."""
    seen = select(Notice.id).where(Notice.id == NoticeFile.notice_id, sight_of(Notice, actor))
    return and_(NoticeFile.removed_at.is_(None), seen.correlate(NoticeFile).exists())


@sees(NoticeFile, ORGANISER)
def files_taken_away(actor: Actor) -> ColumnElement[bool]:
    """All files of the own programme's notices, to be given back."""
    return NoticeFile.notice_id.in_(select(Notice.id).where(Notice.programme_id == actor.programme_id))


@sees(StoredFile, EVERYONE, ORGANISER, ADMINISTRATOR)
def bytes_of_notices(actor: Actor) -> ColumnElement[bool]:
    """The bytes of the notices' files that are seen."""
    of_row = and_(NoticeFile.file_id == StoredFile.id, sight_of(NoticeFile, actor))
    return select(NoticeFile.id).where(of_row).correlate(StoredFile).exists()


@sees(Faq, EVERYONE)
def answered_in_public(_actor: Actor) -> ColumnElement[bool]:
    """Of published programmes, unless they were taken out."""
    return and_(Faq.removed_at.is_(None), Faq.programme_id.in_(published_ids()))


@sees(Faq, ORGANISER)
def of_own_programme(actor: Actor) -> ColumnElement[bool]:
    """Of the programme that is organised."""
    return Faq.programme_id == actor.programme_id


@sees(Faq, ADMINISTRATOR)
def every_question(_actor: Actor) -> ColumnElement[bool]:
    """All."""
    return true()
