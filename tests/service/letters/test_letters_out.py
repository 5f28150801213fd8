"""What the office writes because of what comes in: whom it answers, and whom it never does."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from random import Random

import pytest
from structlog.testing import capture_logs

from archive import articles, letters, outbox
from archive.files import remove_leftovers
from intake.fetch.mailbox import LETTER_LIMIT, Oversize
from intake.keep import LetterStore
from intake.pool import ReadingPool
from intake.process import LetterProcessor
from service.issue.assemble import assemble
from service.issue.catch_up import catch_up
from service.letters.letters_out import answering, raise_alarm
from service.letters.mailing import alarm_about_failed
from service.letters.receive import LetterReceiver
from service.office import Office
from service.register.register import register_of
from tests.support.correspondence import manuscript, raws_out, receive, submission, text_of, written
from tests.support.crash import ROOT, killed_at_step
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, Clock, bulletin, hand_in, office_at, write_config
from tests.support.outboxes import all_out, letter_out, put_in, sending
from tests.support.submissions import File
from values.errors import StorageFailed
from values.letter import Place
from values.manuscript import Manuscript, Paragraph
from values.outgoing import LetterKind

TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
EDITORS = '"a@example.org", "b@example.org"'
BROKEN = File("稿.docx", b"PK\x03\x04 broken")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, editors=EDITORS), TUESDAY)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    """An office that sends."""
    yield office
    assert broken_promises(office.data_dir) == []


def wait(office: Office, time: timedelta) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += time


def kinds(office: Office) -> list[tuple[str, str]]:
    return [(one.kind.value, one.to) for one in all_out(office)]


def test_department_gets_a_receipt_for_its_letter(office: Office, pool: ReadingPool) -> None:
    raw = submission(manuscript())
    receive(office, pool, raw)
    [receipt] = written(office)
    assert receipt["To"] == "jtj@example.org"
    assert receipt["In-Reply-To"] == "<1@sender.example.org>"
    assert receipt["Subject"] == "【收稿】《内外兼修提升学前教育》"
    assert "《内外兼修提升学前教育》（编号 1）" in text_of(receipt)
    [record] = all_out(office)
    with office.ledger.reading() as ledger:
        assert [letter.sha256 for letter in letters.letters(ledger)] == [record.letter]


def test_department_gets_one_rejection_however_often_its_letter_is_read_again(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, submission(BROKEN))
    [rejection] = written(office)
    assert rejection["Subject"] == "【退件】未能读出稿件：投稿"
    assert "文件损坏或不完整" in text_of(rejection)
    for _ in range(2):
        reopen(office)
        LetterReceiver(office, pool).read(office.bulletin(None))
    assert kinds(office) == [("rejection", "jtj@example.org")]


@pytest.mark.parametrize("file", [manuscript(), BROKEN])
def test_copy_with_other_octets_is_not_answered_again(office: Office, pool: ReadingPool, file: File) -> None:
    """As when a mailbox is moved to another server, whose program adds a field to each letter."""
    receive(office, pool, submission(file))
    answered = kinds(office)
    receive(office, pool, b"X-Moved-From: imap.example.org\r\n" + submission(file))
    assert (len(answered), kinds(office)) == (1, answered)
    receive(office, pool, submission(file, number=2))  # sent again by its writer
    assert len(kinds(office)) == 2


def test_letter_that_was_rejected_gets_a_receipt_once_it_can_be_read(office: Office, pool: ReadingPool) -> None:
    """As when LibreOffice is installed later: what it makes of the .rtf stands ready."""
    receive(office, pool, submission(File("稿.rtf", rb"{\rtf1\ansi text}")))
    reopen(office)
    room = LetterProcessor(
        office.ledger,
        office.raws,
        office.media,
        pool,
        office.now,
        LETTER_LIMIT,
        convert=lambda files: {file.key: manuscript().data for file in files},
        on_settled=answering(office, office.bulletin(None)),
    )
    with office.ledger.reading() as ledger:
        register = register_of(office, ledger, office.bulletin(None))
    assert [verdict.value for _, verdict in room.read_pending("wuxing", register)] == ["article"]
    assert kinds(office) == [("rejection", "jtj@example.org"), ("receipt", "jtj@example.org")]


def reopen(office: Office) -> None:
    """As `retry` does it."""
    with office.ledger.writing() as ledger:
        letters.reopen(ledger, 1)


def test_department_gets_a_letter_when_its_own_was_too_large(office: Office, pool: ReadingPool) -> None:
    header = submission().partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    room = LetterStore("wuxing", office.ledger, office.raws, office.now)
    room.keep([Oversize(header, 75_000_000, office.now(), Place("wuxing@example.org", "INBOX", 1, 1))])
    LetterReceiver(office, pool).read(office.bulletin(None))
    [rejection] = written(office)
    assert "来信有 75 MB，超过上限 60 MB，只收下了信头，全文仍在邮箱里。请压缩图片后重发。" in text_of(rejection)


def test_defect_in_a_receipt_keeps_no_letter_from_its_verdict(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courier.compose.render", None)
    with capture_logs() as logs:
        receive(office, pool, submission(manuscript()))
    assert [log["reason"] for log in logs if log["event"] == "letter could not be answered"] == ["TypeError"]
    with office.ledger.reading() as ledger:
        assert [letter.verdict.value for letter in letters.letters(ledger)] == ["article"]


def test_one_receipt_tells_of_all_manuscripts_and_of_what_could_not_be_read(office: Office, pool: ReadingPool) -> None:
    """security.md D-5."""
    files = [manuscript(f"第{n}篇稿件的题目", f"第{n}篇的正文。") for n in range(4)]
    receive(office, pool, submission(*files, BROKEN))
    [receipt] = written(office)
    assert receipt["Subject"] == "【收稿】《第0篇稿件的题目》等 4 篇"
    assert "另有附件未能读出（稿.docx：文件损坏或不完整" in text_of(receipt)


def test_thanks_for_a_receipt_are_left_to_a_person_and_not_rejected(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    [receipt] = written(office)
    reply = f"In-Reply-To: {receipt['Message-ID']}\r\n"
    receive(office, pool, submission(number=2, header=reply))
    assert kinds(office) == [("receipt", "jtj@example.org")]
    with office.ledger.reading() as ledger:
        assert [letter.verdict.value for letter in letters.letters(ledger)] == ["article", "quarantined"]
    receive(office, pool, submission(BROKEN, number=3, header=reply))
    assert [kind for kind, _ in kinds(office)] == ["receipt", "rejection"]


def test_reply_to_a_receipt_with_a_later_text_is_received_as_the_second_one(office: Office, pool: ReadingPool) -> None:
    text = "坚持定期进行年度办园水平督导评估，促进全区各级各类幼儿园办园水平整体提升，群众满意度达到九成。"
    receive(office, pool, submission(manuscript("督导评估促提升", text)))
    [receipt] = written(office)
    reply = f"In-Reply-To: {receipt['Message-ID']}\r\n"
    later = manuscript("督导评估促提升", text.replace("九成", "九成五"))
    receive(office, pool, submission(later, number=2, header=reply))
    second = written(office)[1]
    assert "已作为修改稿，代替您此前寄来的一稿" in text_of(second)
    with office.ledger.reading() as ledger:
        assert [(one.id, one.revision) for one in articles.articles(ledger)] == [(1, 2)]


def test_no_department_gets_to_know_what_another_has_sent(office: Office, pool: ReadingPool) -> None:
    text = "坚持定期进行年度办园水平督导评估，促进全区各级各类幼儿园办园水平整体提升，群众满意度达到九成。" * 2
    receive(office, pool, submission(manuscript("督导评估促提升", text)))
    receive(
        office, pool, submission(manuscript("办园水平再提升", text + "效果好。"), sender="mzj@example.org", number=2)
    )
    with office.ledger.reading() as ledger:
        _, second = articles.articles(ledger)
    assert "near-duplicate" in [finding.rule.name for finding in second.findings]
    _, receipt = written(office)
    assert receipt["To"] == "mzj@example.org"
    assert "督导评估促提升" not in text_of(receipt)
    assert "相似" not in text_of(receipt)


def test_file_that_is_known_already_is_received_as_a_repeat(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    receive(office, pool, submission(manuscript(), number=2))
    assert written(office)[1]["Subject"] == "【收稿】与已收稿件相同：《内外兼修提升学前教育》"


@pytest.mark.parametrize(
    "raw",
    [
        submission(manuscript(), sender="stranger@example.net"),
        submission(BROKEN, sender="stranger@example.net"),
        submission(manuscript(), sender="jtj@examp1e.org"),
        submission(manuscript(), sender="x@example.net <jtj@example.org>"),
        submission(BROKEN, sender="x@example.net <jtj@example.org>"),
        submission(manuscript(), sender="wuxing@example.org"),
        submission(manuscript(), to="other@example.org"),
        submission(manuscript(), header="Auto-Submitted: auto-replied\r\n"),
        submission(manuscript(), header="Precedence: bulk\r\n"),
        submission(manuscript(), header="Return-Path: <>\r\n"),
        submission(manuscript(), header="X-Loop: wuxing@example.org\r\n"),
    ],
    ids=range(11),
)
def test_nobody_else_and_no_machine_is_answered(office: Office, pool: ReadingPool, raw: bytes) -> None:
    receive(office, pool, raw)
    assert kinds(office) == []


def test_imported_letters_are_not_answered(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()), submission(BROKEN, number=2), fetched=False)
    assert kinds(office) == []


def test_without_a_mail_server_nothing_is_queued(tmp_path: Path, pool: ReadingPool) -> None:
    with office_at(write_config(tmp_path / "office", bulletin() + 'senders = ["jtj@example.org"]'), TUESDAY) as office:
        receive(office, pool, submission(manuscript()))
        assemble(office, office.bulletin(None), TUESDAY.date())
        raise_alarm(office, "登录被拒绝", "请核对")
        assert kinds(office) == []


def test_address_gets_three_receipts_an_hour_and_five_a_day(office: Office, pool: ReadingPool) -> None:
    for hour in range(4):
        raws = [
            submission(manuscript(f"题目{hour}之{n}", f"{hour}{n}的正文。"), number=10 * hour + n) for n in range(4)
        ]
        receive(office, pool, *raws)
        wait(office, HOUR)
    assert Counter(kinds(office)) == {("receipt", "jtj@example.org"): 5}
    wait(office, 24 * HOUR)
    receive(office, pool, submission(manuscript("次日的题目", "次日的正文。"), number=99))
    assert len(kinds(office)) == 6


def test_letter_that_is_not_settled_is_not_answered(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Verdict and receipt are one transaction: when it fails, neither is there, and both come with the next reading."""

    def full(*_: object, **__: object) -> bool:
        raise StorageFailed("磁盘空间不足")

    with monkeypatch.context() as broken:
        broken.setattr("archive.outbox.insert_if_new", full)
        with pytest.raises(StorageFailed):
            receive(office, pool, submission(manuscript()))
    with office.ledger.reading() as ledger:
        assert [letter.verdict.value for letter in letters.letters(ledger)] == ["pending"]
    LetterReceiver(office, pool).read(office.bulletin(None))
    assert kinds(office) == [("receipt", "jtj@example.org")]


