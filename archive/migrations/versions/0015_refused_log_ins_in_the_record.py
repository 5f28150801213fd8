"""refused log-ins are counted by minute and address until they stand in the record"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "refused_login",
        sa.Column("minute", UtcDateTime(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("minute", "address", name="pk_refused_login"),
    )
