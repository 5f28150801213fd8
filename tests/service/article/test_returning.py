"""退改: the article waits, its department is told why, and the answer brings it back to the editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive import articles, letters
from archive.articles import ArticleRecord
from archive.changes import changes_of
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, DecisionResult, decide
from service.article.returning import ReturnNotice, notice_for
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission, text_of, written
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, office_at, write_config
from tests.support.outboxes import all_out, sending
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.letter import Verdict

TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
REASON = "请补上参保人数。\n第二段与第一段重复。"
AGAIN = DecisionRequest(1, ArticleStatus.RETURNED, who="李编辑", note=REASON)
MENDED = "一是严格保教管理，确保常规规范，参保1200人。"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), TUESDAY)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    """An office that sends."""
    yield office
    assert broken_promises(office.data_dir) == []


@pytest.fixture
def silent_office(tmp_path: Path) -> Iterator[Office]:
    """An office without a mail server."""
    text = sending(None).replace('host = "127.0.0.1"\nport = 1\n', 'host = ""\nport = 1\n', 1)
    with office_at(write_config(tmp_path / "silent", text), TUESDAY) as office, capture_logs():
        yield office


def article(office: Office, id: int = 1) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, id)


def returned(office: Office, id: int = 1, reason: str = REASON) -> DecisionResult:
    seen = article(office, id).version
    return decide(office, DecisionRequest(id, ArticleStatus.RETURNED, who="王编辑", note=reason, seen_version=seen))


def notice_of(result: DecisionResult) -> ReturnNotice:
    assert result.notice is not None
    return result.notice


def test_returned_letter_gives_the_reason_and_how_to_answer(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))

    told = returned(office)

    assert (told.article.status, notice_of(told).to, notice_of(told).why_not) == (
        ArticleStatus.RETURNED,
        "jtj@example.org",
        "",
    )
    receipt, letter = written(office)
    assert (letter["To"], letter["In-Reply-To"]) == (receipt["To"], "<1@sender.example.org>")
    assert letter["Subject"] == "【退改】《内外兼修提升学前教育》请修改后再报"
    assert "   请补上参保人数。\n   第二段与第一段重复。\n" in text_of(letter)
    assert "直接回复本信，附上改好的稿件（.docx）" in text_of(letter)
    assert [(one.kind.value, one.delivery.next_attempt_at) for one in all_out(office)][1] == ("returned", office.now())


def test_the_change_is_recorded_with_who_and_why(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    returned(office)
    with office.ledger.reading() as ledger:
        [change] = changes_of(ledger, "article", 1)
    assert (change.who, change.why) == ("王编辑", REASON)
    assert change.summary == "《内外兼修提升学前教育》由待审改为退改，已写信给 jtj@example.org"


@pytest.mark.parametrize("text", [MENDED, "完全另写的一篇，讲的是社区养老服务的新进展。"])
def test_the_answer_with_the_mended_file_is_the_next_text_and_waits_for_the_editor(
    office: Office, pool: ReadingPool, text: str
) -> None:
    receive(office, pool, submission(manuscript()))
    returned(office)
    letter = written(office)[-1]
    answer = f"In-Reply-To: {letter['Message-ID']}\r\nReferences: {letter['Message-ID']}\r\n"

    receive(office, pool, submission(manuscript("学前教育工作", text), number=2, header=answer))

    now = article(office)
    assert (now.revision, now.status, text in now.manuscript.text) == (2, ArticleStatus.DRAFT, True)
    with office.ledger.reading() as ledger:
        assert len(articles.articles(ledger)) == 1
        last = letters.letters(ledger)[-1]
    assert last.verdict is Verdict.ARTICLE
    assert "作为稿件 1 的第 2 稿，前一稿仍保存（原为“退改”，已改回待审）" in last.reason


def test_of_a_letter_with_two_articles_the_answer_mends_the_one_that_was_returned(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, submission(manuscript("第一篇"), manuscript("第二篇", "一是推行养老服务。")))
    returned(office, 2)
    letter = written(office)[-1]
    answer = f"In-Reply-To: {letter['Message-ID']}\r\nReferences: {letter['References']} {letter['Message-ID']}\r\n"

    receive(office, pool, submission(manuscript("改好的稿件", MENDED), number=2, header=answer))

    assert (article(office, 1).revision, article(office, 2).revision) == (1, 2)
    assert article(office, 2).status is ArticleStatus.DRAFT


def test_an_answer_from_another_department_replaces_nothing(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    returned(office)
    answer = f"In-Reply-To: {written(office)[-1]['Message-ID']}\r\n"

    receive(office, pool, submission(manuscript("另一篇", MENDED), sender="mzj@example.org", number=2, header=answer))

    assert (article(office).revision, article(office).status) == (1, ArticleStatus.RETURNED)
    assert article(office, 2).department == "区民政局"


def test_words_in_answer_get_no_receipt(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    returned(office)
    answer = f"In-Reply-To: {written(office)[-1]['Message-ID']}\r\n"
    receive(office, pool, submission(number=2, header=answer))
    assert len(written(office)) == 2


def test_without_a_reason_nothing_happens(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    with pytest.raises(BadUsage, match="请写明退改的原因"):
        returned(office, reason=" \n")
    assert (article(office).status, len(written(office))) == (ArticleStatus.DRAFT, 1)


def test_twice_is_once(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    seen = article(office).version
    returned(office)
    with pytest.raises(Changed, match="刚被别人改过"):
        decide(office, replace(AGAIN, seen_version=seen))
    with pytest.raises(BadUsage, match="已经退改"):
        decide(office, AGAIN)
    assert len(written(office)) == 2


def test_article_taken_back_and_returned_again_sends_a_second_letter(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    returned(office)
    decide(office, DecisionRequest(1, ArticleStatus.DRAFT, who="王编辑"))
    returned(office, reason="标题也请改一下。")
    assert "标题也请改一下" in text_of(written(office)[-1])
    assert len({letter["Message-ID"] for letter in written(office)}) == 3


def test_a_sender_that_nobody_knows_gets_no_letter_and_the_editor_is_told_so_before(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, submission(manuscript(), sender="somebody@example.net"))
    with office.ledger.reading() as ledger:
        before = notice_for(office, ledger, article(office), at=office.now())
    assert before.why_not == "来信地址没有登记，或来源可疑，系统不往那里寄信"
    assert notice_of(returned(office)) == before
    assert written(office) == []
    with office.ledger.reading() as ledger:
        assert "没有寄信（来信地址没有登记" in changes_of(ledger, "article", 1)[0].summary


def test_without_a_mail_server_the_article_is_returned_and_the_editor_told(
    silent_office: Office, pool: ReadingPool
) -> None:
    receive(silent_office, pool, submission(manuscript()))
    told = returned(silent_office)
    assert notice_of(told).why_not == "没有配置发信服务器（[smtp]），系统不寄信"
    assert (told.article.status, written(silent_office)) == (ArticleStatus.RETURNED, [])


def test_an_address_that_had_three_letters_within_the_hour_gets_the_next_when_it_is_over(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, *(submission(manuscript(f"第{n}篇", f"一是第{n}件事。"), number=n) for n in (1, 2, 3)))
    told = returned(office)
    assert notice_of(told).at == TUESDAY + HOUR
    assert all_out(office)[-1].delivery.next_attempt_at == TUESDAY + HOUR
