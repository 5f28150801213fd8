"""退改 with a marked-up Word file: what goes out in it, and what becomes of the file that comes back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from archive import articles, letters
from archive.articles import ArticleRecord
from intake.pool import ReadingPool
from intake.read.docx.custom_properties import custom_property
from intake.read.docx.limits import USUAL_DOCUMENT_LIMITS
from intake.read.docx.package import SourcePackage
from service.article.comment import comment_on
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_article
from service.article.joint_adoption import MergeRequest, merge_articles
from service.article.marked_copy import placed_remarks
from service.office import Office
from tests.support.answers_to_receipts import PHOTO, send
from tests.support.correspondence import receive, submission, text_of, written
from tests.support.docx_rules import violations
from tests.support.invariants import broken_promises
from tests.support.libreoffice import saved_as
from tests.support.manuscripts import STYLES, large, plain, table
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI
from tests.support.outboxes import sending
from tests.support.remarks import remarks
from tests.support.submissions import File
from tools.docx_builder import docx
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Heading, Manuscript, Paragraph
from values.marked_copy import COPY_PROPERTY, PlacedRemark

TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
TITLE = "养老服务上台阶"
LINES = (
    "一、主要做法",
    "区教体局坚持把养老服务作为民生大事来抓，全区建成 12 个养老服务中心,覆盖全部街道。",
    "一是建立台帐。对全区高龄老人逐户登记，做到底数清、情况明。",
    "二是送服务上门。组织志愿者开展助餐、助浴、助医服务，老人满意度达到98%。",
)
REASON = "数字请核实。\n第三段：登记了多少户？"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), TUESDAY)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    """An office that sends."""
    yield office
    assert broken_promises(office.data_dir) == []


def sent_file(*lines: str) -> File:
    rows = table(["街道", "户数"], ["甲街道", "12"])
    text = large(TITLE) + plain(*(lines or LINES)) + rows + plain("（撰稿：张三 联系电话：0771-1234567）")
    return File("养老服务.docx", docx(text, styles=STYLES))


def article(office: Office, id: int = 1) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, id)


def edit(office: Office) -> Manuscript:
    """The editor changes the title and a figure, deletes a paragraph and adds one; the text as it is then."""
    manuscript = article(office).manuscript
    blocks = list(manuscript.blocks)
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and "12 个" in block.text)
    changed = blocks[place]
    assert isinstance(changed, Paragraph)
    blocks[place : place + 2] = [
        replace(changed, text=changed.text.replace("12 个", "15 个")),
        Paragraph("编辑加的一段。"),
    ]
    edited = replace(manuscript, title_lines=("养老服务再上台阶",), blocks=tuple(blocks))
    edit_article(office, 1, edited, "王编辑", seen=None)
    return article(office).manuscript


def returned_file(office: Office, reason: str = REASON) -> bytes:
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, who="王编辑", note=reason))
    [enclosed] = written(office)[-1].iter_attachments()
    assert enclosed.get_filename() == f"{article(office).manuscript.title}（退改）.docx"
    return bytes(enclosed.get_payload(decode=True))


def answer(
    office: Office,
    pool: ReadingPool,
    data: bytes,
    *,
    number: int = 2,
    sender: str = "jtj@example.org",
    refers: bool = True,
) -> str:
    """The reason recorded for a letter with that file."""
    message_id = written(office)[-1]["Message-ID"]
    header = f"In-Reply-To: {message_id}\r\nReferences: {message_id}\r\n" if refers else ""
    receive(office, pool, submission(File("改好.docx", data), sender=sender, number=number, header=header))
    with office.ledger.reading() as ledger:
        return letters.letters(ledger)[-1].reason


def changed(data: bytes, was: str, now: str) -> bytes:
    """The file with characters of its document replaced, as somebody who types into it does."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            member = before.read(name).decode()
            if name == "word/document.xml":
                assert was in member
                member = member.replace(was, now)
            after.writestr(name, member)
    return out.getvalue()


def document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def refused(data: bytes) -> bytes:
    """The file with all changes refused, as Word's 拒绝所有修订 leaves it."""
    text = document(data)
    text = re.sub(r"<w:p>(?:(?!</w:p>).)*<w:rPr><w:ins [^>]*/></w:rPr>.*?</w:p>", "", text)
    text = re.sub(r"<w:ins [^>]*[^/]>.*?</w:ins>", "", text)
    text = re.sub(r"<w:rPr><w:del [^>]*/></w:rPr>|<w:del [^>]*>|</w:del>", "", text)
    return changed(data, document(data), text.replace("w:delText", "w:t"))


