"""批示 with leader, day and scan"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("endorsement", sa.Column("leader", sa.Text(), nullable=False, server_default=""))
    op.add_column("endorsement", sa.Column("dated", sa.Date()))
    op.add_column("endorsement", sa.Column("scan_sha256", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("endorsement", sa.Column("scan_name", sa.Text(), nullable=False, server_default=""))
    op.add_column("endorsement", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
