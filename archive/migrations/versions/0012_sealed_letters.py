"""letters that bear a marking of secrecy are sealed; the table of their seals"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("sealed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("released_at", UtcDateTime(timezone=True)),
        sa.Column("destroyed_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_seal_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_seal"),
    )