def test_file_is_valid_and_shows_changes_and_remarks_at_their_places(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(sent_file()))
    edit(office)

    data = returned_file(office)

    assert violations(data) == []
    text = document(data)
    assert re.findall(r"<w:delText[^>]*>([^<]*)<", text)[:3] == ["12", ",", LINES[2]]
    assert "编辑加的一段。" in text
    assert set(re.findall(r'w:author="([^"]*)" w:date="([^"]*)"', text)) == {("编辑", "2022-11-08T09:00:00Z")}
    assert ("养老服务再上台阶", "数字请核实。") in remarks(data)
    assert any(words == "第三段：登记了多少户？" for _, words in remarks(data))
    assert "附件是这篇稿件，编辑和审校的意见在批注里" in text_of(written(office)[-1])


def test_accepted_text_is_the_proposal(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(sent_file()))
    edit(office)
    data = returned_file(office)

    reason = answer(office, pool, data)

    now = article(office)
    assert "作为稿件 1 的第 3 稿" in reason
    assert (now.status, now.revision, now.made_by) == (ArticleStatus.DRAFT, 3, "")
    assert now.manuscript.title == "养老服务再上台阶"
    assert now.manuscript.lines == (
        "一、主要做法",
        LINES[1].replace("12 个", "15 个").replace(",", "，"),
        "编辑加的一段。",
        LINES[3],
        "街道\t户数",
        "甲街道\t12",
    )
    assert now.manuscript.house_lines == ("（撰稿：张三 联系电话：0771-1234567）",)
    assert not any("批注" in finding.message for finding in now.findings)


def test_all_changes_refused_is_an_answer_with_the_departments_text(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(sent_file()))
    sent = article(office).manuscript
    edit(office)

    reason = answer(office, pool, refused(returned_file(office)))

    now = article(office)
    assert "作为稿件 1 的第 3 稿" in reason
    assert (now.status, now.manuscript.title, now.manuscript.lines) == (ArticleStatus.DRAFT, sent.title, sent.lines)
    assert answer(office, pool, refused(returned_file_again(office)), number=3).startswith("《")
    assert article(office).revision == 3


def returned_file_again(office: Office) -> bytes:
    """The file that the last letter brought."""
    letter = [message for message in written(office) if "退改" in str(message["Subject"])][-1]
    [enclosed] = letter.iter_attachments()
    return bytes(enclosed.get_payload(decode=True))


def test_file_in_a_new_letter_is_recognised_by_its_property(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(sent_file()))
    edit(office)
    data = changed(returned_file(office), "老人满意度达到98%", "老人满意度达到97%")

    answer(office, pool, data, refers=False)

    now = article(office)
    # nothing vouches for a new letter without DMARC: what was decided about is not changed
    assert (now.status, now.revision) == (ArticleStatus.RETURNED, 2)
    beside = article(office, 2)
    assert (beside.status, "97%" in beside.manuscript.text) == (ArticleStatus.HELD, True)
    with office.ledger.reading() as ledger:
        assert letters.letters(ledger)[-1].verdict is Verdict.FLAGGED


def test_file_from_another_department_changes_nothing(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(sent_file()))
    edit(office)
    data = changed(returned_file(office), "老人满意度达到98%", "老人满意度达到97%")

    answer(office, pool, data, sender="mzj@example.org")
    answer(office, pool, data, sender="stranger@example.net", number=3)

    assert (article(office).status, article(office).revision) == (ArticleStatus.RETURNED, 2)


def test_second_file_of_a_letter_about_another_article_finds_its_own(office: Office, pool: ReadingPool) -> None:
    other = File("二.docx", docx(large("托育服务有新招") + plain("全县新增托位 300 个，收费下降一成。"), styles=STYLES))
    receive(office, pool, submission(sent_file(), other))
    edit(office)
    first = changed(returned_file(office), "老人满意度达到98%", "老人满意度达到97%")
    decide(office, DecisionRequest(2, ArticleStatus.RETURNED, who="王编辑", note="收费请核实"))
    [enclosed] = written(office)[-1].iter_attachments()
    second = changed(bytes(enclosed.get_payload(decode=True)), "下降一成", "下降两成")
    message_id = written(office)[-1]["Message-ID"]

    both = submission(File("1.docx", first), File("2.docx", second), number=2, header=f"In-Reply-To: {message_id}\r\n")
    receive(office, pool, both)

    assert [article(office, id).revision for id in (1, 2)] == [3, 2]
    assert [article(office, id).status for id in (1, 2)] == [ArticleStatus.DRAFT] * 2


