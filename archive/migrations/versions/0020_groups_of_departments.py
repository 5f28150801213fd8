"""departments are counted in groups"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("department", sa.Column("group_name", sa.Text(), nullable=False, server_default=""))
