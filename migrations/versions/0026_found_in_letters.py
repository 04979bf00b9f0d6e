"""What the palette and the lists search, found by traditional and Taiwan words, by pinyin and its initials.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from campapp.core.search import Terms
from campapp.core.search_filling import fill
from campapp.core.search_index import create_search_index, drop_search_index

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

NAMES = {
    "programmes": ("title_zh", "title_en"),
    "companies": ("name", "name_zh", "name_en"),
    "needs": ("title", "title_other"),
    "posts": (),
    "organisations": ("name",),
    "outcomes": ("title",),
    "applications": ("number", "team_name", "project_title"),
}
TEXTS = {
    "needs": ("sector", "problem", "problem_other"),
    "posts": ("text",),
    "applications": ("summary",),
}


def upgrade() -> None:
    """New columns and their index, filled for what is there."""
    empty = sa.text("'{}'") if op.get_bind().dialect.name == "postgresql" else ""
    for table, spelled in NAMES.items():
        if table != "applications":
            op.add_column(table, sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
            op.add_column(table, sa.Column("search_terms", Terms(), nullable=False, server_default=empty))
        drop_search_index(op, table)
        fill(op.get_bind(), table, (*spelled, *TEXTS.get(table, ())), spelled)
        create_search_index(op, table)