def test_two_offices_that_write_to_each_other_stop_at_once(tmp_path: Path, pool: ReadingPool) -> None:
    """security.md D-1: each is a department of the other; whatever one writes the other receives, for an hour."""
    with ExitStack() as stack, capture_logs():
        east, west = (
            stack.enter_context(office_at(write_config(tmp_path / here, registering(here, there)), TUESDAY))
            for here, there in (("east", "west"), ("west", "east"))
        )
        receive(west, pool, submission(manuscript(), sender="east@example.org", to="west@example.org"))
        for _ in range(12):
            receive(east, pool, *raws_out(west))
            receive(west, pool, *raws_out(east))
            wait(east, timedelta(minutes=5))
            wait(west, timedelta(minutes=5))
        assert (kinds(east), kinds(west)) == ([], [("receipt", "east@example.org")])
        with east.ledger.reading() as ledger:
            assert [letter.verdict.value for letter in letters.letters(ledger)] == ["ignored"]


def registering(here: str, there: str) -> str:
    """The configuration of `here`, where `there` is a department."""
    return sending(None, id=here).replace("mzj@example.org", f"{there}@example.org")


def drafts(office: Office) -> list[EmailMessage]:
    return [one for one in written(office) if one["Subject"].startswith("【送审】")]


def test_draft_goes_to_every_editor_with_the_file_that_was_made(office: Office) -> None:
    hand_in(office, "甲")
    made = assemble(office, office.bulletin(None), TUESDAY.date())
    assert made is not None
    assert kinds(office) == [("draft", "a@example.org"), ("draft", "b@example.org")]
    for draft in drafts(office):
        [enclosure] = draft.iter_attachments()
        assert isinstance(enclosure, EmailMessage)
        assert enclosure.get_content() == (office.data_dir / made.issue.files[0]).read_bytes()
    assert "本期未报送的单位：区教体局。" in text_of(drafts(office)[0])


