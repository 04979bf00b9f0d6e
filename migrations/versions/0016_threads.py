"""Threads.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Threads, what is written in them, and how far each person has read."""
    _threads()
    _posts()
    op.create_table(
        "thread_readings",
        sa.Column("id", sa.Integer(), nullable=False),
        *_refers("thread_readings", "account_id", "accounts"),
        *_refers("thread_readings", "thread_id", "threads"),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_readings")),
        sa.UniqueConstraint("account_id", "thread_id", name=op.f("uq_thread_readings_account_id_thread_id")),
    )
    op.create_index(op.f("ix_thread_readings_thread_id"), "thread_readings", ["thread_id"])


def _refers(
    table: str, column: str, other: str, *, null: bool = False, **more: str
) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(column, sa.Integer(), nullable=null),
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), **more),
    ]


def _threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.Integer(), nullable=False),
        *_refers("threads", "programme_id", "programmes"),
        sa.Column("kind", sa.String(length=12), nullable=False),
        *_refers("threads", "account_id", "accounts", null=True),
        *_refers("threads", "application_id", "applications", null=True),
        *_refers("threads", "match_id", "matches", null=True),
        sa.Column("opening", sa.String(length=200), nullable=False),
        sa.Column("last_post_id", sa.Integer(), nullable=False),
        sa.Column("last_side", sa.String(length=10), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
        sa.UniqueConstraint("application_id", name=op.f("uq_threads_application_id")),
        sa.UniqueConstraint("match_id", name=op.f("uq_threads_match_id")),
    )
    op.create_index(op.f("ix_threads_programme_id"), "threads", ["programme_id"])
    op.create_index(op.f("ix_threads_account_id"), "threads", ["account_id"])
    op.create_index("ix_threads_list", "threads", ["programme_id", "last_at", "id"])


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        *_refers("posts", "thread_id", "threads"),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_refers("posts", "account_id", "accounts", null=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        *_refers("posts", "faq_id", "faqs", null=True),
        *_refers("posts", "letter_id", "letters", null=True, ondelete="SET NULL"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    for column in ("thread_id", "account_id", "letter_id"):
        op.create_index(op.f(f"ix_posts_{column}"), "posts", [column])


def downgrade() -> None:
    """Throw them away."""
    for table in ("thread_readings", "posts", "threads"):
        op.drop_table(table)
