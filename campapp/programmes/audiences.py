"""How this room's rows are loaded for mails."""

from campapp.core.db import db
from campapp.core.outbox import subjects
from campapp.programmes.models import Participation

subjects["participation"] = lambda row_id: db.session.get(Participation, row_id)
