"""letters are erased or destroyed: who, when and why; drafts and letters out whose content went with them"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "removal",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("removed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_removal_letter_id"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_removal"),
    )
    op.add_column("issue_revision", sa.Column("removed_at", UtcDateTime(timezone=True)))
    op.add_column("outbox", sa.Column("removed_at", UtcDateTime(timezone=True)))
    # No version of the program ever wrote it.
    op.drop_column("seal", "destroyed_at")
