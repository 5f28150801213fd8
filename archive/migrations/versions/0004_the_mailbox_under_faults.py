"""the mailbox under faults: what does not come, when all was looked at, what was marked"""

import sqlalchemy as sa
from alembic import op

from archive.schema import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "unfetched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name=op.f("fk_unfetched_folder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unfetched")),
        sa.UniqueConstraint("folder_id", "uid", name=op.f("uq_unfetched_folder_id_uid")),
    )
    op.create_table(
        "reconciliation",
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name=op.f("fk_reconciliation_folder_id")),
        sa.PrimaryKeyConstraint("folder_id", name=op.f("pk_reconciliation")),
    )
    op.create_table(
        "courtesy_mark",
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sighting_id"], ["sighting.id"], name=op.f("fk_courtesy_mark_sighting_id")),
        sa.PrimaryKeyConstraint("sighting_id", name=op.f("pk_courtesy_mark")),
    )