def test_departments_comments_are_reported_and_stay_out_of_the_text(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(sent_file()))
    data = returned_file(office)
    own = '<w:comment w:id="99" w:author="张三" w:initials="张"><w:p><w:r><w:t>户数已核实</w:t></w:r></w:p></w:comment>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            member = before.read(name).decode().replace("</w:comments>", f"{own}</w:comments>")
            after.writestr(name, member.replace("98%", "97%"))

    answer(office, pool, out.getvalue())

    now = article(office)
    assert "户数已核实" not in now.manuscript.text
    assert "97%" in now.manuscript.text
    assert [f.message for f in now.findings if "批注" in f.message] == ["有 1 条批注没有收入：“户数已核实”。"]


def test_nothing_internal_goes_out(office: Office, pool: ReadingPool) -> None:
    near = File("近似.docx", docx(large(TITLE + "二") + plain(*LINES), styles=STYLES))
    receive(office, pool, submission(near, sender="mzj@example.org", number=9), submission(sent_file()))
    comment_on(office, 2, "这家总是报喜不报忧", "李编辑")
    decide(office, DecisionRequest(2, ArticleStatus.RETURNED, who="王编辑", note="请核实"))
    [enclosed] = written(office)[-1].iter_attachments()

    with zipfile.ZipFile(io.BytesIO(bytes(enclosed.get_payload(decode=True)))) as package:
        everything = "".join(package.read(name).decode() for name in package.namelist())

    for internal in ("王编辑", "李编辑", "报喜不报忧", "民政局", "相似", "稿件 1"):
        assert internal not in everything


def test_article_with_the_text_of_another_goes_as_its_department_sent_it(office: Office, pool: ReadingPool) -> None:
    other = File("二.docx", docx(large("托育服务有新招") + plain("全县新增托位 300 个，收费下降一成。"), styles=STYLES))
    receive(office, pool, submission(sent_file()), submission(other, sender="mzj@example.org", number=2))
    merge_articles(office, MergeRequest((1, 2), 1, "王编辑"))

    data = returned_file(office)

    assert "新增托位" in article(office).manuscript.text
    assert "新增托位" not in document(data)
    assert "审校时还见到" not in text_of(written(office)[-1])
    assert LINES[2] in document(data)


def test_photograph_of_the_same_sender_goes_out_with_the_proposals(office: Office, pool: ReadingPool) -> None:
    send(office, pool, sent_file())
    send(office, pool, PHOTO, number=2, answers=True)
    edit(office)

    data = returned_file(office)

    assert violations(data) == []
    assert ("15" in document(data), "<w:drawing>" in document(data)) == (True, True)


def test_libreoffice_keeps_text_comments_and_property(
    office: Office, pool: ReadingPool, soffice: Path, tmp_path: Path
) -> None:
    receive(office, pool, submission(sent_file()))
    edit(office)
    data = returned_file(office)

    saved = saved_as(soffice, "docx", data, tmp_path, by="docx:MS Word 2007 XML")

    assert [text for _, text in remarks(saved)] == [text for _, text in remarks(data)]
    assert (
        custom_property(SourcePackage(saved, USUAL_DOCUMENT_LIMITS), COPY_PROPERTY) == written(office)[-1]["Message-ID"]
    )
    answer(office, pool, saved)
    assert (article(office).revision, article(office).status) == (3, ArticleStatus.DRAFT)
    assert "15 个" in article(office).manuscript.text
    assert LINES[2] not in article(office).manuscript.lines


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("请核实。", [(None, "请核实。")]),
        ("第二段 12 应为 21", [(1, "第二段 12 应为 21")]),
        ("第3自然段太长\n标题请缩短", [(None, "标题请缩短"), (2, "第3自然段太长")]),
        ("第九段：没有这一段", [(None, "第九段：没有这一段")]),
        ("第〇段", [(None, "第〇段")]),
    ],
)
def test_each_line_of_the_reason_is_at_the_paragraph_that_it_names(
    reason: str, expected: list[tuple[int | None, str]]
) -> None:
    manuscript = Manuscript(("题",), None, (Heading("一、做法", 1), Paragraph("甲"), Paragraph("乙")))
    assert placed_remarks(reason, manuscript) == tuple(PlacedRemark(line, text) for line, text in expected)
