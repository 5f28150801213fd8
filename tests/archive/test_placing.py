"""A finished ledger takes its place whole, over what a killed restore has left, and never over another office's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from archive import letters
from archive.database import DatabaseServer
from archive.ledger_mark import MARK_FILE
from archive.opening import open_ledger
from archive.placing import place_ledger
from archive.postgresql_server import PostgresqlServer
from archive.sqlite_file import SqliteFile
from tests.support.ledger_rows import keep_letter
from tests.support.ledgers import empty_ledger
from tests.support.postgresql import RunningPostgresql
from values.errors import BadUsage


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path, postgresql: RunningPostgresql) -> DatabaseServer:
    if request.param == "sqlite":
        return SqliteFile(tmp_path / "jianbao.sqlite3")
    return PostgresqlServer(postgresql.empty_database())


@pytest.fixture
def finish(tmp_path: Path) -> Callable[[int], SqliteFile]:
    def finish(number: int) -> SqliteFile:
        """A ledger with so many letters."""
        file = SqliteFile(tmp_path / "finished.sqlite3")
        with empty_ledger(file.path) as ledger, ledger.writing() as writing:
            for each in range(number):
                keep_letter(writing, str(each))
        return file

    return finish


def test_placed_twice_the_last_one_counts(
    server: DatabaseServer, tmp_path: Path, finish: Callable[[int], SqliteFile]
) -> None:
    for number in (2, 1):
        finished = finish(number)
        place_ledger(finished, server, tmp_path)
        assert not finished.path.exists()
        with closing(open_ledger(server, tmp_path)) as ledger, ledger.reading() as reading:
            assert len(letters.letters(reading)) == number


def test_ledger_of_another_directory_stays(
    postgresql: RunningPostgresql, tmp_path: Path, finish: Callable[[int], SqliteFile]
) -> None:
    server = PostgresqlServer(postgresql.empty_database())
    place_ledger(finish(2), server, tmp_path)
    (tmp_path / MARK_FILE).unlink()
    with pytest.raises(BadUsage, match="不是数据文件夹"):
        place_ledger(finish(1), server, tmp_path)
    assert server.holds_tables()
