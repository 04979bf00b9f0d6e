"""The ledger of consents.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Consents and their texts; what the organiser collected outside before this stands as declared on its day."""
    op.create_table(
        "consent_texts",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_texts")),
        sa.UniqueConstraint("purpose", "version", name=op.f("uq_consent_texts_purpose_version")),
    )
    op.create_table(
        "consents",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("collected_on", sa.Date(), nullable=True),
        sa.Column("scan_file_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_consents_account_id")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_consents_application_id")
        ),
        sa.ForeignKeyConstraint(["scan_file_id"], ["files.id"], name=op.f("fk_consents_scan_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_account_id"), "consents", ["account_id"])
    op.create_index(op.f("ix_consents_application_id"), "consents", ["application_id"])
    standing = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "uq_consents_standing", "consents", ["application_id", "purpose"], unique=True,
        sqlite_where=standing, postgresql_where=standing,
    )  # fmt: skip
    op.add_column("applications", sa.Column("companies_agreed_at", sa.DateTime(timezone=True), nullable=True))
    for purpose in ("running", "companies"):
        op.execute(
            sa.text(
                "INSERT INTO consents (application_id, purpose, text_version, locale, how, name, collected_on, "
                "withdrawn_by, withdrawn_reason, created_at) "
                "SELECT id, :purpose, 1, 'zh_CN', 'outside', '', date(created_at), '', '', created_at "
                "FROM applications WHERE collected_outside"
            ).bindparams(purpose=purpose)
        )
    op.execute("UPDATE applications SET companies_agreed_at = created_at WHERE collected_outside")