def test_draft_that_has_not_changed_is_not_sent_again_and_a_new_revision_tells_what_is_new(office: Office) -> None:
    hand_in(office, "甲")
    for _ in range(2):
        assemble(office, office.bulletin(None), TUESDAY.date())
    assert len(drafts(office)) == 2
    hand_in(office, "乙")
    assemble(office, office.bulletin(None), TUESDAY.date())
    assert len(drafts(office)) == 4
    assert "与上一稿相比：\n   + 新增《乙》\n\n本稿 2 篇：" in text_of(drafts(office)[-1])


def test_draft_names_the_articles_whose_letters_need_an_eye(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript(), BROKEN))
    assemble(office, office.bulletin(None), TUESDAY.date())
    assert "《内外兼修提升学前教育》\n" in text_of(drafts(office)[0]).partition("请重点核对")[2]
    assert "来信有需留意之处" in text_of(drafts(office)[0])


def test_alarm_goes_to_the_first_editor_once_a_day_for_each_cause(office: Office) -> None:
    for _ in range(3):
        raise_alarm(office, "登录被拒绝", "请核对授权码")
        wait(office, 4 * HOUR)
    assert kinds(office) == [("alarm", "a@example.org")]
    raise_alarm(office, "数据写不进磁盘", "请腾出空间")
    wait(office, 12 * HOUR)
    raise_alarm(office, "登录被拒绝", "请核对授权码")
    assert kinds(office) == [("alarm", "a@example.org")] * 3


