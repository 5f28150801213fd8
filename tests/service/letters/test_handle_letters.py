"""What a person does with a letter at the desk, and what becomes of it, of its articles and of its sender."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive import articles, changes, letters, senders
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.letters.handle_letters import confirm_sender, read_again, set_aside
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.submissions import File
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.letter import Verdict

WHO = "王编辑"
STRANGER = "new@example.org"
BROKEN = File("稿.docx", b"PK\x03\x04 broken")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


@pytest.fixture
def office(office: Office) -> Iterator[Office]:
    yield office
    assert broken_promises(office.data_dir) == []


def the_letter(office: Office) -> LetterRecord:
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    return letter


def all_articles(office: Office) -> list[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return list(articles.articles(ledger))


def said(office: Office) -> list[tuple[str, str]]:
    with office.ledger.reading() as ledger:
        return [(one.summary, one.why) for one in changes.changes_of(ledger, "letter", the_letter(office).id)]


def learned(office: Office) -> dict[str, str]:
    with office.ledger.reading() as ledger:
        return {one.address: one.department for one in senders.learned_senders(ledger, BULLETIN)}


def confirm(office: Office, *departments: str) -> str:
    unconfirmed = [one.id for one in all_articles(office) if not one.confirmed]
    named = dict(zip(unconfirmed, departments, strict=True))
    return confirm_sender(office, office.bulletin(None), the_letter(office).id, named, who=WHO).learned


def test_confirmed_sender_is_known_from_then_on_and_the_article_waits_for_the_issue(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, submission(manuscript(), sender=STRANGER))
    assert the_letter(office).verdict is Verdict.UNCONFIRMED
    assert confirm(office, "区教体局") == STRANGER
    [article] = all_articles(office)
    assert (article.confirmed, article.department, article.status) == (True, "区教体局", ArticleStatus.DRAFT)
    letter = the_letter(office)
    assert (letter.verdict, letter.reason) == (Verdict.ARTICLE, "来源已由编辑确认（王编辑）：区教体局")
    assert learned(office) == {STRANGER: "区教体局"}
    assert said(office) == [("认领来信 1：区教体局，记住 new@example.org 是区教体局的地址", "")]
    receive(office, pool, submission(manuscript("第二篇"), sender=STRANGER, number=2))
    assert [one.confirmed for one in all_articles(office)] == [True, True]


def test_sender_with_a_doubt_is_confirmed_once_and_not_learned(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript(), sender="jtj@exarnple.org"))
    assert "极像" in the_letter(office).reason
    assert confirm(office, "区教体局") == ""
    assert learned(office) == {}
    assert [one.confirmed for one in all_articles(office)] == [True]


def test_articles_of_two_departments_are_confirmed_each_and_teach_no_address(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript("甲文"), manuscript("乙文", "三是另说。"), sender=STRANGER))
    assert confirm(office, "区教体局", "区民政局") == ""
    assert [one.department for one in all_articles(office)] == ["区教体局", "区民政局"]
    assert learned(office) == {}


@pytest.mark.parametrize("named", ["没有这个单位", ""])
def test_a_department_that_nobody_knows_changes_nothing(office: Office, pool: ReadingPool, named: str) -> None:
    receive(office, pool, submission(manuscript(), sender=STRANGER))
    with pytest.raises(BadUsage, match=r"名录里没有|请为《内外兼修提升学前教育》选定单位"):
        confirm(office, named)
    assert the_letter(office).verdict is Verdict.UNCONFIRMED
    assert said(office) == []


def test_second_decision_about_a_letter_is_refused(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript(), sender=STRANGER))
    confirm(office, "区教体局")
    bulletin, id = office.bulletin(None), the_letter(office).id
    with pytest.raises(Changed, match="现在的结果是“已成稿”"):
        confirm_sender(office, bulletin, id, {}, who="李编辑")
    with pytest.raises(Changed):
        set_aside(office, bulletin, id, "不是稿件", who="李编辑")
    with pytest.raises(Changed):
        read_again(office, bulletin, id, who="李编辑")
    with pytest.raises(BadUsage, match="没有这封来信"):
        read_again(office, bulletin, 999, who="李编辑")
    assert len(said(office)) == 1


def test_letter_that_is_not_ours_is_set_aside_with_its_articles_and_can_come_back(
    office: Office, pool: ReadingPool
) -> None:
    receive(office, pool, submission(manuscript(), sender=STRANGER))
    bulletin, id = office.bulletin(None), the_letter(office).id
    with pytest.raises(BadUsage, match="写明为什么"):
        set_aside(office, bulletin, id, "  ", who=WHO)
    set_aside(office, bulletin, id, "广告", who=WHO)
    letter = the_letter(office)
    assert (letter.verdict, letter.reason) == (Verdict.IGNORED, "编辑决定不处理（王编辑）：广告")
    assert [one.status for one in all_articles(office)] == [ArticleStatus.REJECTED]
    read_again(office, bulletin, id, who=WHO)
    assert the_letter(office).verdict is Verdict.PENDING
    assert LetterReceiver(office, pool).read_waiting(bulletin)[Verdict.UNCONFIRMED] == 1
    assert [(one.status, one.confirmed) for one in all_articles(office)] == [(ArticleStatus.DRAFT, False)]
    assert said(office) == [
        ("让服务重读来信 1（原为“不处理”）", ""),
        ("不处理来信 1（原为“待认领”）", "广告"),
    ]


def test_letter_read_again_gets_its_verdict_from_the_running_service(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(BROKEN))
    assert the_letter(office).verdict is Verdict.QUARANTINED
    read_again(office, office.bulletin(None), the_letter(office).id, who=WHO)
    waiting = the_letter(office)
    assert (waiting.verdict, waiting.reason, waiting.attempts) == (Verdict.PENDING, "等待重读", 0)
    receiver = LetterReceiver(office, pool)
    assert receiver.read_waiting(office.bulletin(None)) == {Verdict.QUARANTINED: 1}
    assert receiver.read_waiting(office.bulletin(None)) == {}


def test_content_of_a_letter_is_kept_when_it_is_read(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript(), BROKEN, sender='"<b>张三</b>" <new@example.org>'))
    with office.ledger.reading() as ledger:
        content = letters.content_of(ledger, 1)
    assert content is not None
    assert content.sender_name == "<b>张三</b>"
    assert content.text == "请查收。"
    assert [(file.name, file.kind) for file in content.files] == [
        ("内外兼修提升学前教育.docx", "Word 文档"),
        ("稿.docx", "压缩包"),
    ]
    assert content.files[1].size == 11
    assert ("Subject", "投稿") in content.headers
