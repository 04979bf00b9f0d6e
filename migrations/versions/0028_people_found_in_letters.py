"""People found by traditional words, by pinyin and its initials.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from campapp.core.search import Terms
from campapp.core.search_filling import fill
from campapp.core.search_index import create_search_index

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New columns and their index, filled for who is there."""
    empty = sa.text("'{}'") if op.get_bind().dialect.name == "postgresql" else ""
    op.add_column("accounts", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("search_terms", Terms(), nullable=False, server_default=empty))
    fill(op.get_bind(), "accounts", ("name",), ("name",))
    create_search_index(op, "accounts")
