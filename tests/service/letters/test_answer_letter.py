"""What an editor answers to a letter: to whom it goes, what it says, and what becomes of the letter."""

from __future__ import annotations

from email.utils import parseaddr

import pytest

from archive import changes, letters, outbox
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.letters.answer_letter import answer_form, answer_letter
from service.office import Office
from service.removal.remove import erase
from tests.support.correspondence import manuscript, receive, submission, text_of, written
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out, sending
from tests.support.removable import deliver_all
from tests.support.submissions import raw_letter
from values.errors import BadUsage, NotThere
from values.letter import Verdict
from values.outgoing import OutboxState

EDITOR = "王编辑"
QUESTION = "请问本期什么时候截稿？\r\n我们有一篇稿件。"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def question(sender: str = "jtj@example.org", header: str = "Message-ID: <q@example.org>\r\n") -> bytes:
    header += "Content-Type: text/plain; charset=utf-8\r\n"
    lines = f"From: {sender}\r\nTo: wuxing@example.org\r\nSubject: Re: 投稿咨询\r\n{header}\r\n{QUESTION}\r\n"
    return lines.encode()


def the_letter(office: Office) -> LetterRecord:
    with office.ledger.reading() as ledger:
        return letters.letters(ledger)[-1]


def answer(office: Office, text: str = "周五 16:00 以前。\n欢迎来稿。", *, quotes: bool = True) -> outbox.OutboxRecord:
    bulletin = office.bulletin(None)
    return answer_letter(office, bulletin, the_letter(office).id, text, quotes=quotes, who=EDITOR)


def test_question_waits_for_an_answer_and_is_answered_then(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    assert the_letter(office).verdict is Verdict.QUESTION
    answer(office)
    letter = the_letter(office)
    assert (letter.verdict, EDITOR in letter.reason) == (Verdict.ANSWERED, True)
    with office.ledger.reading() as ledger:
        [change] = changes.changes_of(ledger, "letter", letter.id)
    assert (change.who, change.summary) == (EDITOR, "答复来信 1（发件箱 2）")


def test_answer_is_a_persons_letter_in_the_thread_that_quotes_the_question(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    answer(office)
    out = written(office)[-1]
    assert (parseaddr(out["To"])[1], out["Subject"]) == ("jtj@example.org", "答复：投稿咨询")
    assert out["In-Reply-To"] == "<q@example.org>"
    assert (out["Auto-Submitted"], out["X-Auto-Response-Suppress"]) == (None, None)
    text = text_of(out)
    assert text.startswith("周五 16:00 以前。\n欢迎来稿。\n")
    assert "jtj@example.org 写道：\n> 请问本期什么时候截稿？\n> 我们有一篇稿件。" in text


def test_answer_without_quotation_has_the_editors_words_alone(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    answer(office, quotes=False)
    assert "截稿" not in text_of(written(office)[-1])


def test_letter_can_be_answered_more_than_once(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    first, second = answer(office), answer(office, "补充一句：照片请另附。")
    letter = the_letter(office)
    with office.ledger.reading() as ledger:
        answers = outbox.answers_to(ledger, letter.id)
    assert [(out.kind.value, out.letter) for out in answers] == [
        ("acknowledged", letter.sha256),
        ("answer", letter.sha256),
        ("answer", letter.sha256),
    ]
    assert first.message_id != second.message_id
    assert answer(office).id == first.id  # a form that was sent twice


def test_answered_letter_with_an_article_keeps_its_verdict(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    answer(office, "照片再清楚一些更好。")
    assert the_letter(office).verdict is Verdict.ARTICLE


def test_stranger_can_be_answered_since_a_person_decides(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question("citizen@example.net"))
    assert answer(office).to == "citizen@example.net"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (question("noreply@example.org"), "没有可以回信的地址"),
        (question(header="Auto-Submitted: auto-replied\r\n"), "自动发出"),
        (question("wuxing@example.org"), "自己的邮箱"),
        (raw_letter(sender="jtj@example.org", text="机密★10年\r\n请看。"), "封存"),
    ],
)
def test_letter_that_nobody_can_be_answered_for_says_why(
    office: Office, pool: ReadingPool, raw: bytes, why: str
) -> None:
    receive(office, pool, raw)
    with pytest.raises(BadUsage, match=why):
        answer(office)


def test_answer_needs_a_text_and_a_letter(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    with pytest.raises(BadUsage, match="请写答复"):
        answer(office, " \n ")
    with pytest.raises(BadUsage, match="太长"):
        answer(office, "长" * 20_001)
    with pytest.raises(NotThere):
        answer_letter(office, office.bulletin(None), 99, "好", quotes=False, who=EDITOR)


def test_form_offers_texts_to_begin_with(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    letter = the_letter(office).id
    form = answer_form(office, office.bulletin(None), letter, "deadline")
    assert (form.to, form.subject, form.why_not) == ("jtj@example.org", "答复：投稿咨询", "")
    assert dict(form.templates) == {"deadline": "截稿时间", "how_to_send": "怎样投稿", "noted": "已知悉"}
    assert "下一期定于11月11日16:00" in form.text
    assert answer_form(office, office.bulletin(None), letter, "none").text == ""


def test_erased_letter_takes_its_answers_along(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, question())
    answer(office)
    letter = the_letter(office).id
    with pytest.raises(BadUsage, match="还在发件箱里"):
        erase(office, office.bulletin(None), letter, "对方要求", who=EDITOR)
    deliver_all(office)
    erase(office, office.bulletin(None), letter, "对方要求", who=EDITOR)
    assert [(out.to, out.subject, out.is_removed) for out in all_out(office)] == [("", "", True), ("", "", True)]
    assert OutboxState.QUEUED not in {out.delivery.state for out in all_out(office)}
