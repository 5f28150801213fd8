"""Triggers of the database that keep the record of changes as it was written.

They stop mistakes of ours and of whoever opens the ledger with a program for databases. Somebody who may write to the
database can also drop them: then the chain (archive.change_chain) shows what was changed, and `verify` that they are
gone.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import DDL, event

from archive.schema.desk import change

_REFUSAL: Final = "the record of changes is never changed"
_RAISE: Final = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
SQLITE_TRIGGERS: Final = {
    "change_no_update": f"BEFORE UPDATE ON change {_RAISE}",
    "change_no_delete": f"BEFORE DELETE ON change {_RAISE}",
    # INSERT OR REPLACE deletes a row without firing the trigger of DELETE (recursive_triggers is off).
    "change_no_replace": f"BEFORE INSERT ON change WHEN EXISTS (SELECT 1 FROM change WHERE id = NEW.id) {_RAISE}",  # noqa: S608 - no values
}
"""What follows CREATE TRIGGER and the name, by name."""
POSTGRESQL_TRIGGERS: Final = {
    "change_no_update": "BEFORE UPDATE OR DELETE ON change FOR EACH ROW EXECUTE FUNCTION refuse_changed_record()",
    "change_no_truncate": "BEFORE TRUNCATE ON change FOR EACH STATEMENT EXECUTE FUNCTION refuse_changed_record()",
}
"""As `SQLITE_TRIGGERS`."""
_POSTGRESQL_FUNCTION: Final = (
    "CREATE OR REPLACE FUNCTION refuse_changed_record() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)


def guard_statements(dialect: str) -> list[str]:
    """The statements that make the triggers on a database of that dialect: "sqlite" or "postgresql"."""
    triggers = SQLITE_TRIGGERS if dialect == "sqlite" else POSTGRESQL_TRIGGERS
    function = [] if dialect == "sqlite" else [_POSTGRESQL_FUNCTION]
    return function + [f"CREATE TRIGGER {name} {body}" for name, body in triggers.items()]


for _dialect in ("sqlite", "postgresql"):
    for _statement in guard_statements(_dialect):
        event.listen(change, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
