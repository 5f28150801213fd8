"""A ledger of an earlier format is copied before it is migrated, and stays as it was when a migration fails."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import Ledger
from archive.ledger_format import FORMAT, format_of
from archive.opening import open_ledger
from archive.postgresql_server import PostgresqlServer
from archive.snapshot import recorded_in
from archive.sqlite_file import SqliteFile
from service.office import DATABASE
from service.running import migrate as migrating
from service.running.lock import sole_service
from service.running.migrate import MigrationFailed, migrate_ledger, plan_migration
from tests.support.command_line import CommandLine
from tests.support.crash import ROOT, killed_at_step
from tests.support.offices import write_config
from tests.support.postgresql import RunningPostgresql
from values.errors import BadUsage

OLD = Path(__file__).parents[2] / "archive" / "data_folders" / "format-0017.tar.xz"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    shutil.unpack_archive(OLD, tmp_path / "data", filter="data")
    return tmp_path / "data"


def format_in(data_dir: Path) -> str | None:
    with closing(Ledger(SqliteFile(data_dir / DATABASE))) as ledger, ledger.reading() as transaction:
        return format_of(transaction)


def test_ledger_is_copied_first_and_a_second_run_has_nothing_to_do(data_dir: Path) -> None:
    plan = plan_migration(SqliteFile(data_dir / DATABASE), data_dir)
    assert (plan.before, plan.after, plan.copy) == ("0017", FORMAT, data_dir / "ledger-before-0017.sqlite3")
    assert format_in(data_dir) == "0017"
    assert migrate_ledger(SqliteFile(data_dir / DATABASE), data_dir) == plan
    assert format_in(data_dir) == FORMAT
    assert plan.copy is not None
    assert recorded_in(plan.copy)[0] == "0017"
    assert migrate_ledger(SqliteFile(data_dir / DATABASE), data_dir).copy is None


def test_a_migration_that_fails_leaves_the_ledger_and_says_so(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def migrate_half(ledger: Ledger) -> None:
        with ledger.writing() as transaction:
            transaction.sql.exec_driver_sql("ALTER TABLE letter ADD COLUMN half INTEGER")
            raise ZeroDivisionError

    with monkeypatch.context() as failing:
        failing.setattr(migrating, "migrate", migrate_half)
        with pytest.raises(MigrationFailed, match=r"仍是格式 0017.*ledger-before-0017"):
            migrate_ledger(SqliteFile(data_dir / DATABASE), data_dir)
    assert format_in(data_dir) == "0017"
    migrate_ledger(SqliteFile(data_dir / DATABASE), data_dir)
    assert format_in(data_dir) == FORMAT


def test_running_service_is_not_migrated_under(data_dir: Path) -> None:
    with sole_service(data_dir), pytest.raises(BadUsage, match="正在使用"):
        migrate_ledger(SqliteFile(data_dir / DATABASE), data_dir)
    assert format_in(data_dir) == "0017"


def test_new_ledger_on_a_server_is_made_with_its_mark(tmp_path: Path, postgresql: RunningPostgresql) -> None:
    server = PostgresqlServer(postgresql.empty_database())
    assert migrate_ledger(server, tmp_path).before is None
    open_ledger(server, tmp_path).close()
    assert plan_migration(server, tmp_path).before == FORMAT


@pytest.mark.timeout(120)
def test_killed_at_any_step_it_leaves_the_old_ledger_or_the_new_one(data_dir: Path) -> None:
    """And the next command says what to do."""
    config = write_config(data_dir.parent)
    step = 1
    while killed_at_step(step, ROOT / "run_service.py", "--config", config, "migrate"):
        format = format_in(data_dir)
        assert format in ("0017", FORMAT)
        answer = CommandLine(config).run("messages")
        assert (answer.status, "migrate" in answer.errors) == ((0, False) if format == FORMAT else (2, True)), step
        step += 1
    assert step > 3
    assert format_in(data_dir) == FORMAT
    assert CommandLine(config).run("verify").status == 0
