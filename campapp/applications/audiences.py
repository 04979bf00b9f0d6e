"""How this room's rows are loaded for mails."""

from campapp.applications import approved_texts  # noqa: F401  # registers them
from campapp.applications.models import Application
from campapp.core.db import db
from campapp.core.outbox import subjects

subjects["application"] = lambda row_id: db.session.get(Application, row_id)
