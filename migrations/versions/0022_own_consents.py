"""Consents of each member for themselves.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STANDING = (
    ("uq_consents_standing", ["application_id", "purpose"], "withdrawn_at IS NULL AND member_id IS NULL"),
    (
        "uq_consents_own_standing",
        ["application_id", "member_id", "purpose"],
        "withdrawn_at IS NULL AND member_id IS NOT NULL",
    ),
)


def upgrade() -> None:
    """Whoever agreed for their team agreed to their own name too; of the others only those declared from outside."""
    op.drop_index("uq_consents_standing", table_name="consents")
    with op.batch_alter_table("consents") as consents:
        consents.add_column(sa.Column("member_id", sa.Integer(), nullable=True))
        consents.create_foreign_key(op.f("fk_consents_member_id"), "members", ["member_id"], ["id"])
        consents.create_index(op.f("ix_consents_member_id"), ["member_id"])
    for name, columns, where in STANDING:
        op.create_index(
            name,
            "consents",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.execute(
        "INSERT INTO consents (application_id, member_id, purpose, text_version, locale, how, account_id, name, "
        "collected_on, scan_file_id, withdrawn_by, withdrawn_reason, created_at) "
        "SELECT c.application_id, m.id, c.purpose, 0, c.locale, c.how, c.account_id, c.name, c.collected_on, "
        "c.scan_file_id, '', '', c.created_at FROM consents c "
        "JOIN applications a ON a.id = c.application_id "
        "JOIN members m ON m.team_id = a.team_id AND m.left_at IS NULL "
        "WHERE c.purpose = 'companies' AND c.withdrawn_at IS NULL "
        "AND (c.how = 'outside' OR m.account_id = c.account_id)"
    )
