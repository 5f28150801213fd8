"""refused log-ins are counted without the names that were typed"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA secure_delete = ON")  # a name may be a password that was typed in the wrong field
    op.execute("DELETE FROM login_attempt")
    op.drop_table("login_attempt")
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("known_browser", sa.Boolean(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_attempt"),
    )
    op.create_index("ix_login_attempt_target_tried_at", "login_attempt", ["target", "tried_at"])
    op.create_index("ix_login_attempt_origin_tried_at", "login_attempt", ["origin", "tried_at"])
