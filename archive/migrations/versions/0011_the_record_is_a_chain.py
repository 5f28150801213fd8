"""each line of the record has the SHA-256 of its content and of the line before; triggers keep it as it is"""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0011"
down_revision = "0010"

_RAISE = "BEGIN SELECT RAISE(ABORT, 'the record of changes is never changed'); END"
_SQLITE = tuple(
    f"CREATE TRIGGER {name} BEFORE {event} {_RAISE}"
    for name, event in (
        ("change_no_update", "UPDATE ON change"),
        ("change_no_delete", "DELETE ON change"),
        ("change_no_replace", "INSERT ON change WHEN EXISTS (SELECT 1 FROM change WHERE id = NEW.id)"),
    )
)
_POSTGRESQL = (
    "CREATE FUNCTION refuse_changed_record() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the record of changes is never changed'; END $$",
    "CREATE TRIGGER change_no_update"
    " BEFORE UPDATE OR DELETE ON change FOR EACH ROW EXECUTE FUNCTION refuse_changed_record()",
    "CREATE TRIGGER change_no_truncate"
    " BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION refuse_changed_record()",
)
_CONTENT = ("id", "bulletin", "changed_at", "who", "subject", "subject_id", "said", "why")


def upgrade() -> None:
    op.add_column("change", sa.Column("sha256", sa.String(length=64), nullable=False, server_default=""))
    types = {"changed_at": UtcDateTime()}
    table = sa.table("change", *(sa.column(name, types.get(name)) for name in (*_CONTENT, "sha256")))
    connection = op.get_bind()
    before, rows = "", []
    for row in connection.execute(sa.select(table).order_by(table.c.id)).mappings().all():
        moment = row["changed_at"].astimezone(UTC).isoformat(timespec="microseconds")
        content = [before, *(moment if name == "changed_at" else row[name] for name in _CONTENT)]
        written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        before = hashlib.sha256(written.encode()).hexdigest()
        rows.append({"line": row["id"], "digest": before})
    if rows:
        chained = sa.update(table).where(table.c.id == sa.bindparam("line")).values(sha256=sa.bindparam("digest"))
        connection.execute(chained, rows)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
