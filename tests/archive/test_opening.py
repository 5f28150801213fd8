"""Opening a ledger: it is made whole or not at all, and never opened by a version that does not know its format."""

from __future__ import annotations

import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from archive.database import Ledger
from archive.ledger_format import FORMAT, format_of
from archive.migrate import migrate
from archive.sqlite_file import SqliteFile
from tests.support.crash import ROOT, killed_at_step
from tests.support.ledgers import open_sqlite, set_format, statements_of
from values.errors import BadUsage, StorageFailed


def test_new_ledger_is_opened_as_all_migrations_would_make_it(empty: Ledger, tmp_path: Path) -> None:
    migrate(empty)
    open_sqlite(tmp_path / "new.sqlite3").close()
    assert statements_of(tmp_path / "new.sqlite3", without="") == statements_of(
        tmp_path / "jianbao.sqlite3", without=""
    )
    with Ledger(SqliteFile(tmp_path / "new.sqlite3")).reading() as reading:
        assert format_of(reading) == FORMAT


def test_older_ledger_is_refused_with_the_command_that_helps(empty: Ledger, tmp_path: Path) -> None:
    migrate(empty)
    set_format(empty, "0000")
    with pytest.raises(BadUsage, match=r"台账的格式较旧（0000，.*请先备份，再运行 migrate 命令"):
        open_sqlite(tmp_path / "jianbao.sqlite3")


def test_newer_ledger_is_refused_and_left_alone(empty: Ledger, tmp_path: Path) -> None:
    migrate(empty)
    set_format(empty, "9999")
    with pytest.raises(BadUsage, match=r"台账是由更新的版本写成的（9999.*请换用更新的版本"):
        open_sqlite(tmp_path / "jianbao.sqlite3")
    with pytest.raises(BadUsage, match="台账是由更新的版本写成的（9999"):
        migrate(empty)
    with empty.reading() as reading:
        assert format_of(reading) == "9999"


@pytest.mark.parametrize("damage", ["DELETE FROM alembic_version", "DROP TABLE alembic_version", "DROP TABLE outbox"])
def test_half_a_ledger_is_refused_and_left_alone(empty: Ledger, tmp_path: Path, damage: str) -> None:
    migrate(empty)
    with empty.writing() as writing:
        writing.sql.exec_driver_sql(damage)
    left = statements_of(tmp_path / "jianbao.sqlite3")
    with pytest.raises(StorageFailed, match=r"不完整.*请停止服务，再从备份完整地恢复一次"):
        open_sqlite(tmp_path / "jianbao.sqlite3")
    with pytest.raises(StorageFailed, match="不完整"):
        migrate(empty)
    assert statements_of(tmp_path / "jianbao.sqlite3") == left


def test_process_killed_while_making_the_ledger_leaves_it_to_the_next(tmp_path: Path) -> None:
    program = tmp_path / "open.py"
    program.write_text(
        "import sys\nfrom pathlib import Path\nfrom tests.support.ledgers import open_sqlite\n"
        "open_sqlite(Path(sys.argv[1])).close()\n"
    )
    for step in count(1):
        database = tmp_path / f"{step}.sqlite3"
        killed = killed_at_step(step, program, database)
        ledger = open_sqlite(database)
        with ledger.reading() as reading:
            assert format_of(reading) == FORMAT
        ledger.close()
        if not killed:
            break
    assert step == 3  # before its one commit, after it, and not at all


def test_four_processes_that_open_a_fresh_ledger_at_once_make_it_once(tmp_path: Path) -> None:
    program = "import sys\nfrom pathlib import Path\nfrom tests.support.ledgers import open_sqlite\nsys.stdin.read()\n"
    program += "open_sqlite(Path(sys.argv[1])).close()\n"
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
    ledger = open_sqlite(database)
    with ledger.reading() as reading:
        assert reading.sql.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [FORMAT]
    ledger.close()
