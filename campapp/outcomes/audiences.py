"""How outcomes' rows are loaded for mails."""

from campapp.core.db import db
from campapp.core.outbox import subjects
from campapp.outcomes.models import Outcome

subjects["outcome"] = lambda outcome_id: db.session.get(Outcome, outcome_id)