def test_alarm_goes_to_the_maintainer_when_one_is_named(tmp_path: Path) -> None:
    text = sending(None, editors=EDITORS, service='alarm_to = ["admin@example.org", "x@example.org"]')
    with office_at(write_config(tmp_path / "office", text), TUESDAY) as office, capture_logs():
        raise_alarm(office, "登录被拒绝", "请核对授权码")
        assert kinds(office) == [("alarm", "admin@example.org"), ("alarm", "x@example.org")]


def test_letters_refused_for_good_are_reported_but_not_a_refused_alarm(office: Office) -> None:
    put_in(office, letter_out("一", kind=LetterKind.ALARM), letter_out("二"))
    with office.ledger.reading() as ledger:
        alarm, receipt = outbox.letters_out(ledger)
    alarm_about_failed(office, [alarm])
    assert len(kinds(office)) == 2
    alarm_about_failed(office, [alarm, receipt])
    [told] = written(office)[2:]
    assert told["Subject"] == "【告警】简报服务：有信发不出去"
    assert "编号 2，致 jtj@example.org，二" in text_of(told)
    assert "编号 1" not in text_of(told)


def test_assembling_killed_at_any_step_writes_to_each_editor_once(tmp_path: Path) -> None:
    """The issue is too large for a row: its letters are files, and no killed run leaves one behind for good."""
    config = write_config(tmp_path / "office", sending(None, editors=EDITORS))
    with office_at(config, TUESDAY) as office, capture_logs():
        catch_up(office, office.bulletin(None))
        hand_in(office, "甲")
        signs = "".join(Random(70).choices([chr(code) for code in range(0x4E00, 0x9FA5)], k=60_000))
        long = new_article("乙", manuscript=Manuscript(("乙",), None, (Paragraph(signs),)))
        office.raws.put(b"letter with \xe4\xb9\x99.docx")
        with office.ledger.writing() as ledger:
            add_article(ledger, long)
    friday = TUESDAY + timedelta(days=4)
    for step in count(1):
        copy = tmp_path / f"killed-{step}"
        shutil.copytree(config.parent, copy)
        program = ROOT / "tests/support/catch_up_at.py"
        killed = killed_at_step(step, program, copy / "config.toml", friday.isoformat())
        with office_at(copy / "config.toml", friday + HOUR) as office, capture_logs():
            catch_up(office, office.bulletin(None))
            assert kinds(office) == [("draft", "a@example.org"), ("draft", "b@example.org")]
            assert len(list((copy / "data" / "outbox").rglob("*.eml"))) == 2
        remove_leftovers(copy / "data", datetime.now(SHANGHAI) + HOUR)
        assert broken_promises(copy / "data") == []
        if not killed:
            break
    assert step > 10
