"""By whose account an allowance was granted and a form is being composed.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So that erasing a person empties the name beside it."""
    for table in ("allowances", "form_drafts"):
        op.add_column(table, sa.Column("account_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """The names would stand there for good."""
    raise NotImplementedError
