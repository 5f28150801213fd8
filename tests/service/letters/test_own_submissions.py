"""查询: a registered writer gets the list of the unit's submissions, and nobody gets another's."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import count

import pytest

from archive import letters, outbox
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.article.joint import JointRequest, change_departments
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from service.removal.remove import erase
from tests.support.correspondence import manuscript, receive, submission, text_of, written
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, Clock
from tests.support.outboxes import all_out, sending
from tests.support.removable import deliver_all
from values.issue import ArticleStatus
from values.letter import Verdict
from values.outgoing import LetterKind

AT = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
PASSED = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n"
_numbers = count(100)


def config(switch: str = "true") -> str:
    text = sending(None).replace("poll_seconds = 1", 'poll_seconds = 1\nauthserv_id = "mx.example.org"')
    return text.replace("first_number = 70", f"first_number = 70\nanswer_queries = {switch}")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), AT)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Office:
    """Its logs are kept from the terminal."""
    return office


def query(sender: str = "jtj@example.org", *, subject: str = "查询", text: str = "", header: str = PASSED) -> bytes:
    top = f"{header}From: {sender}\r\nTo: wuxing@example.org\r\nSubject: {subject}\r\n"
    number = f"Message-ID: <q{next(_numbers)}@example.org>\r\n"
    return f"{top}{number}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


def send_in(office: Office, pool: ReadingPool, title: str, text: str, *, sender: str = "jtj@example.org") -> None:
    raw = submission(manuscript(title, text), sender=sender, number=next(_numbers), header=PASSED)
    receive(office, pool, raw)


def wait(office: Office) -> None:
    """The limit of answers within an hour is over."""
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(hours=2)


def last_letter(office: Office) -> LetterRecord:
    with office.ledger.reading() as ledger:
        return letters.letters(ledger)[-1]


def message_of(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def answers(office: Office) -> list[str]:
    """The texts of the answers to 查询."""
    return [text_of(message) for message in written(office) if str(message["Subject"]).startswith("【查询】")]


def test_writer_gets_the_submissions_of_the_unit_and_of_no_other(office: Office, pool: ReadingPool) -> None:
    send_in(office, pool, "内外兼修提升学前教育", "一是严格保教管理，确保常规规范。")
    send_in(office, pool, "养老服务进社区", "一是新建养老服务中心，方便老人。", sender="mzj@example.org")
    receive(office, pool, query())
    [answer] = answers(office)
    assert "1.《内外兼修提升学前教育》\n   11 月 8 日收到，待审。" in answer
    assert "养老" not in answer
    assert all_out(office)[-1].kind is LetterKind.SUBMISSIONS
    letter = last_letter(office)
    assert letter.verdict is Verdict.ANSWERED
    assert letter.verdict.for_programs == "quarantined"
    assert letter.reason == "来信查询本单位的投稿情况，已自动回复今年的投稿清单"
    assert broken_promises(office.data_dir) == []


def test_reason_is_told_where_a_letter_has_told_it_and_no_other_note(office: Office, pool: ReadingPool) -> None:
    send_in(office, pool, "内外兼修提升学前教育", "一是严格保教管理，确保常规规范。")
    send_in(office, pool, "校园安全常抓不懈", "近日，我局对全区校园开展安全检查，逐校建立台账。")
    send_in(office, pool, "暑期托管服务受欢迎", "暑假期间，全区十所学校开设托管班，服务家长。")
    returned = ArticleStatus.RETURNED
    decide(office, DecisionRequest(1, returned, "周编辑", "数字请核实"))
    decide(office, DecisionRequest(2, ArticleStatus.HELD, "周编辑", "领导说先放一放"))
    decide(office, DecisionRequest(3, returned, "周编辑", "内部掌握的理由", notify=False))
    deliver_all(office)
    wait(office)
    receive(office, pool, query(subject="我的投稿"))
    [answer] = answers(office)
    assert "退改：数字请核实。" in answer
    assert "留用。" in answer
    assert answer.count("退改") == 2
    assert "领导说" not in answer
    assert "内部掌握" not in answer


def test_printed_and_joint_articles_are_listed_and_those_of_erased_letters_are_not(
    office: Office, pool: ReadingPool
) -> None:
    send_in(office, pool, "内外兼修提升学前教育", "一是严格保教管理，确保常规规范。")
    send_in(office, pool, "养老服务进社区", "一是新建养老服务中心，方便老人。", sender="mzj@example.org")
    change_departments(office, JointRequest(2, "周编辑", ("区教体局",), (), None))
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "周编辑")
    send_in(office, pool, "校园安全常抓不懈", "近日，我局对全区校园开展安全检查，逐校建立台账。")
    erased_letter = last_letter(office)
    decide(office, DecisionRequest(3, ArticleStatus.REJECTED, "周编辑", "内容重复"))
    wait(office)
    receive(office, pool, query())
    deliver_all(office)
    erase(office, office.bulletin(None), erased_letter.id, "对方要求删除", who="赵管理")
    assert [entry.subject for entry in all_out(office) if entry.kind is LetterKind.SUBMISSIONS] == [""]
    wait(office)
    receive(office, pool, query())
    with office.ledger.reading() as ledger:
        last = outbox.raw_letter(ledger, all_out(office)[-1].id, office.data_dir)
    answer = text_of(message_of(last))
    assert "《内外兼修提升学前教育》\n   11 月 8 日收到，已刊发（第70期）。" in answer
    assert "《养老服务进社区》" in answer
    assert "校园安全" not in answer


@pytest.mark.parametrize(
    ("sender", "header"),
    [
        ("stranger@example.org", PASSED),
        ("jtj@example.org", ""),
        ("jtj@example.org", PASSED.replace("pass", "fail")),
        ("jtj@example.org", PASSED.replace("mx.example.org", "mx.evil.example")),
        ("jtj@example.org", f"{PASSED}Auto-Submitted: auto-generated\r\n"),
    ],
)
def test_who_is_not_vouched_for_gets_no_list(office: Office, pool: ReadingPool, sender: str, header: str) -> None:
    send_in(office, pool, "内外兼修提升学前教育", "一是严格保教管理，确保常规规范。")
    receive(office, pool, query(sender, header=header))
    assert answers(office) == []
    assert last_letter(office).verdict is not Verdict.ANSWERED


def test_answer_to_a_receipt_is_vouched_for_by_it(office: Office, pool: ReadingPool) -> None:
    send_in(office, pool, "内外兼修提升学前教育", "一是严格保教管理，确保常规规范。")
    [receipt] = written(office)
    subject = f"回复：{receipt['Subject']}"
    receive(office, pool, query(subject=subject, text="查询", header=f"In-Reply-To: {receipt['Message-ID']}\r\n"))
    assert len(answers(office)) == 1


def test_list_is_an_answer_within_the_limits_of_receipts(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, *(query() for _ in range(5)))
    assert len(answers(office)) == 3
    assert "还没有收到投稿" in answers(office)[0]
    with office.ledger.reading() as ledger:
        verdicts = [letter.verdict for letter in letters.letters(ledger)]
    assert sorted(verdicts) == [*[Verdict.ANSWERED] * 3, *[Verdict.QUESTION] * 2]


def test_question_that_says_more_is_for_the_editor(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, query(text="请把区民政局的投稿也一并发给我"))
    assert answers(office) == []
    assert last_letter(office).verdict is Verdict.QUESTION


class TestSwitchedOff:
    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(config("false"), AT)

    def test_question_is_passed_on_to_the_editor(self, office: Office, pool: ReadingPool) -> None:
        receive(office, pool, query())
        assert [str(message["Subject"])[:4] for message in written(office)] == ["【已收】"]
        assert last_letter(office).verdict is Verdict.QUESTION


def test_of_joint_work_only_the_unit_that_was_written_to_reads_the_reason(office: Office, pool: ReadingPool) -> None:
    send_in(office, pool, "两家的稿件", "一是联合治理。")
    change_departments(office, JointRequest(1, "周编辑", ("区民政局",), (), None))
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, "周编辑", "教体局的数字不对"))
    deliver_all(office)
    wait(office)
    receive(office, pool, query(), query("mzj@example.org"))
    to_writer, to_partner = answers(office)
    assert ("两家的稿件" in to_writer, "教体局的数字不对" in to_writer) == (True, True)
    assert ("两家的稿件" in to_partner, "教体局的数字不对" in to_partner) == (True, False)
