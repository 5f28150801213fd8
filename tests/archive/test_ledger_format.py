"""Which format a database has, and which formats are refused."""

from __future__ import annotations

import pytest

from archive.database import Ledger
from archive.ledger_format import FORMAT, create_tables, format_of, refuse_incomplete, refuse_newer
from values.errors import BadUsage, StorageFailed


def test_empty_database_has_no_format_and_is_complete(empty: Ledger) -> None:
    with empty.reading() as reading:
        assert format_of(reading) is None
        refuse_incomplete(reading, None)


def test_new_tables_have_the_format_of_this_version_and_are_complete(empty: Ledger) -> None:
    with empty.writing() as writing:
        create_tables(writing)
        assert format_of(writing) == FORMAT
        refuse_incomplete(writing, FORMAT)


@pytest.mark.parametrize("format", [None, "0001", FORMAT])
def test_earlier_formats_and_this_one_are_not_newer(format: str | None) -> None:
    refuse_newer(format)


def test_newer_format_is_refused() -> None:
    with pytest.raises(BadUsage, match=f"更新的版本写成的（9999，本版本只认识到 {FORMAT}）"):
        refuse_newer("9999")


def test_tables_without_a_format_are_incomplete(empty: Ledger) -> None:
    with empty.writing() as writing:
        writing.sql.exec_driver_sql("CREATE TABLE letter (id INTEGER)")
        with pytest.raises(StorageFailed, match="不完整"):
            refuse_incomplete(writing, format_of(writing))


def test_missing_table_is_incomplete_in_this_format_alone(ledger: Ledger) -> None:
    """An earlier format has fewer tables: migrating adds them."""
    with ledger.writing() as writing:
        writing.sql.exec_driver_sql("DROP TABLE searchable")
        refuse_incomplete(writing, "0001")
        with pytest.raises(StorageFailed, match="不完整"):
            refuse_incomplete(writing, FORMAT)
