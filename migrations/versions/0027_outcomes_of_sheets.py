"""Outcomes whose reporter and confirmation an imported sheet names.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

outcomes = sa.table(
    "outcomes", sa.column("id"), sa.column("reported_side"), sa.column("confirmed_at"),
    sa.column("from_sheet", sa.Boolean),
)  # fmt: skip
events = sa.table("events", sa.column("id"), sa.column("name"))
subjects = sa.table("event_subjects", sa.column("event_id"), sa.column("kind"), sa.column("subject_id"))


def upgrade() -> None:
    """Whatever nobody has reported here came in by a sheet."""
    op.add_column(
        "outcomes", sa.Column("from_sheet", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    never_said = outcomes.c.id.not_in(_told("outcome_reported", "outcome_changed"))
    answered = outcomes.c.id.in_(_told("outcome_confirmed", "outcome_disputed"))
    op.execute(outcomes.update().where(never_said, answered).values(reported_side="organiser"))
    op.execute(
        outcomes.update().where(never_said, sa.not_(answered)).values(from_sheet=True, confirmed_at=None)
    )


def _told(*names: str) -> sa.Select[tuple[int]]:
    return (
        sa.select(subjects.c.subject_id)
        .join(events, events.c.id == subjects.c.event_id)
        .where(subjects.c.kind == "outcome", events.c.name.in_(names))
    )


def downgrade() -> None:
    """The mark goes; what the sheets say stays."""
    op.drop_column("outcomes", "from_sheet")
