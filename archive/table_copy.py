"""All rows of one ledger in another of the same format, whatever database each is in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import Select, Table, func, insert, select, text

from archive.schema import metadata
from archive.transaction import Transaction

_AT_ONCE: Final = 500
"""Rows that are read and written together: a revision has up to 2 MB of text, most have 10 kB."""
_DIGEST_RANGE: Final = 1 << 256


@dataclass(frozen=True, slots=True)
class TableContent:
    """What a table holds, without regard to the order of its rows."""

    rows: int
    digest: int
    """The sum of the SHA-256 of its rows, modulo 2**256."""


def copy_tables(source: Transaction, target: Transaction) -> dict[str, TableContent]:
    """Copies every row into tables that are empty, and sets the counters from which PostgreSQL numbers new rows.

    Returns what was read, by table. Raises as the database does where a row does not fit.
    """
    copied: dict[str, TableContent] = {}
    for table in metadata.sorted_tables:
        content = TableContent(0, 0)
        # In the order of the key: a row that refers to another one of its table comes after it.
        for rows in source.sql.execute(_all_of(table).order_by(*table.primary_key)).mappings().partitions():
            batch = [dict(row) for row in rows]
            target.sql.execute(insert(table), batch)
            content = _with(content, batch)
        copied[table.name] = content
    if target.sql.dialect.name == "postgresql":
        _set_counters(target)
    return copied


def table_contents(ledger: Transaction) -> dict[str, TableContent]:
    """What each table holds."""
    contents: dict[str, TableContent] = {}
    for table in metadata.sorted_tables:
        content = TableContent(0, 0)
        for rows in ledger.sql.execute(_all_of(table)).mappings().partitions():
            content = _with(content, rows)
        contents[table.name] = content
    return contents


def _all_of(table: Table) -> Select[Any]:
    return select(table).execution_options(yield_per=_AT_ONCE)


def _with(content: TableContent, rows: Any) -> TableContent:
    digest = content.digest + sum(int.from_bytes(_sha256(row)) for row in rows)
    return TableContent(content.rows + len(rows), digest % _DIGEST_RANGE)


def _sha256(row: Mapping[str, Any]) -> bytes:
    canonical = [[name, _canonical(value)] for name, value in row.items()]
    return hashlib.sha256(json.dumps(canonical, sort_keys=True).encode()).digest()


def _canonical(value: Any) -> Any:
    """Values as JSON has them, equal for equal values of both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def _set_counters(target: Transaction) -> None:
    for table in metadata.sorted_tables:
        counter = _counter(target, table)
        if counter is not None:
            last = target.sql.execute(select(func.max(table.c.id))).scalar()
            if last is not None:
                target.sql.execute(select(func.setval(counter, last)))


def _counter(target: Transaction, table: Table) -> str | None:
    """The sequence that numbers the table's rows; None where it has none."""
    if "id" not in table.c or table.autoincrement_column is not table.c.id:
        return None
    sequence: str | None = target.sql.execute(
        text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}
    ).scalar()
    return sequence
