"""forms that are used once"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "form_use",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.PrimaryKeyConstraint("digest", name="pk_form_use"),
    )
    op.create_index("ix_form_use_used_at", "form_use", ["used_at"])
