"""How this room's rows are loaded for mails."""

from campapp.core.db import db
from campapp.core.outbox import subjects
from campapp.scheduling.models import Publication

subjects["publication"] = lambda row_id: db.session.get(Publication, row_id)
