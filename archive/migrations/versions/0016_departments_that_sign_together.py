"""an article has all departments that sign it together, in their order"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("article", sa.Column("departments", sa.Text(), nullable=False, server_default=""))
