"""A real data directory is backed up, lost and restored: same letters, articles and issues, nobody answered twice, no
number used twice, and what was removed stays so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles, issues, letters, outbox
from archive.ledger_format import FORMAT
from archive.sqlite_file import SqliteFile
from intake.pool import ReadingPool
from service.backup.back_up import back_up_to_file, back_up_to_folder
from service.backup.hold import PrintedNumber, held, held_message, release
from service.backup.manifest import DamagedBackup
from service.backup.restore import Restored, restore
from service.health.verify import verify
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.mailing import outbox_sender
from service.office import DATABASE, Office
from service.removal.remove import erase
from service.renaming.former_ids import former_ids, note_renaming
from service.running.lock import sole_service
from settings.load import load_settings
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import Clock, bulletin, config, office_at, write_config
from tests.support.printed_office import TITLES, TUESDAY, fill_printed_office, write_printed_config
from values.errors import BadUsage

LATER = TUESDAY + timedelta(days=30)
DATA_FOLDERS = Path(__file__).parents[2] / "archive" / "data_folders"

BackUp = Callable[[Path, Path], Path]


def to_file(data_dir: Path, at: Path) -> Path:
    return back_up_to_file(SqliteFile(data_dir / DATABASE), data_dir, at / "b.tar.xz", Clock(TUESDAY)).target


def to_folder(data_dir: Path, at: Path) -> Path:
    return back_up_to_folder(SqliteFile(data_dir / DATABASE), data_dir, at / "backups", 3, Clock(TUESDAY)).target


@pytest.fixture(params=[to_file, to_folder])
def back_up(request: pytest.FixtureRequest) -> BackUp:
    form: BackUp = request.param
    return form


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_printed_config(tmp_path / "office")


@pytest.fixture
def data_dir(config_file: Path, pool: ReadingPool) -> Path:
    """Two letters are printed in 第70期, and a third one waits."""
    return fill_printed_office(config_file, pool)


def restored(config_file: Path, source: Path) -> Restored:
    return restore(load_settings(config_file), source, Clock(LATER), {})


def contents(office: Office) -> tuple[object, ...]:
    with office.ledger.reading() as ledger:
        return (letters.letters(ledger), articles.articles(ledger), issues.signed_off_issues(ledger))


def test_all_is_as_before_and_the_files_are_as_recorded(config_file: Path, data_dir: Path, back_up: BackUp) -> None:
    with office_at(config_file, TUESDAY) as office:
        before = contents(office)
    source = back_up(data_dir, config_file.parent)
    shutil.rmtree(data_dir)
    done = restored(config_file, source)
    assert (done.problems, done.format_before, done.taken.letters) == ((), FORMAT, 0)
    with office_at(config_file, LATER) as office:
        assert contents(office) == before
        assert verify(office).differences == ()
        final = list((data_dir / "issues").rglob("70.docx"))
        assert [path.stat().st_mode & 0o777 for path in final] == [0o440]
    assert not (data_dir / ".restoring").exists()


def test_no_receipt_goes_out_again_and_new_letters_are_answered(
    config_file: Path, data_dir: Path, pool: ReadingPool
) -> None:
    source = to_file(data_dir, config_file.parent)
    shutil.rmtree(data_dir)
    restored(config_file, source)
    with office_at(config_file, LATER) as office:
        with pytest.raises(BadUsage, match="暂停"):
            outbox_sender(office)
        receive(office, pool, submission(manuscript(TITLES[2]), number=9))  # fetched anew
        with office.ledger.reading() as ledger:
            waiting = outbox.unsent(ledger)
            assert len(articles.articles(ledger)) == 3
        assert waiting
        done = release(office, [], None, who="赵管理")
        assert (done.given_up, done.numbers) == (len(waiting), ())
        with office.ledger.reading() as ledger:
            assert not outbox.unsent(ledger)
        outbox_sender(office)
        assert held(office.data_dir) is None
        assert held_message(office) == ""


def test_letter_that_came_while_the_service_was_down_is_answered_with_since(
    config_file: Path, data_dir: Path, pool: ReadingPool
) -> None:
    source = to_file(data_dir, config_file.parent)
    shutil.rmtree(data_dir)
    restored(config_file, source)
    with office_at(config_file, LATER) as office:
        receive(office, pool, submission(manuscript("全新的来稿"), number=20))
        release(office, [], LATER - timedelta(minutes=1), who="赵管理")
        with office.ledger.reading() as ledger:
            assert [record.created_at for record in outbox.unsent(ledger)] == [LATER]


def test_no_number_is_used_twice(config_file: Path, data_dir: Path) -> None:
    with office_at(config_file, TUESDAY) as office:
        assemble(office, office.bulletin(None), TUESDAY.date())  # a draft of 第71期
    source = to_file(data_dir, config_file.parent)
    shutil.rmtree(data_dir)
    restored(config_file, source)
    with office_at(config_file, LATER) as office:
        with pytest.raises(BadUsage, match="核对期号"):
            sign_off(office, office.bulletin(None), 71, "王编辑")
        with pytest.raises(BadUsage, match="隔得太远"):
            release(office, [PrintedNumber(BULLETIN, 700, supplement=False)], None, who="赵管理")
        done = release(office, [PrintedNumber(BULLETIN, 72, supplement=False)], None, who="赵管理")
        assert done.numbers == ("第71期", "第72期")
        made = assemble(office, office.bulletin(None), LATER.date())
        assert made is not None
        assert made.issue.number.label == "第73期"
        assert sign_off(office, office.bulletin(None), 73, "王编辑").number.number == 73
        assert verify(office).differences == ()


def test_issues_and_letters_that_survived_are_taken_back(config_file: Path, data_dir: Path, pool: ReadingPool) -> None:
    source = to_file(data_dir, config_file.parent)
    with office_at(config_file, TUESDAY + timedelta(days=1)) as office:
        receive(office, pool, submission(manuscript("后来的稿件"), number=12))
        assemble(office, office.bulletin(None), TUESDAY.date())
        sign_off(office, office.bulletin(None), 71, "王编辑")
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    done = restored(config_file, source)
    assert (done.problems, done.taken.letters, done.taken.issues) == ((), 1, 1)
    with office_at(config_file, LATER) as office:
        release(office, [], None, who="赵管理")
        with office.ledger.reading() as ledger:
            assert [issue.number.number for issue in issues.signed_off_issues(ledger)] == [70, 71]


def test_renaming_after_the_backup_stays_known(config_file: Path, data_dir: Path) -> None:
    note_renaming(data_dir, "first", "second")
    source = to_file(data_dir, config_file.parent)
    note_renaming(data_dir, "second", BULLETIN)
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    restored(config_file, source)
    assert former_ids(data_dir) == {"first": BULLETIN, "second": BULLETIN}


def test_what_was_erased_after_the_backup_stays_erased(config_file: Path, data_dir: Path, back_up: BackUp) -> None:
    source = back_up(data_dir, config_file.parent)
    with office_at(config_file, TUESDAY) as office:
        with office.ledger.reading() as ledger:
            printed = next(each for each in letters.letters(ledger) if each.articles[0] == 1)
        with office.ledger.writing() as ledger:
            outbox.give_up_older(ledger, LATER)
        erase(office, office.bulletin(None), printed.id, "本人要求", who="赵管理")
        path = office.raws.path(printed.sha256)
    assert not path.exists()
    kept = config_file.parent / "kept"
    shutil.copytree(data_dir / "removed", kept)
    shutil.rmtree(data_dir)
    shutil.copytree(kept, data_dir / "removed")
    data_dir.chmod(0o700)
    assert restored(config_file, source).removed == 1
    assert not path.exists()
    with office_at(config_file, LATER) as office, office.ledger.reading() as ledger:
        [again] = [each for each in letters.letters(ledger) if each.sha256 == printed.sha256]
        assert again.removal is not None


def test_letter_that_one_of_two_bulletins_has_erased_comes_back_for_the_other(
    tmp_path: Path, pool: ReadingPool, back_up: BackUp
) -> None:
    config_file = write_config(tmp_path / "office", config(bulletin("first"), bulletin("second")))
    with office_at(config_file, TUESDAY) as office:
        for id in ("first", "second"):
            receive(office, pool, b"Subject: both have it\r\n\r\nwords", bulletin=id)
        data_dir = office.data_dir
        source = back_up(data_dir, tmp_path)
        with office.ledger.reading() as ledger:
            erased, kept = letters.letters(ledger)
        erase(office, office.bulletin(erased.bulletin), erased.id, "本人要求", who="赵管理")
        raw = office.raws.read(kept.sha256)
    for path in [path for path in data_dir.rglob("*") if path.is_file() and "removed" not in path.parts]:
        path.unlink()
    assert restored(config_file, source).removed == 1
    with office_at(config_file, LATER) as office:
        assert office.raws.read(kept.sha256) == raw
        assert verify(office).differences == ()


@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("damage", ["cut", "flipped"])
def test_damaged_archive_restores_nothing(config_file: Path, data_dir: Path, where: float, damage: str) -> None:
    source = to_file(data_dir, config_file.parent)
    octets = bytearray(source.read_bytes())
    at = int(len(octets) * where)
    octets[at] ^= 0xFF
    source.write_bytes(octets[:at] if damage == "cut" else octets)
    shutil.rmtree(data_dir)
    with pytest.raises(DamagedBackup):
        restored(config_file, source)
    assert [path.name for path in data_dir.iterdir() if path.suffix != ".lock"] == []


def test_damaged_object_of_a_folder_restores_nothing(config_file: Path, data_dir: Path) -> None:
    source = to_folder(data_dir, config_file.parent)
    raw = next((data_dir / "raw").rglob("*.eml"))
    (source / "objects" / raw.stem[:2] / raw.stem).write_bytes(b"other")
    shutil.rmtree(data_dir)
    with pytest.raises(DamagedBackup, match=raw.stem):
        restored(config_file, source)
    (source / "objects" / raw.stem[:2] / raw.stem).unlink()
    with pytest.raises(DamagedBackup, match="不见了"):
        restored(config_file, source)
    assert not (data_dir / DATABASE).exists()


def test_existing_ledger_and_running_service_are_refused(config_file: Path, data_dir: Path) -> None:
    source = to_file(data_dir, config_file.parent)
    ledger = (data_dir / DATABASE).read_bytes()
    with pytest.raises(BadUsage, match="已有台账"):
        restored(config_file, source)
    assert (data_dir / DATABASE).read_bytes() == ledger
    shutil.rmtree(data_dir)
    data_dir.mkdir(mode=0o700)
    with sole_service(data_dir), pytest.raises(BadUsage, match="正在使用"):
        restored(config_file, source)
    with pytest.raises(BadUsage, match="没有备份"):
        restored(config_file, data_dir / "nothing")


@pytest.mark.parametrize("form", ["format-0009", "format-0013", "format-0017"])
def test_backup_of_an_older_version_is_upgraded(tmp_path: Path, form: str) -> None:
    old = tmp_path / "old"
    shutil.unpack_archive(DATA_FOLDERS / f"{form}.tar.xz", old, filter="data")
    source = to_file(old, tmp_path)
    done = restored(write_config(tmp_path / "office"), source)
    assert (f"format-{done.format_before}", done.problems) == (form, ())
    with office_at(tmp_path / "office" / "config.toml", LATER) as office:
        assert contents(office)[0]
