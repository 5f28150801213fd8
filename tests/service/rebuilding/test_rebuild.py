"""A lost ledger is made again from what lies beside it, and the office goes on with the next number."""

from __future__ import annotations

import json
import shutil
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles, issues, letters, outbox
from archive.removals import RemovedLetter
from archive.tombstones import write_tombstones
from intake.pool import ReadingPool
from service.issue.assemble import assemble
from service.office import DATABASE, Office, open_office
from service.rebuilding import taking_back
from service.rebuilding.rebuild import Rebuilt, rebuild
from settings.load import load_settings
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import Clock, bulletin, config, office_at, write_config
from tests.support.printed_office import DEPARTMENT, TITLES, TUESDAY, fill_printed_office, write_printed_config
from values.errors import BadUsage, LedgerLost
from values.issue import ArticleStatus
from values.letter import Removal, RemovalKind, Verdict

LATER = TUESDAY + timedelta(days=30)


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return write_printed_config(tmp_path / "office")


@pytest.fixture
def printed(config_file: Path, pool: ReadingPool) -> Path:
    """A data directory with two letters printed in 第70期 and one that waits; its ledger is lost."""
    data_dir = fill_printed_office(config_file, pool)
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    return data_dir


def rebuilt(config_file: Path) -> Rebuilt:
    return rebuild(load_settings(config_file), Clock(LATER), {})


def everything(data_dir: Path) -> dict[str, bytes]:
    stored = (path for name in ("raw", "issues", "outbox") for path in (data_dir / name).rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in stored}


def status_by_title(office: Office) -> dict[str, ArticleStatus]:
    with office.ledger.reading() as ledger:
        return {record.manuscript.title: record.status for record in articles.articles(ledger)}


def test_what_was_removed_is_not_read_again(config_file: Path, printed: Path) -> None:
    path = next((printed / "raw").rglob("*.eml"))
    removal = Removal(RemovalKind.DESTROYED, "赵管理", "保密办要求", TUESDAY)
    letter = RemovedLetter(0, BULLETIN, path.stem, path.stat().st_size, TUESDAY, Verdict.SEALED, None, removal)
    write_tombstones(printed, [letter])
    rebuilt(config_file)
    assert not path.exists()
    with office_at(config_file, LATER) as office, office.ledger.reading() as ledger:
        [record] = [each for each in letters.letters(ledger) if each.sha256 == path.stem]
    assert (record.removal, record.articles) == (removal, ())


def test_printed_articles_are_printed_and_the_next_number_follows(config_file: Path, printed: Path) -> None:
    before = everything(printed)
    with pytest.raises(LedgerLost), office_at_without_ledger(config_file):
        pass
    assert rebuilt(config_file) == Rebuilt(3, 3, 1, ())
    assert everything(printed) == before
    with office_at(config_file, LATER) as office:
        published, draft = ArticleStatus.PUBLISHED, ArticleStatus.DRAFT
        assert status_by_title(office) == {TITLES[0]: published, TITLES[1]: published, TITLES[2]: draft}
        with office.ledger.reading() as ledger:
            [issue] = issues.signed_off_issues(ledger)
            assert (issue.number.label, issue.decided_by, len(issue.articles)) == ("第70期", "王编辑", 2)
            assert issue.decided_at == TUESDAY
            assert {file.kind for file in issue.final} >= {"docx", "manifest"}
            assert not outbox.letters_out(ledger), "nobody is answered again"
        made = assemble(office, office.bulletin(None), LATER.date())
        assert made is not None
        assert (made.issue.number.label, len(made.issue.articles)) == ("第71期", 1)


def office_at_without_ledger(config_file: Path) -> AbstractContextManager[Office]:
    return open_office(load_settings(config_file), Clock(LATER), {})


def test_ledger_that_is_there_is_not_rebuilt(config_file: Path) -> None:
    with office_at(config_file, TUESDAY):
        pass
    with pytest.raises(BadUsage, match="还在，没有重建"):
        rebuilt(config_file)


def test_killed_run_leaves_no_ledger_and_the_next_one_succeeds(
    config_file: Path, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(taking_back, "_sign_off_again", killed)
        with pytest.raises(KeyboardInterrupt):
            rebuilt(config_file)
    with pytest.raises(LedgerLost), office_at_without_ledger(config_file):
        pass
    assert rebuilt(config_file).issues == 1
    assert not list(printed.glob("*.rebuilding*"))


def test_what_cannot_be_taken_back_is_named(config_file: Path, printed: Path) -> None:
    manifest = printed / "issues" / "wuxing" / "70" / "manifest.json"
    document = json.loads(manifest.read_bytes())
    lost, other = (article["letter"]["sha256"] for article in document["articles"])
    (printed / "raw" / lost[:2] / f"{lost}.eml").unlink()
    altered = printed / "raw" / "00" / f"{'0' * 64}.eml"
    altered.parent.mkdir(exist_ok=True)
    altered.write_bytes(b"Subject: another\r\n\r\n")
    broken = printed / "issues" / "wuxing" / "69" / "manifest.json"
    broken.parent.mkdir()
    broken.write_text('{"bulletin": "wuxing"}')
    docx = printed / "issues" / "wuxing" / "70" / "70.docx"
    docx.chmod(0o600)
    docx.write_bytes(b"altered")
    result = rebuilt(config_file)
    assert (result.letters, result.issues) == (2, 1)
    for words in (altered.name, "69/manifest.json", "70.docx", document["articles"][0]["title"]):
        assert [problem for problem in result.problems if words in problem], words
    assert len(result.problems) == 4
    assert other


def test_letters_of_two_bulletins_go_to_the_mailbox_that_they_are_for(tmp_path: Path, pool: ReadingPool) -> None:
    config_file = write_config(tmp_path / "office", config(bulletin("first") + DEPARTMENT, bulletin("second")))
    with office_at(config_file, TUESDAY) as office:
        letter = submission(manuscript(TITLES[0]), to="first@example.org")
        receive(office, pool, letter, bulletin="first")
        receive(office, pool, submission(manuscript(TITLES[1]), to="second@example.org", number=2), bulletin="second")
        receive(office, pool, submission(manuscript(TITLES[2]), to="nobody@example.org", number=3), bulletin="second")
        data_dir = office.data_dir
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    result = rebuilt(config_file)
    assert result.letters == 2
    assert "看不出属于哪份简报" in result.problems[0]
    with office_at(config_file, LATER) as office, office.ledger.reading() as ledger:
        records = articles.articles(ledger)
        assert {(record.bulletin, record.manuscript.title) for record in records} == {
            ("first", TITLES[0]),
            ("second", TITLES[1]),
        }


def test_nothing_at_all_becomes_an_empty_ledger(config_file: Path) -> None:
    shutil.rmtree(load_settings(config_file).service.data_dir, ignore_errors=True)
    assert rebuilt(config_file) == Rebuilt(0, 0, 0, ())
