"""what stands in a letter, what was brought in by hand, the texts that are searched; indexes for pages of letters"""

import sqlalchemy as sa
from alembic import op

from archive.schema import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "letter_content",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_content_letter_id")),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_content")),
    )
    op.create_table(
        "brought_in",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("brought_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_brought_in_letter_id")),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_brought_in")),
    )
    op.create_table(
        "searchable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searchable")),
        sa.UniqueConstraint("kind", "subject_id", "number", name=op.f("uq_searchable_kind_subject_id_number")),
    )
    for table, columns in (
        ("searchable", ["bulletin", "kind", "happened_at"]),
        ("letter", ["bulletin", "verdict", "received_at"]),
        ("letter", ["bulletin", "received_at"]),
        ("letter_article", ["article_id"]),
        ("issue_article", ["article_id"]),
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns, unique=False)
