"""The record of changes is a chain: also when two processes write it at once, and in a ledger of an earlier version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from archive import change_chain
from archive.changes import NewChange, changes, record_change
from archive.database import Ledger
from archive.schema import change, guard_statements
from tests.support.crash import ROOT
from tests.support.ledger_rows import AT
from tests.support.ledgers import open_sqlite, place_empty_ledger

LINES = 40
WRITER = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from archive.changes import NewChange, record_change
from tests.support.ledgers import open_sqlite
ledger = open_sqlite(Path(sys.argv[1]))
for number in range({LINES}):
    with ledger.writing() as writing:
        record_change(writing, NewChange("wuxing", sys.argv[2], "article", number, "改动", datetime.now(UTC)))
"""


def test_empty_record_has_an_empty_head(ledger: Ledger) -> None:
    with ledger.reading() as reading:
        assert change_chain.chain_head(reading) == change_chain.ChainHead(0, "")
        assert list(change_chain.broken_lines(reading)) == []
        assert change_chain.missing_triggers(reading) == []


def test_each_line_continues_from_the_one_before(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for why in ("", "理由", '引号"与\\反斜线\n换行'):
            record_change(writing, NewChange("wuxing", "王编辑", "article", 7, "《甲》改题", AT, why))
    with ledger.reading() as reading:
        rows = reading.sql.execute(select(change).order_by(change.c.id)).mappings().all()
        head = change_chain.chain_head(reading)
        assert list(change_chain.broken_lines(reading)) == []
        assert change_chain.sha256_of_line(reading, 3) == head.sha256
        assert change_chain.sha256_of_line(reading, 4) is None
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert len({row["sha256"] for row in rows}) == 3
    assert change_chain.line_sha256(rows[1]["sha256"], rows[2]) == head.sha256


def test_two_processes_that_record_at_once_write_one_chain(tmp_path: Path) -> None:
    database = tmp_path / "jianbao.sqlite3"
    place_empty_ledger(database)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, database, who], cwd=ROOT) for who in ("王编辑", "李编辑")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    ledger = open_sqlite(database)
    with ledger.reading() as reading:
        assert list(change_chain.broken_lines(reading)) == []
        assert change_chain.chain_head(reading).line == 2 * LINES
        assert {line.who for line in changes(reading)} == {"王编辑", "李编辑"}
    ledger.close()


def test_statements_for_postgresql_are_made_for_that_dialect() -> None:
    made = guard_statements("postgresql")
    assert made[0].startswith("CREATE OR REPLACE FUNCTION")
    assert ["UPDATE OR DELETE" in made[1], "TRUNCATE" in made[2]] == [True, True]
    assert "sha256 VARCHAR(64)" in str(CreateTable(change).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
