"""An office with letters and issues works on PostgreSQL: moved there and back, backed up, restored and rebuilt."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles, issues, letters, outbox
from archive.placing import copy_to_server
from archive.postgresql_server import PostgresqlServer
from archive.sqlite_file import SqliteFile
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.backup.back_up import back_up_to_file
from service.backup.restore import restore
from service.health.verify import verify
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import DATABASE, Office, open_office
from service.rebuilding.rebuild import rebuild
from service.removal.remove import erase
from service.running.lock import sole_service
from settings.load import load_settings
from tests.support.command_line import CommandLine
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledgers import open_sqlite
from tests.support.offices import Clock
from tests.support.postgresql import RunningPostgresql
from tests.support.printed_office import TITLES, TUESDAY, fill_printed_office, write_printed_config
from values.errors import BadUsage, LedgerLost
from values.issue import ArticleStatus

LATER = TUESDAY + timedelta(days=7)


@pytest.fixture
def config_file(tmp_path: Path, pool: ReadingPool) -> Path:
    """Two letters are printed in 第70期, and a third one waits."""
    config_file = write_printed_config(tmp_path / "office")
    fill_printed_office(config_file, pool)
    return config_file


def contents(office: Office) -> tuple[object, ...]:
    with office.ledger.reading() as ledger:
        return letters.letters(ledger), articles.articles(ledger), issues.issues(ledger)


def set_database(config_file: Path, url: str) -> None:
    lines = [line for line in config_file.read_text(encoding="utf-8").splitlines() if not line.startswith("database =")]
    where = lines.index("[service]") + 1 if "[service]" in lines else 0
    lines[where:where] = [*([] if where else ["[service]"]), f'database = "{url}"']
    config_file.write_text("\n".join(lines), encoding="utf-8")


def copies(data_dir: Path, words: str) -> list[str]:
    """The files beside the folders of the data directory that contain these words."""
    return [path.name for path in data_dir.iterdir() if path.is_file() and words.encode() in path.read_bytes()]


def opened(config_file: Path) -> list[object]:
    with open_office(load_settings(config_file), Clock(TUESDAY), {}) as office:
        return [contents(office), verify(office).differences]


def test_moved_to_a_server_it_prints_the_next_number_and_moved_back_all_is_there(
    config_file: Path, postgresql: RunningPostgresql, pool: ReadingPool
) -> None:
    data_dir, url = config_file.parent / "data", postgresql.empty_database()
    commands = CommandLine(config_file, TUESDAY)
    before = opened(config_file)
    moved = commands.run_json("move", "--to", url)
    assert (moved.status, moved.document["database"]) == (0, url)
    with pytest.raises(LedgerLost):
        opened(config_file)  # config.toml still names the file
    set_database(config_file, url)
    assert opened(config_file) == before
    assert not list(data_dir.glob("jianbao.sqlite3*"))
    with open_office(load_settings(config_file), Clock(LATER), {}) as office:
        receive(office, pool, submission(manuscript("新来的一篇"), number=12))
        bulletin = office.settings.bulletins[0]
        assemble(office, bulletin)
        assert sign_off(office, bulletin, 71, "王编辑").number.number == 71
        after = contents(office)
    assert CommandLine(config_file, LATER).run("move", "--to", "data_dir").status == 0
    with pytest.raises(BadUsage, match="不是数据文件夹"):
        opened(config_file)
    set_database(config_file, "")
    assert opened(config_file) == [after, ()]


def test_move_that_was_killed_after_its_copy_is_run_again(config_file: Path, postgresql: RunningPostgresql) -> None:
    data_dir, server = config_file.parent / "data", PostgresqlServer(postgresql.empty_database())
    before = opened(config_file)
    with closing(open_sqlite(data_dir / DATABASE)) as ledger:
        copy_to_server(ledger, server, data_dir)
    assert opened(config_file) == before
    assert CommandLine(config_file, TUESDAY).run("move", "--to", server.url).status == 0
    set_database(config_file, server.url)
    assert opened(config_file) == before


def test_move_waits_for_a_command_that_has_the_file_open(config_file: Path, postgresql: RunningPostgresql) -> None:
    data_dir, url = config_file.parent / "data", postgresql.empty_database()
    commands = CommandLine(config_file, TUESDAY)
    with closing(open_sqlite(data_dir / DATABASE)) as ledger:
        with ledger.reading():
            refused = commands.run("move", "--to", url)
        assert (refused.status, "另一个命令正在使用台账" in refused.errors) == (2, True)
        with ledger.writing() as writing:
            outbox.give_up_older(writing, LATER)
    after = opened(config_file)
    assert commands.run("move", "--to", url).status == 0
    set_database(config_file, url)
    assert opened(config_file) == after


def test_nothing_is_moved_under_a_running_service_or_over_another_office(
    config_file: Path, postgresql: RunningPostgresql, tmp_path: Path
) -> None:
    commands, url = CommandLine(config_file, TUESDAY), postgresql.empty_database()
    before = opened(config_file)
    with sole_service(config_file.parent / "data"):
        assert commands.run("move", "--to", url).status == 2
    assert "不用移动" in commands.run("move", "--to", "data_dir").errors
    other = tmp_path / "other"
    other.mkdir()
    copied = SqliteFile(tmp_path / "copy.sqlite3")
    with closing(open_sqlite(copied.path)) as ledger:
        copy_to_server(ledger, PostgresqlServer(url), other)
    assert "不是数据文件夹" in commands.run("move", "--to", url).errors
    assert opened(config_file) == before


def test_backed_up_from_a_server_it_is_restored_there_and_in_a_file(
    config_file: Path, postgresql: RunningPostgresql
) -> None:
    data_dir, url = config_file.parent / "data", postgresql.empty_database()
    before = opened(config_file)
    CommandLine(config_file, TUESDAY).run("move", "--to", url)
    set_database(config_file, url)
    backup = config_file.parent / "b.tar.xz"
    assert not back_up_to_file(PostgresqlServer(url), data_dir, backup, Clock(TUESDAY)).problems
    for restored in (postgresql.empty_database(), ""):
        shutil.rmtree(data_dir)
        set_database(config_file, restored)
        done = restore(load_settings(config_file), backup, Clock(TUESDAY), {})
        assert done.problems == ()
        assert opened(config_file) == before


def test_no_backup_is_made_of_a_directory_that_is_not_mounted(
    config_file: Path, postgresql: RunningPostgresql, tmp_path: Path
) -> None:
    """It would have no letters, and good ones would be pruned for it."""
    data_dir, url = config_file.parent / "data", postgresql.empty_database()
    commands, folder = CommandLine(config_file, TUESDAY), tmp_path / "backups"
    commands.run("move", "--to", url)
    set_database(config_file, url)
    assert commands.run("backup", "--to", str(folder)).status == 0
    mounted = data_dir.rename(tmp_path / "elsewhere")
    data_dir.mkdir(mode=0o700)
    commands = CommandLine(config_file, LATER)
    for words in (("--to", str(folder), "--keep", "1"), (str(tmp_path / "b.tar.xz"),)):
        assert "不是数据文件夹" in commands.run("backup", *words).errors
    assert not (tmp_path / "b.tar.xz").exists()
    data_dir.rmdir()
    mounted.rename(data_dir)
    assert commands.run("backup", "--to", str(folder)).status == 0


def test_lost_database_is_rebuilt_from_the_letters(config_file: Path, postgresql: RunningPostgresql) -> None:
    url = postgresql.empty_database()
    CommandLine(config_file, TUESDAY).run("move", "--to", url)
    set_database(config_file, postgresql.empty_database())
    with pytest.raises(LedgerLost, match="rebuild"):
        opened(config_file)
    rebuilt = rebuild(load_settings(config_file), Clock(TUESDAY), {})
    assert (rebuilt.letters, rebuilt.issues, rebuilt.problems) == (3, 1, ())
    with open_office(load_settings(config_file), Clock(TUESDAY), {}) as office, office.ledger.reading() as ledger:
        assert [issue.number.number for issue in issues.signed_off_issues(ledger)] == [70]


@pytest.mark.parametrize(
    "to", ["", "nowhere", "mysql://db/jianbao", "postgresql://h:port/db", "postgresql://jianbao:hunter2@db/jianbao"]
)
def test_target_is_written_as_in_the_configuration_and_without_a_password(config_file: Path, to: str) -> None:
    refused = CommandLine(config_file, TUESDAY).run("move", "--to", to)
    assert (refused.status, "--to" in refused.errors) == (2, True)
    assert "hunter2" not in refused.output + refused.errors


def test_erased_letter_is_gone_from_the_server_and_from_the_files_that_were_left(
    config_file: Path, postgresql: RunningPostgresql
) -> None:
    data_dir, url = config_file.parent / "data", postgresql.empty_database()
    CommandLine(config_file, TUESDAY).run("move", "--to", url)
    set_database(config_file, url)
    (data_dir / DATABASE).mkdir()  # in the way of the copy
    assert CommandLine(config_file, TUESDAY).run("move", "--to", "data_dir").status != 0
    (data_dir / DATABASE).rmdir()
    assert copies(data_dir, TITLES[2])
    with open_office(load_settings(config_file), Clock(TUESDAY), {}) as office:
        with office.ledger.writing() as ledger:
            outbox.give_up_older(ledger, LATER)
            waiting = next(each for each in articles.articles(ledger) if each.manuscript.title == TITLES[2])
            letter = next(each for each in letters.letters(ledger) if each.sha256 == waiting.letter_sha256)
        decide(office, DecisionRequest(waiting.id, ArticleStatus.REJECTED, "王编辑", note="不用"))
        erase(office, office.settings.bulletins[0], letter.id, who="赵管理", why="单位来函")
    assert copies(data_dir, TITLES[2]) == []
    with open_office(load_settings(config_file), Clock(LATER), {}) as office, office.ledger.reading() as ledger:
        gone = letters.letter_with_id(ledger, "wuxing", letter.id)
        assert gone is not None
        assert gone.removal is not None
        assert TITLES[2] not in str(articles.articles(ledger))
