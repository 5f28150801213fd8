"""Migrations: they lead from every earlier format to that of this version, in one transaction."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from archive.database import Ledger
from archive.ledger_format import FORMAT, format_of
from archive.migrate import alembic_config, migrate
from archive.schema import metadata
from archive.sqlite_file import SqliteFile
from tests.support.ledger_rows import keep_letter
from tests.support.ledgers import statements_of


def test_fresh_ledger_comes_to_this_version_and_migrating_again_does_nothing(empty: Ledger) -> None:
    assert migrate(empty) == (None, FORMAT)
    with empty.writing() as writing:
        keep_letter(writing, "a")
        before = writing.sql.exec_driver_sql("PRAGMA schema_version").scalar()
    assert migrate(empty) == (FORMAT, FORMAT)
    with empty.reading() as reading:
        assert reading.sql.exec_driver_sql("PRAGMA schema_version").scalar() == before
        assert reading.sql.exec_driver_sql("SELECT count(*) FROM letter").scalar() == 1


def test_revision_is_the_head_of_the_migrations(empty: Ledger) -> None:
    with empty.reading() as reading:
        scripts = ScriptDirectory.from_config(alembic_config(reading))
    assert scripts.get_heads() == [FORMAT]
    assert sorted(script.revision for script in scripts.walk_revisions())[-1] == FORMAT


def test_migrations_make_the_tables_of_the_schema(empty: Ledger) -> None:
    migrate(empty)
    with empty.reading() as reading:
        assert compare_metadata(MigrationContext.configure(reading.sql), metadata) == []


def test_migrations_make_them_to_the_letter(empty: Ledger, tmp_path: Path) -> None:
    """Alembic compares neither checks nor the WHERE of an index, on which the issue numbers rest."""
    migrate(empty)
    straight = SqliteFile(tmp_path / "straight.sqlite3").connect()
    metadata.create_all(straight)
    straight.dispose()
    empty.close()
    assert statements_of(tmp_path / "jianbao.sqlite3") == statements_of(tmp_path / "straight.sqlite3")


def test_ledger_of_an_earlier_version_keeps_what_is_in_it(empty: Ledger, tmp_path: Path) -> None:
    with empty.writing() as writing:
        command.upgrade(alembic_config(writing), "0001")
        keep_letter(writing, "a")
    assert migrate(empty) == ("0001", FORMAT)
    with empty.reading() as reading:
        assert reading.sql.exec_driver_sql("SELECT count(*) FROM letter").scalar() == 1
        assert compare_metadata(MigrationContext.configure(reading.sql), metadata) == []


class Interruption(BaseException):
    """Ctrl-C, at a statement of our choice."""


def test_migration_interrupted_at_any_statement_leaves_an_empty_ledger_that_then_migrates(tmp_path: Path) -> None:
    """Interrupted at its first statement, at its eighth, and so on: each attempt begins with what the last one left.

    Those between are tried with rows (test_migrate_with_rows.py).
    """
    database, interrupted = tmp_path / "jianbao.sqlite3", 0
    for nth in count(1, 7):
        ledger = Ledger(SqliteFile(database))
        try:
            if _migrated_until(ledger, nth):
                with ledger.reading() as reading:
                    assert format_of(reading) == FORMAT
                    assert compare_metadata(MigrationContext.configure(reading.sql), metadata) == []
                break
            interrupted += 1
            with ledger.reading() as reading:
                assert reading.sql.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
        finally:
            ledger.close()
    assert interrupted > len(metadata.tables) // 7


def _migrated_until(ledger: Ledger, nth: int) -> bool:
    """Migrates, interrupted at the n-th statement. Returns whether it came to its end before."""
    statements = count(1)

    def interrupt(*_: object) -> None:
        if next(statements) == nth:
            raise Interruption

    event.listen(ledger.engine, "before_cursor_execute", interrupt)
    try:
        migrate(ledger)
    except Interruption:
        return False
    finally:
        event.remove(ledger.engine, "before_cursor_execute", interrupt)
    return True
