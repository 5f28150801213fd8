"""The mark of a data directory and of its ledger on a server."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from archive.database import Ledger
from archive.ledger_mark import MARK_FILE, write_mark
from archive.opening import create_ledger, open_ledger
from archive.placing import copy_to_server
from archive.postgresql_server import PostgresqlServer
from tests.support.postgresql import RunningPostgresql
from values.errors import BadUsage


def test_directory_stays_with_its_ledger_where_the_transaction_with_another_mark_fails(
    postgresql: RunningPostgresql, tmp_path: Path
) -> None:
    server, next_server = (PostgresqlServer(postgresql.empty_database()) for _ in range(2))
    open_ledger(server, tmp_path).close()

    def fail() -> None:
        with closing(Ledger(next_server)) as ledger, ledger.writing() as writing:
            writing.sql.exec_driver_sql("CREATE TABLE alembic_version (version_num text)")
            write_mark(writing, tmp_path, "b" * 32)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fail()
    with closing(open_ledger(server, tmp_path)) as ledger:
        copy_to_server(ledger, next_server, tmp_path)
    with pytest.raises(BadUsage, match="不是数据文件夹"):
        open_ledger(server, tmp_path)
    open_ledger(next_server, tmp_path).close()
    assert len((tmp_path / MARK_FILE).read_text().split()) == 1


def test_ledger_that_another_directory_has_made_meanwhile_is_refused(
    postgresql: RunningPostgresql, tmp_path: Path
) -> None:
    server = PostgresqlServer(postgresql.empty_database())
    create_ledger(server, tmp_path).close()
    create_ledger(server, tmp_path).close()
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(BadUsage, match="不是数据文件夹"):
        create_ledger(server, other)
