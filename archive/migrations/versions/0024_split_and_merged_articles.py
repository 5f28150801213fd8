"""articles that were split or merged, and further letters of a text"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "article_part",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("whole_id", sa.Integer(), nullable=False),
        sa.Column("whole_revision", sa.Integer(), nullable=False),
        sa.Column("split_by", sa.Text(), nullable=False),
        sa.Column("split_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_part_article_id"),
        sa.ForeignKeyConstraint(["whole_id"], ["article.id"], name="fk_article_part_whole_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_part"),
    )
    op.create_index("ix_article_part_whole_id", "article_part", ["whole_id"])
    op.create_table(
        "article_merger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("into_revision", sa.Integer(), nullable=False),
        sa.Column("into_departments", sa.Text(), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=False),
        sa.Column("merged_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("undone_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_merger_article_id"),
        sa.ForeignKeyConstraint(["into_id"], ["article.id"], name="fk_article_merger_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article_merger"),
    )
    op.create_index("ix_article_merger_article_id", "article_merger", ["article_id"])
    op.create_index("ix_article_merger_into_id", "article_merger", ["into_id"])
    op.create_table(
        "revision_letter",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_revision_letter_revision_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_revision_letter_letter_id"),
        sa.PrimaryKeyConstraint("revision_id", "letter_id", name="pk_revision_letter"),
    )
    op.create_index("ix_revision_letter_letter_id", "revision_letter", ["letter_id"])
