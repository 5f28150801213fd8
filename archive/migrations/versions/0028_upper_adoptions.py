"""what papers of a higher level printed of our articles"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "upper_adoption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("adopted_as", sa.String(length=16), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("noted_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_upper_adoption_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_upper_adoption"),
        sa.UniqueConstraint(
            "article_id", "level", "publication", "dated", name="uq_upper_adoption_article_id_level_publication_dated"
        ),
    )
    op.create_index("ix_upper_adoption_article_id", "upper_adoption", ["article_id"])
