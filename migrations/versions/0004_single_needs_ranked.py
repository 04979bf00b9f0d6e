"""Teams rank single needs.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PARTNER, NEED = sa.text("need_id IS NULL"), sa.text("need_id IS NOT NULL")


def upgrade() -> None:
    """A rank may mean one need of the company; a partner stands once, a need once."""
    with op.batch_alter_table("preferences") as table:
        table.drop_constraint("uq_preferences_side_application_id_participation_id", type_="unique")
        table.add_column(sa.Column("need_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_preferences_need_id_needs", "needs", ["need_id"], ["id"])
    op.create_index(
        "uq_preferences_partner", "preferences", ["side", "application_id", "participation_id"], unique=True,
        sqlite_where=PARTNER, postgresql_where=PARTNER,
    )  # fmt: skip
    op.create_index(
        "uq_preferences_need", "preferences", ["application_id", "need_id"], unique=True,
        sqlite_where=NEED, postgresql_where=NEED,
    )  # fmt: skip


def downgrade() -> None:
    """Companies only; ranks of single needs go."""
    op.execute(sa.text("DELETE FROM preferences WHERE need_id IS NOT NULL"))
    op.drop_index("uq_preferences_need", "preferences")
    op.drop_index("uq_preferences_partner", "preferences")
    with op.batch_alter_table("preferences") as table:
        table.drop_column("need_id")
        table.create_unique_constraint(
            "uq_preferences_side_application_id_participation_id",
            ["side", "application_id", "participation_id"],
        )
