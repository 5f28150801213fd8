"""which article corrects which printed one"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_correction_article_id"),
        sa.ForeignKeyConstraint(["corrects_id"], ["article.id"], name="fk_correction_corrects_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_correction"),
    )
    op.create_index("ix_correction_corrects_id", "correction", ["corrects_id"])
