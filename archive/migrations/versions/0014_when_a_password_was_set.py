"""when each password was set, so that passwords can expire"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("account", sa.Column("password_set_at", UtcDateTime(timezone=True)))
