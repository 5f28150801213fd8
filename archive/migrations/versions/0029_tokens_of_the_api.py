"""tokens of the API"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bulletin", sa.String(length=64), server_default="", nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True)),
        sa.Column("revoked_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_api_token_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("token_sha256", name="uq_api_token_token_sha256"),
    )
    op.create_index("ix_api_token_account_id", "api_token", ["account_id"])
