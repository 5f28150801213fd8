"""A week without a browser: letters in, the draft mailed, answers, the edited file, approval, sign-off, notices out.

Letters come through a Dovecot mailbox and leave over SMTP; what people answer is what the SMTP server took. Commands
stand for what is no mail: the draft is put forward, the issue is circulated.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from archive import articles, issues
from intake.pool import ReadingPool
from service.issue.catch_up import catch_up
from service.letters.mailing import outbox_sender
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.answering import LI, PASSED, WANG, answer, answered_config, order, statuses, text_of, verdicts
from tests.support.approvals import FIRST, LAST, SECOND, STEPS
from tests.support.command_line import CommandResult, command_line_of
from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import PASSWORD, Account, Dovecot
from tests.support.draft_edits import edited, put_words
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, Clock, office_at, write_config
from tests.support.smtp_servers import SmtpSink, smtp_sink
from values.issue import ArticleStatus
from values.stopping import never

pytestmark = pytest.mark.dovecot

MONDAY = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
FRIDAY = datetime(2022, 11, 11, 16, 0, tzinfo=SHANGHAI)
MZJ, JTJ, CIRCULATED = "mzj@example.org", "jtj@example.org", "shizhang@example.org"
TITLES = ("养老服务进社区", "内外兼修提升学前教育", "校园安全常抓不懈", "暑期托管服务受欢迎")
TEXTS = (
    "一是新建养老服务中心，方便老人就近用餐。",
    "一是严格保教管理，确保常规规范。",
    "近日，我局对全区校园开展安全检查，逐校建立台账。",
    "暑假期间，全区十所学校开设托管班，服务家长。",
)
HELD, PUBLISHED = ArticleStatus.HELD, ArticleStatus.PUBLISHED


@dataclass
class Week:
    """The office, its mailbox and its mail server."""

    office: Office
    pool: ReadingPool
    account: Account
    sink: SmtpSink
    number: int = 0
    """Of the last answer."""

    def at(self, moment: datetime) -> None:
        assert isinstance(self.office.now, Clock)
        self.office.now.now = moment

    def later(self, **span: float) -> None:
        self.at(self.office.now() + timedelta(**span))

    def go_on(self, *letters: bytes) -> None:
        """They are delivered and fetched; the schedule is looked at; what is due is sent."""
        for raw in letters:
            self.account.deliver(raw, self.office.now())
        bulletin = self.office.bulletin(None)
        LetterReceiver(self.office, self.pool).poll(bulletin)
        catch_up(self.office, bulletin)
        outbox_sender(self.office).send_due(stopping=never)

    def answer(
        self, words: str, to: EmailMessage, sender: str, *, header: str = PASSED, file: bytes | None = None
    ) -> bytes:
        self.number += 1
        raw = answer(words, to, sender=sender, header=header, number=self.number)
        if file is None:
            return raw
        message = message_from_bytes(raw, policy=default.clone(linesep="\r\n"))
        assert isinstance(message, EmailMessage)
        message.add_attachment(file, maintype="application", subtype="octet-stream", filename="改好的.docx")
        return message.as_bytes()

    def mailed(self, address: str, mark: str) -> list[EmailMessage]:
        """What the mail server took for the address with that mark in the subject, in its order."""
        taken = (message_from_bytes(each.raw, policy=default) for each in self.sink.taken if each.to == address)
        return [message for message in taken if mark in str(message["Subject"])]

    def command(self, *words: str) -> CommandResult:
        return command_line_of(self.office).run(*words)


@pytest.fixture
def week(dovecot: Dovecot, pool: ReadingPool, tmp_path: Path) -> Iterator[Week]:
    """On Friday at four: four manuscripts came on Monday, and the schedule has made the draft."""
    with smtp_sink() as sink, office_of(dovecot.account(), sink, tmp_path) as (office, account):
        week = Week(office, pool, account, sink)
        week.go_on()
        for number, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True)):
            sender = MZJ if number == 0 else JTJ
            week.go_on(submission(manuscript(title, text), sender=sender, number=number, header=PASSED_EXAMPLE))
        week.at(FRIDAY)
        week.go_on()
        yield week


PASSED_EXAMPLE = PASSED.replace("header.from=office.example", "header.from=example.org")


@contextmanager
def office_of(account: Account, sink: SmtpSink, home: Path) -> Iterator[tuple[Office, Account]]:
    more = f'sign_by_mail = true\ncirculate = ["{CIRCULATED}"]'
    text = answered_config(more=more, steps=STEPS).replace("port = 1\n", f"port = {sink.port}\n")
    text = text.replace("port = 993", f"port = {account.port}")
    text = text.replace('username = "wuxing@example.org"', f'username = "{account.username}"')
    with office_at(write_config(home / "office", text), MONDAY, JIANBAO_IMAP_PASSWORD=PASSWORD) as office:
        yield office, account


def text_of_article(office: Office, title: str) -> str:
    with office.ledger.reading() as ledger:
        return next(each.manuscript.text for each in articles.articles(ledger) if each.manuscript.title == title)


def test_a_week_without_a_browser(week: Week) -> None:
    office = week.office
    assert [len(week.mailed(address, "【收稿】")) for address in (MZJ, JTJ)] == [1, 3]
    [draft] = week.mailed(WANG, "【送审】")
    assert [part.get_filename() for part in draft.iter_attachments()] != []

    # The editor decides; one line is unclear and is asked back with the new draft.
    week.go_on(week.answer("4 移到最前\n缓 3\n2 再看看吧", draft, WANG))
    [reply] = week.mailed(WANG, "【办理结果】")
    assert "您写的：2 再看看吧\n     原因：看不懂" in text_of(reply)
    assert statuses(office)[TITLES[2]] is HELD
    assert order(office) == TITLES[3] + TITLES[0] + TITLES[1]

    # The file of the reply is edited in Word and mailed back; what it would change is listed, and taken over.
    [enclosure] = reply.iter_attachments()
    file = edited(enclosure.get_content(), lambda opened: put_words(opened.paragraphs(1)[0], 4, "，"))
    week.go_on(week.answer("改好了，见附件。", reply, WANG, file=file))
    listed = week.mailed(WANG, "【办理结果】")[-1]
    assert f"《{TITLES[3]}》改了文字" in text_of(listed)
    assert "暑假期间，，" not in text_of_article(office, TITLES[3])
    week.go_on(week.answer("采纳改动", listed, WANG))
    latest = week.mailed(WANG, "【办理结果】")[-1]
    assert "暑假期间，，" in text_of_article(office, TITLES[3])

    # Approval: the first step by one of two people, the other is told; then the last one.
    assert week.command("approval", "put-forward", "70").status == 0
    week.go_on()
    [asked_first], [asked_second] = (week.mailed(person, "【请审】") for person in (FIRST, SECOND))
    week.go_on(week.answer("已阅，同意。", asked_first, FIRST), week.answer("同意", asked_second, SECOND))
    assert "不需要您再做" in text_of(week.mailed(SECOND, "【办理结果】")[-1])
    [asked_last] = week.mailed(LAST, "【请审】")
    week.go_on(week.answer("同意签发\n办主任", asked_last, LAST))
    [approved] = week.mailed(WANG, "【审核结果】")
    assert "可签发" in str(approved["Subject"])

    # Sign-off with the code of the latest draft, then the circulation and the notices.
    week.go_on(week.answer("签发", latest, WANG))
    assert {statuses(office)[title] for title in (TITLES[0], TITLES[1], TITLES[3])} == {PUBLISHED}
    assert week.command("circulate", "70", "--issue", "--notices").status == 0
    week.later(minutes=11)
    week.go_on()
    assert len(week.mailed(CIRCULATED, "第70期")) == 1
    assert [len(week.mailed(address, "【采用通知】")) for address in (MZJ, JTJ)] == [1, 1]

    # What is answered now is told, and changes nothing.
    week.go_on(week.answer("不用 1", week.mailed(LI, "【送审】")[0], LI))
    assert "原因：第70期已签发" in text_of(week.mailed(LI, "【办理结果】")[-1])
    assert statuses(office)[TITLES[0]] is PUBLISHED
    assert broken_promises(office.data_dir) == []


def test_two_editors_at_once_and_one_of_them_about_an_older_draft(week: Week) -> None:
    """Both answers come with one poll; then one editor answers the first draft again, and after that a copy comes."""
    first, second = (week.mailed(editor, "【送审】")[0] for editor in (WANG, LI))
    raw = week.answer("缓 2\n1 移到最后", first, WANG)
    week.go_on(raw, week.answer("不用 2：重复\n退 3：请补数字", second, LI))
    told = text_of(week.mailed(LI, "【办理结果】")[-1])
    assert f"已由{WANG}（来信）改过" in told
    assert "改为“退改”" in told
    assert [statuses(week.office)[title] for title in TITLES[1:3]] == [HELD, ArticleStatus.RETURNED]
    assert [len(week.mailed(JTJ, mark)) for mark in ("【退改】", "【退稿】")] == [1, 0]

    week.go_on(week.answer("4 移到最前\n采用 4", first, WANG))
    older = text_of(week.mailed(WANG, "【办理结果】")[-1])
    assert "您对章贡区“五型”政府建设第70期第 1 稿的答复已收到" in older
    assert statuses(week.office)[TITLES[3]] is ArticleStatus.ADOPTED
    before = (order(week.office), len(week.sink.taken))
    week.go_on(b"Received: from relay.example\r\n" + raw)
    assert (order(week.office), len(week.sink.taken)) == before
    assert [verdict for verdict, _ in verdicts(week.office)] == ["decided"] * 3


def test_a_draft_that_is_sent_back_by_mail_comes_again(week: Week) -> None:
    """A person of a step sends it back, the editor changes it by mail, and it is put forward again; the old letter of
    the request approves nothing."""
    week.command("approval", "put-forward", "70")
    week.go_on()
    [asked] = week.mailed(FIRST, "【请审】")
    week.go_on(week.answer("退回编辑：第二篇先不登", asked, FIRST))
    assert "第二篇先不登" in text_of(week.mailed(WANG, "【审核结果】")[-1])
    week.go_on(week.answer("缓 2", week.mailed(WANG, "【送审】")[-1], WANG))
    week.go_on(week.answer("同意", asked, FIRST))
    assert "请看过新的一稿再审核" in text_of(week.mailed(FIRST, "【办理结果】")[-1])
    assert week.command("approval", "put-forward", "70").status == 0
    week.go_on()
    week.go_on(week.answer("同意", week.mailed(FIRST, "【请审】")[-1], FIRST))
    assert len(week.mailed(LAST, "【请审】")) == 1
    with week.office.ledger.reading() as ledger:
        draft = issues.open_draft(ledger, "wuxing")
    assert draft is not None
    assert draft.revision == 2
