"""findings that an editor has settled, and words that the proofreader passes over"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "settled_finding",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_settled_finding_article_id"),
        sa.PrimaryKeyConstraint("article_id", "fingerprint", name="pk_settled_finding"),
    )
    op.create_table(
        "allowed_word",
        sa.Column("bulletin", sa.String(length=64), nullable=False),
        sa.Column("word", sa.String(length=64), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("allowed_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bulletin", "word", name="pk_allowed_word"),
    )
