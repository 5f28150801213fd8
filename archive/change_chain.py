"""The record of changes as a hash chain: each line's SHA-256 covers its content and the SHA-256 of the line before.

Whoever alters, inserts or removes a line has to compute all later ones anew, and then they differ from the heads of the
chain that the manifests of signed-off issues hold (docs/decisions/0062).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import RowMapping, select, text

from archive.schema import change
from archive.schema.guards import POSTGRESQL_TRIGGERS, SQLITE_TRIGGERS
from archive.transaction import Transaction

_CONTENT: Final = ("id", "bulletin", "changed_at", "who", "subject", "subject_id", "said", "why")
"""The columns of a line that its SHA-256 covers, in this order."""
_LAST: Final = select(change.c.id, change.c.sha256).order_by(change.c.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last line of the record at some moment."""

    line: int
    """Its id; 0 for an empty record."""
    sha256: str
    """Of the line; "" for an empty record."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that does not follow from the one before it: it was altered, or lines before it were."""

    line: int
    """Its id."""
    expected: str
    """SHA-256 of its content and the line before."""
    actual: str
    """SHA-256 that it has."""


def chain_head(ledger: Transaction) -> ChainHead:
    """The last line of the record."""
    row = ledger.sql.execute(_LAST).first()
    return ChainHead(row.id, row.sha256) if row else ChainHead(0, "")


def next_line(ledger: Transaction, content: Mapping[str, Any]) -> dict[str, Any]:
    """The row that continues the chain. content: the columns other than id and sha256.

    No other process adds a line before the transaction ends: SQLite has one writer, PostgreSQL locks the table.
    """
    if ledger.sql.dialect.name == "postgresql":
        ledger.sql.execute(text("LOCK TABLE change IN EXCLUSIVE MODE"))
    head = chain_head(ledger)
    row = {"id": head.line + 1, **content}
    return row | {"sha256": line_sha256(head.sha256, row)}


def line_sha256(before: str, row: Mapping[str, Any] | RowMapping) -> str:
    """SHA-256 of a line. before: that of the line before, "" for the first. row: its columns."""
    content = [before, *(_canonical(row[name]) for name in _CONTENT)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def sha256_of_line(ledger: Transaction, line: int) -> str | None:
    """The recorded SHA-256 of the line with that id; None when there is none."""
    recorded: str | None = ledger.sql.execute(select(change.c.sha256).where(change.c.id == line)).scalar()
    return recorded


def broken_lines(ledger: Transaction) -> Iterator[BrokenLine]:
    """The lines at which the chain is broken: one for an altered line, one where lines were removed or inserted."""
    before = ""
    for row in ledger.sql.execute(select(change).order_by(change.c.id)).mappings():
        expected = line_sha256(before, row)
        if row["sha256"] != expected:
            yield BrokenLine(row["id"], expected, row["sha256"])
        before = row["sha256"]


def missing_triggers(ledger: Transaction) -> list[str]:
    """Names of the triggers that the database should have and has not, or has with another meaning."""
    if ledger.sql.dialect.name == "postgresql":
        enabled = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'change'::regclass AND tgenabled <> 'D'"
        return sorted(POSTGRESQL_TRIGGERS.keys() - set(ledger.sql.execute(text(enabled)).scalars()))
    made = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present: dict[str, str] = {row.name: row.sql for row in ledger.sql.execute(made)}
    return [name for name, body in SQLITE_TRIGGERS.items() if not present.get(name, "").endswith(body)]


def _canonical(value: int | str | datetime) -> int | str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
