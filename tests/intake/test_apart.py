"""Letters about articles that an editor has split or merged: read from real files, they double and replace nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.articles import ArticleRecord
from archive.letters import letters, reopen
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.article.joint_adoption import MergeRequest, merge_articles
from service.article.split import NewPart, SplitRequest, split_article
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.articles import LINES, manuscript_file, records
from tests.support.joint_office import article, in_issue
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin
from tests.support.submissions import File, raw_letter
from values.issue import ArticleStatus
from values.letter import Verdict

SCHOOLS = (
    "区教体局推进校园食堂明厨亮灶，全区三十所学校接入监管平台，家长可以随时查看后厨情况。",
    "食材统一招标采购，供应商名单每学期公示一次，接受师生监督，满意度逐年提高。",
)
VOUCHED = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n"
Send = Callable[..., list[int]]


@pytest.fixture
def office_setup() -> OfficeSetup:
    more = '\n[[bulletin.department]]\nname = "区教体局"\nsenders = ["jtj@example.org"]\n'
    mailbox = bulletin().replace("poll_seconds = 1", 'poll_seconds = 1\nauthserv_id = "mx.example.org"')
    return OfficeSetup(mailbox + 'senders = ["mzj@example.org"]\n' + more)


@pytest.fixture
def send(office: Office, pool: ReadingPool, tmp_path: Path) -> Send:
    def send(
        *files: File, header: str = "", sender: str = "mzj@example.org", subject: str = "投稿", text: str = ""
    ) -> list[int]:
        """A letter with these files, read to its verdict; the ids of its articles that are new."""
        number = len(list(tmp_path.glob("*.eml"))) + 1
        letter = tmp_path / f"{number}.eml"
        header += f"Date: {office.local(AT):%a, %d %b %Y %H:%M:%S %z}\r\nMessage-ID: <{number}@example.org>\r\n"
        letter.write_bytes(raw_letter(*files, sender=sender, subject=subject, text=text or "请查收。", header=header))
        before = {record.id for record in records(office)}
        LetterReceiver(office, pool).import_letters(office.bulletin(None), [letter])
        return [record.id for record in records(office) if record.id not in before]

    return send


def later(text: str) -> str:
    return text.replace("满意度达到98%", "满意度达到99%").replace("三十所", "三十一所")


def whole_file(*, name: str = "养老服务.docx", edit: Callable[[str], str] = str) -> File:
    return manuscript_file(*map(edit, LINES + SCHOOLS), name=name)


def split(office: Office) -> int:
    """The lines on schools become an article of their own; returns its id."""
    return split_article(office, SplitRequest(1, [NewPart(3, "校园食堂明厨亮灶")], "王编辑"))[1].id


def last_letter(office: Office) -> tuple[Verdict, str]:
    with office.ledger.reading() as ledger:
        letter = letters(ledger)[-1]
    return letter.verdict, letter.reason


def texts(office: Office) -> list[str]:
    return [article(office, id).manuscript.text for id in in_issue(office)]


def test_the_letter_read_again_does_not_double_what_was_split(office: Office, pool: ReadingPool, send: Send) -> None:
    send(whole_file())
    second = split(office)
    before = texts(office)
    with office.ledger.reading() as ledger:
        [letter] = letters(ledger)
    assert letter.articles == (1, second)
    with office.ledger.writing() as ledger:
        reopen(ledger, letter.id, (Verdict.ARTICLE,))
    LetterReceiver(office, pool).read(office.bulletin(None))
    assert (texts(office), [record.id for record in records(office)]) == (before, [1, second])


def test_the_same_file_again_is_a_duplicate(office: Office, send: Send) -> None:
    send(whole_file())
    split(office)
    before = texts(office)
    assert send(whole_file(name="再报.docx"), subject="再报一次") == []
    assert (last_letter(office)[0], texts(office)) == (Verdict.DUPLICATE, before)


@pytest.mark.parametrize("subject", ["更正：养老服务上台阶", "修改稿，以此为准"])
def test_a_later_whole_text_is_held_beside_the_parts(office: Office, send: Send, subject: str) -> None:
    send(whole_file())
    second = split(office)
    before = texts(office)
    [beside] = send(whole_file(edit=later), subject=subject)
    verdict, reason = last_letter(office)
    assert (article(office, beside).status, verdict, texts(office)) == (ArticleStatus.HELD, Verdict.FLAGGED, before)
    assert f"稿件 1《养老服务上台阶》拆分以前全文的修改稿（已拆出稿件 {second}）" in reason
    assert "correction-apart" in [finding.rule.name for finding in article(office, beside).findings]


def test_a_later_text_of_one_part_is_its_next_revision(office: Office, send: Send) -> None:
    send(whole_file())
    second = split(office)
    file = manuscript_file(*map(later, SCHOOLS), title="校园食堂明厨亮灶", name="校园.docx")
    assert send(file, subject="更正：校园食堂明厨亮灶") == []
    assert "三十一所" in article(office, second).manuscript.text
    assert (article(office, second).revision, article(office, 1).revision) == (2, 2)


def test_the_whole_text_sent_again_with_edits_and_no_word_is_named(office: Office, send: Send) -> None:
    send(whole_file())
    split(office)
    send(whole_file(edit=later), subject="投稿二")
    assert "与稿件 1《养老服务上台阶》拆分以前的全文相近" in last_letter(office)[1]


def joint(office: Office, send: Send) -> ArticleRecord:
    """Articles 1 and 2, of two departments, merged into 1."""
    send(manuscript_file())
    send(manuscript_file(*SCHOOLS, title="校园食堂", name="校园.docx"), sender="jtj@example.org", subject="校园食堂")
    return merge_articles(office, MergeRequest([1, 2], 1, "王编辑"))


def test_a_later_text_of_the_article_that_has_others_is_held_beside(office: Office, send: Send) -> None:
    before = joint(office, send)
    [beside] = send(manuscript_file(*map(later, LINES)), subject="更正：养老服务上台阶")
    assert (article(office, 1).manuscript, article(office, beside).status) == (before.manuscript, ArticleStatus.HELD)
    assert "那一篇由几篇合并而成，没有替换它" in last_letter(office)[1]


def test_a_later_text_of_a_merged_article_is_its_own_and_the_reason_names_both(office: Office, send: Send) -> None:
    before = joint(office, send)
    file = manuscript_file(*map(later, SCHOOLS), title="校园食堂", name="校园2.docx")
    assert send(file, sender="jtj@example.org", subject="更正：校园食堂", header=VOUCHED) == []
    verdict, reason = last_letter(office)
    assert (article(office, 2).revision, article(office, 1)) == (2, before)
    assert (verdict, "它已并入稿件 1，合并后的文字没有改" in reason) == (Verdict.FLAGGED, True)


def test_what_comes_after_the_joint_article_is_printed_is_an_erratum(office: Office, send: Send) -> None:
    joint(office, send)
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    file = manuscript_file(*map(later, SCHOOLS), title="校园食堂", name="校园2.docx")
    [erratum] = send(file, sender="jtj@example.org", subject="更正：校园食堂")
    assert article(office, erratum).status is ArticleStatus.HELD
    assert "更正的是已刊于第70期的稿件 1" in last_letter(office)[1]


def test_withdrawing_the_letter_of_a_split_article_holds_all_of_it(office: Office, send: Send) -> None:
    send(whole_file())
    second = split(office)
    decide(office, DecisionRequest(second, ArticleStatus.ADOPTED, "王编辑"))
    text = "我局11月8日报送的《养老服务上台阶》一文请撤回，不要刊发。"
    send(subject="撤稿：养老服务上台阶", text=text, header=VOUCHED)
    assert in_issue(office) == []
    reason = last_letter(office)[1]
    assert "稿件 1《养老服务上台阶》已先改为留用" in reason
    assert f"稿件 {second}《校园食堂明厨亮灶》已先改为留用" in reason


def test_withdrawing_a_merged_article_holds_the_one_that_has_its_text(office: Office, send: Send) -> None:
    joint(office, send)
    text = "我局11月8日报送的《校园食堂》一文请撤回，不要刊发。"
    send(subject="撤稿：校园食堂", text=text, sender="jtj@example.org", header=VOUCHED)
    assert in_issue(office) == []
    assert "稿件 1《养老服务上台阶》已先改为留用" in last_letter(office)[1]
