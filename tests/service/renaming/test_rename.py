"""A bulletin or a mailbox gets another name in config.toml: everything goes on under it, and nothing begins again."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles, change_chain, changes, issues, letters, outbox, renaming
from archive.changes import ChangeFilter
from archive.preparations import NOTHING_PREPARED, Preparation, preparation_of, write_preparation
from intake.pool import ReadingPool
from service.health.verify import verify
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import DATABASE, Office
from service.rebuilding.rebuild import rebuild
from service.renaming.orphans import orphan_messages
from service.renaming.rename import end_bulletin, rename_bulletin, rename_mailbox
from service.running.lock import sole_service
from settings.load import load_settings
from tests.support.correspondence import manuscript, receive, submission
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN, INBOX
from tests.support.offices import Clock, office_at
from tests.support.printed_office import TITLES, TUESDAY, fill_printed_office, write_printed_config
from values.errors import BadUsage

LATER = TUESDAY + timedelta(days=1)
NEW = "xin-feng"


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    config_file = write_printed_config(tmp_path / "office")
    give_mailbox(config_file, f"{BULLETIN}@example.org", INBOX.account)
    return config_file


@pytest.fixture
def data_dir(config_file: Path, pool: ReadingPool) -> Path:
    """Two letters are printed in 第70期, a third one waits; then config.toml gets the new id."""
    data_dir = fill_printed_office(config_file, pool)
    give_id(config_file, BULLETIN, NEW)
    return data_dir


def give_id(config_file: Path, former: str, new: str) -> None:
    text = config_file.read_text(encoding="utf-8")
    config_file.write_text(text.replace(f'id = "{former}"', f'id = "{new}"'), encoding="utf-8")


def give_mailbox(config_file: Path, former: str, new: str) -> None:
    text = config_file.read_text(encoding="utf-8")
    config_file.write_text(text.replace(f'username = "{former}"', f'username = "{new}"'), encoding="utf-8")


@pytest.fixture
def office(config_file: Path, data_dir: Path) -> Iterator[Office]:
    """Under the new configuration; nothing is renamed yet."""
    with office_at(config_file, LATER) as office:
        yield office
        assert broken_promises(data_dir) == []
        assert verify(office).differences == ()


def rows_with_the_former_id(data_dir: Path) -> list[str]:
    with sqlite3.connect(data_dir / DATABASE) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [
            name
            for name in tables
            if "bulletin" in {column[1] for column in database.execute(f"PRAGMA table_info({name})")}
            and database.execute(f"SELECT count(*) FROM {name} WHERE bulletin = ?", (BULLETIN,)).fetchone()[0]
        ]


def test_everything_belongs_to_the_new_id_and_only_the_record_keeps_the_former(office: Office) -> None:
    with office.ledger.reading() as ledger:
        before = [(letter.sha256, letter.verdict, letter.reason) for letter in letters.letters(ledger)]
    rows = rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    assert (rows.letters, rows.issues, rows.articles) == (3, 1, 3)
    assert rows_with_the_former_id(office.data_dir) == ["change"]
    with office.ledger.reading() as ledger:
        assert [(letter.sha256, letter.verdict, letter.reason) for letter in letters.letters(ledger)] == before
        listed = changes.changes(ledger, ChangeFilter(bulletins=[NEW]))
        assert [change.summary for change in listed][:1] == [
            f"刊物 {BULLETIN} 改名为 {NEW}：来信 3 封、稿件 3 篇、各期 1 期"
        ]
        assert {change.bulletin for change in listed} == {BULLETIN, NEW}
        assert list(change_chain.broken_lines(ledger)) == []
    assert list(orphan_messages(office)) == []


def test_the_next_number_follows_and_the_draft_goes_on(office: Office, pool: ReadingPool) -> None:
    rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    receive(office, pool, submission(manuscript("改名以后的稿件"), number=30))
    made = assemble(office, office.bulletin(None), LATER.date())
    assert made is not None
    assert made.issue.number.label == "第71期"
    signed = sign_off(office, office.bulletin(None), 71, "王编辑")
    assert [Path(path).parts[1] for path in signed.files] == [NEW] * len(signed.files)


def test_nothing_is_read_or_answered_twice(office: Office, pool: ReadingPool) -> None:
    rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    with office.ledger.reading() as ledger:
        out = [record.id for record in outbox.letters_out(ledger)]
    again = [submission(manuscript(title), number=number) for number, title in zip((0, 1, 9), TITLES, strict=True)]
    receive(office, pool, *again)
    with office.ledger.reading() as ledger:
        assert len(letters.letters(ledger)) == len(articles.articles(ledger)) == 3
        assert [record.id for record in outbox.letters_out(ledger)] == out


def test_draft_made_before_is_signed_off_afterwards_and_can_be_rebuilt(config_file: Path, pool: ReadingPool) -> None:
    data_dir = fill_printed_office(config_file, pool)
    with office_at(config_file, TUESDAY) as office:
        assemble(office, office.bulletin(None), TUESDAY.date())
    give_id(config_file, BULLETIN, NEW)
    with office_at(config_file, LATER) as office:
        rename_bulletin(office, BULLETIN, NEW, who="赵管理")
        signed = sign_off(office, office.bulletin(None), 71, "王编辑")
        assert {Path(path).parts[1] for path in signed.files} == {BULLETIN}  # beside its draft
        assert verify(office).differences == ()
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    done = rebuild(load_settings(config_file), Clock(LATER), {})
    assert (done.issues, done.problems) == (2, ())
    with office_at(config_file, LATER) as office, office.ledger.reading() as ledger:
        assert [(issue.bulletin, issue.number.number) for issue in issues.signed_off_issues(ledger)] == [
            (NEW, 70),
            (NEW, 71),
        ]


def test_letters_that_came_under_the_new_id_before_the_command_join_it(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript("先到的稿件"), number=40))
    assert rename_bulletin(office, BULLETIN, NEW, who="赵管理").letters == 3
    with office.ledger.reading() as ledger:
        assert [letter.bulletin for letter in letters.letters(ledger)] == [NEW] * 4


def test_what_clashes_is_refused_with_its_reason(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript(TITLES[0]), number=0))
    with pytest.raises(BadUsage, match="1 封来信"):
        rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    receive(office, pool, submission(manuscript("先到的稿件"), number=40))
    assemble(office, office.bulletin(None), LATER.date())
    with pytest.raises(BadUsage, match="已编过期刊"):
        rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    assert rows_with_the_former_id(office.data_dir)


@pytest.mark.parametrize(
    "prepared",
    [
        Preparation(editors_note="按语"),
        Preparation(dated=LATER.date()),
        Preparation(responsible_editor="王编辑"),
    ],
)
def test_what_is_prepared_for_the_next_issue_goes_with_it_and_is_never_replaced(
    office: Office, prepared: Preparation
) -> None:
    with office.ledger.writing() as ledger:
        for id in (BULLETIN, NEW):
            write_preparation(ledger, id, prepared, supplement=False)
    with pytest.raises(BadUsage, match="按语、日期或责任编辑"):
        rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    with office.ledger.writing() as ledger:
        write_preparation(ledger, NEW, NOTHING_PREPARED, supplement=False)
    rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    with office.ledger.reading() as ledger:
        assert replace(preparation_of(ledger, NEW), version=0) == prepared


@pytest.mark.parametrize(
    ("former", "new", "reason"),
    [
        ("nobody", NEW, "台账里没有刊物 nobody；有的是：wuxing"),
        (BULLETIN, "other", "配置里没有刊物 other"),
        (NEW, "other", f"配置里还有刊物 {NEW}"),
    ],
)
def test_wrong_names_change_nothing(office: Office, former: str, new: str, reason: str) -> None:
    with pytest.raises(BadUsage, match=reason):
        rename_bulletin(office, former, new, who="赵管理")
    assert rows_with_the_former_id(office.data_dir)


def test_running_service_is_not_renamed(office: Office) -> None:
    with sole_service(office.data_dir), pytest.raises(BadUsage, match="正在使用"):
        rename_bulletin(office, BULLETIN, NEW, who="赵管理")


def test_killed_before_the_commit_leaves_the_former_id_and_the_command_can_be_repeated(
    config_file: Path, data_dir: Path
) -> None:
    child = os.fork()
    if child == 0:  # no test framework in it: it ends before it returns
        with office_at(config_file, LATER) as office, office.ledger.writing() as ledger:
            renaming.rename_bulletin(ledger, BULLETIN, NEW)
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    with office_at(config_file, LATER) as office:
        assert [name for name, _ in orphan_messages(office)] == ["无主的刊物"]
        rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    assert rows_with_the_former_id(data_dir) == ["change"]


def test_id_that_another_bulletin_had_is_not_given_again(office: Office, config_file: Path) -> None:
    rename_bulletin(office, BULLETIN, NEW, who="赵管理")
    give_id(config_file, NEW, BULLETIN)
    with office_at(config_file, LATER) as back:
        rename_bulletin(back, NEW, BULLETIN, who="赵管理")  # its own former id
        with back.ledger.reading() as ledger:
            assert len(changes.changes(ledger, ChangeFilter(bulletins=[BULLETIN], subject="bulletin"))) == 2
    give_id(config_file, BULLETIN, NEW)
    with office_at(config_file, LATER) as again:
        rename_bulletin(again, BULLETIN, NEW, who="赵管理")


def test_ended_bulletin_is_named_no_more(office: Office) -> None:
    [(_, message)] = orphan_messages(office)
    assert f"rename {BULLETIN} {NEW}" in message
    assert end_bulletin(office, BULLETIN, who="赵管理").issues == 1
    end_bulletin(office, BULLETIN, who="赵管理")
    assert list(orphan_messages(office)) == []
    with office.ledger.reading() as ledger:
        assert len(changes.changes(ledger, ChangeFilter(subject="bulletin"))) == 1


def test_mailbox_under_another_login_name_keeps_its_watermark(config_file: Path, pool: ReadingPool) -> None:
    fill_printed_office(config_file, pool)
    give_mailbox(config_file, INBOX.account, "new@example.org")
    with office_at(config_file, LATER) as office:
        with office.ledger.writing() as ledger:
            seen = renaming.accounts_in(ledger)
        assert seen == {INBOX.account: 3}
        [(_, message)] = orphan_messages(office)
        assert f"rename --mailbox {INBOX.account} new@example.org" in message
        with pytest.raises(BadUsage, match="没有从邮箱"):
            rename_mailbox(office, "nobody@example.org", "new@example.org", who="赵管理")
        assert rename_mailbox(office, INBOX.account, "new@example.org", who="赵管理") == 3
        assert list(orphan_messages(office)) == []
        with office.ledger.reading() as ledger:
            assert renaming.accounts_in(ledger) == {"new@example.org": 3}
            [line] = changes.changes(ledger, ChangeFilter(subject="ledger"))
            assert line.summary == f"邮箱 {INBOX.account} 改为 new@example.org：来信 3 封"
