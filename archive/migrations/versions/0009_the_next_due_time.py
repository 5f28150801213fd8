"""when a bulletin is due next, so that a changed schedule is not taken for a missed week"""

import sqlalchemy as sa
from alembic import op

from archive.schema import UtcDateTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "next_firing",
        sa.Column("bulletin", sa.String(length=64), nullable=False),
        sa.Column("fire_time", UtcDateTime(), nullable=True),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bulletin", name=op.f("pk_next_firing")),
    )
