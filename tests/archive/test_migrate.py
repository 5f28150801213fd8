"""The ledger's format: made in one piece, never half, and never opened by a version that does not know it."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from archive.database import Ledger, sqlite_engine
from archive.ledger_format import FORMAT, format_of
from archive.migrate import alembic_config, migrate
from archive.opening import open_ledger
from archive.schema import metadata
from tests.support.crash import ROOT, killed_at_step
from tests.support.ledger_rows import keep_letter
from values.errors import BadUsage, StorageFailed


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger without any table."""
    ledger = Ledger(sqlite_engine(tmp_path / "jianbao.sqlite3"))
    yield ledger
    ledger.close()


def shape(database: Path, *, without: str = "alembic_version") -> set[tuple[str, str]]:
    """(name, statement) of every table and index, apart from white space, quotes and the order of a table's lines."""
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {(name, _ordered(sql)) for name, sql in rows if name != without}


def _ordered(sql: str) -> str:
    a_line_each = re.sub(r", (?=[a-z0-9_]+ [A-Z])", ",\n", re.sub(r"\s+,", ",", sql))  # SQLite adds columns in one line
    pieces = [re.sub(r"[\s\"]", "", line).rstrip(",") for line in a_line_each.splitlines()]
    return "|".join(sorted(pieces))


def set_revision(ledger: Ledger, revision: str) -> None:
    with ledger.writing() as writing:
        writing.sql.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))


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
    straight = sqlite_engine(tmp_path / "straight.sqlite3")
    metadata.create_all(straight)
    straight.dispose()
    empty.close()
    assert shape(tmp_path / "jianbao.sqlite3") == shape(tmp_path / "straight.sqlite3")


def test_new_ledger_is_opened_as_all_migrations_would_make_it(empty: Ledger, tmp_path: Path) -> None:
    migrate(empty)
    open_ledger(tmp_path / "new.sqlite3").close()
    assert shape(tmp_path / "new.sqlite3", without="") == shape(tmp_path / "jianbao.sqlite3", without="")
    with Ledger(sqlite_engine(tmp_path / "new.sqlite3")).reading() as reading:
        assert format_of(reading) == FORMAT


def test_older_ledger_is_refused_with_the_command_that_helps(empty: Ledger, tmp_path: Path) -> None:
    migrate(empty)
    set_revision(empty, "0000")
    with pytest.raises(BadUsage, match=r"台账的格式较旧（0000，.*请先备份，再运行：python run_service\.py migrate"):
        open_ledger(tmp_path / "jianbao.sqlite3")


def test_newer_ledger_is_refused_and_left_alone(empty: Ledger, tmp_path: Path) -> None:
    migrate(empty)
    set_revision(empty, "9999")
    with pytest.raises(BadUsage, match=r"台账是由更新的版本写成的（9999.*请换用更新的版本"):
        open_ledger(tmp_path / "jianbao.sqlite3")
    with pytest.raises(BadUsage, match="台账是由更新的版本写成的（9999"):
        migrate(empty)
    with empty.reading() as reading:
        assert format_of(reading) == "9999"


@pytest.mark.parametrize("damage", ["DELETE FROM alembic_version", "DROP TABLE alembic_version", "DROP TABLE outbox"])
def test_half_a_ledger_is_refused_and_left_alone(empty: Ledger, tmp_path: Path, damage: str) -> None:
    migrate(empty)
    with empty.writing() as writing:
        writing.sql.exec_driver_sql(damage)
    left = shape(tmp_path / "jianbao.sqlite3")
    with pytest.raises(StorageFailed, match=r"不完整.*请停止服务，再从备份完整地恢复一次"):
        open_ledger(tmp_path / "jianbao.sqlite3")
    with pytest.raises(StorageFailed, match="不完整"):
        migrate(empty)
    assert shape(tmp_path / "jianbao.sqlite3") == left


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
    """Interrupted at its first statement, at its second, and so on: each attempt begins with what the last one left."""
    database, interrupted = tmp_path / "jianbao.sqlite3", 0
    for nth in count(1):
        ledger = Ledger(sqlite_engine(database))
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
    assert interrupted > len(metadata.tables)


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


def test_process_killed_while_making_the_ledger_leaves_it_to_the_next(tmp_path: Path) -> None:
    program = tmp_path / "open.py"
    program.write_text(
        "import sys\nfrom pathlib import Path\nfrom archive.opening import open_ledger\n"
        "open_ledger(Path(sys.argv[1])).close()\n"
    )
    for step in count(1):
        database = tmp_path / f"{step}.sqlite3"
        killed = killed_at_step(step, program, database)
        ledger = open_ledger(database)
        with ledger.reading() as reading:
            assert format_of(reading) == FORMAT
        ledger.close()
        if not killed:
            break
    assert step == 3  # before its one commit, after it, and not at all


def test_four_processes_that_open_a_fresh_ledger_at_once_make_it_once(tmp_path: Path) -> None:
    program = "import sys\nfrom pathlib import Path\nfrom archive.opening import open_ledger\nsys.stdin.read()\n"
    program += "open_ledger(Path(sys.argv[1])).close()\n"
    database = tmp_path / "jianbao.sqlite3"
    command = [sys.executable, "-c", program, str(database)]
    children = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.close()
    for child in children:
        assert child.stderr is not None
        complaint = child.stderr.read()
        child.stderr.close()
        assert child.wait(60) == 0, complaint
    ledger = open_ledger(database)
    with ledger.reading() as reading:
        assert reading.sql.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [FORMAT]
    ledger.close()
