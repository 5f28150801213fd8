"""addresses that an editor has confirmed"""

import sqlalchemy as sa
from alembic import op

from archive.schema import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "learned_sender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("learned_at", UtcDateTime(), nullable=False),
        sa.Column("learned_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_sender")),
        sa.UniqueConstraint("bulletin", "address", name=op.f("uq_learned_sender_bulletin_address")),
    )
