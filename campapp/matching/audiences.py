"""How this room's rows are loaded for mails."""

from campapp.core.db import db
from campapp.core.outbox import subjects
from campapp.matching.models import Match

subjects["match"] = lambda row_id: db.session.get(Match, row_id)
