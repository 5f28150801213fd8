"""the SHA-256 of what a draft would print is a column of its own, no longer a key beside its news"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("issue_revision", sa.Column("print_sha256", sa.String(length=64), nullable=False, server_default=""))
    table = sa.table("issue_revision", sa.column("id"), sa.column("news"), sa.column("print_sha256"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.news)).all():
        news = json.loads(row.news)
        if "printed" in news:
            print_sha256 = news.pop("printed")
            connection.execute(
                sa.update(table)
                .where(table.c.id == row.id)
                .values(news=json.dumps(news, ensure_ascii=False), print_sha256=print_sha256)
            )
