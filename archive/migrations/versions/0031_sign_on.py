"""people whom the office's provider logs in"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "external_identity",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_external_identity_account_id"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_external_identity"),
    )
    op.create_index("ix_external_identity_account_id", "external_identity", ["account_id"])
    op.create_table(
        "external_session",
        sa.Column("desk_session_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk_session_id"], ["desk_session.id"], name="fk_external_session_desk_session_id"),
        sa.PrimaryKeyConstraint("desk_session_id", name="pk_external_session"),
    )
