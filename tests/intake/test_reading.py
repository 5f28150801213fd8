"""One letter to its outcome: whose it is, and what the clerk is told."""

from __future__ import annotations

import pytest

from intake.outcome import Reading
from intake.process import oversize_reason
from intake.reading import read_letter
from intake.register import Register
from tests.support.docx_reading import inline, p, png
from tests.support.manuscripts import CENTRED
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from tools.letter_builder import DOCX_TYPE, entity, message, multipart, text
from tools.zip_builder import archive, gbk
from values.letter import Verdict


def manuscript(byline: str, more: str = "") -> File:
    body = paragraph("推进工作落地见效", properties=CENTRED, run='<w:sz w:val="44"/>')
    body += paragraph(byline, properties=CENTRED) + paragraph("一是抓好各项工作，推动任务落实。") + more
    return File("投稿.docx", docx(body))


def reading(*files: File, sender: str, hold_unknown: bool = True) -> Reading:
    register = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown)
    return read_letter(raw_letter(*files, sender=sender), register)


def test_a_known_senders_manuscript_is_an_article_of_its_department() -> None:
    read = reading(manuscript("区教体局"), sender="jtj@example.org")
    assert (read.verdict, read.reason.for_clerk) == (Verdict.ARTICLE, "区教体局《推进工作落地见效》已成稿")
    assert [draft.department for draft in read.articles] == ["区教体局"]


def test_where_departments_share_an_address_the_byline_tells_whose_it_is() -> None:
    signed = reading(manuscript("区人社局"), sender="shared@example.org")
    assert (signed.verdict, signed.articles[0].department) == (Verdict.ARTICLE, "区人社局")
    unsigned = reading(manuscript("区教体局"), sender="shared@example.org")
    assert (unsigned.verdict, unsigned.articles[0].department) == (Verdict.UNCONFIRMED, None)
    assert "区人社局、区金融中心共用这个发件地址" in unsigned.reason.for_clerk


@pytest.mark.parametrize(("hold", "verdict"), [(True, Verdict.UNCONFIRMED), (False, Verdict.ARTICLE)])
def test_an_unknown_senders_manuscript_carries_a_finding_and_waits_where_the_office_holds_such(
    hold: bool, verdict: Verdict
) -> None:
    read = reading(manuscript("区教体局"), sender="someone@qq.com", hold_unknown=hold)
    [draft] = read.articles
    assert (read.verdict, draft.department, draft.findings[0].rule.name) == (verdict, "区教体局", "unknown-sender")
    assert ("署名像是区教体局" in read.reason.for_clerk) is hold


def test_hidden_text_flags_the_letter_and_is_not_in_the_article() -> None:
    hidden = paragraph("不该印出来的话", run="<w:vanish/>")
    read = reading(manuscript("区教体局", hidden), sender="jtj@example.org")
    assert read.verdict is Verdict.FLAGGED
    assert "隐藏" in read.reason.for_clerk
    assert "不该印出来" not in read.articles[0].manuscript.text


def test_of_two_manuscripts_one_broken_the_other_becomes_an_article_and_the_letter_is_flagged() -> None:
    broken = File("坏.docx", manuscript("区教体局").data[:-400])
    read = reading(broken, manuscript("区教体局"), sender="jtj@example.org")
    assert (read.verdict, len(read.articles)) == (Verdict.FLAGGED, 1)
    assert "坏.docx" in read.reason.for_clerk


def test_reason_for_the_sender_keeps_the_name_of_his_file_and_asks_him_directly() -> None:
    archive = File("邮箱请对方企业配合.7z", b"7z\xbc\xaf\x27\x1c damaged")
    read = reading(archive, sender="jtj@example.org")
    assert read.verdict is Verdict.QUARANTINED
    assert read.reason.for_sender.startswith("附件“邮箱请对方企业配合.7z”")
    oversize = oversize_reason(75_000_000, 60_000_000)
    assert oversize.for_clerk.endswith("全文仍在邮箱里。请登录邮箱网页查看，或请对方压缩图片后重发。")
    assert oversize.for_sender.endswith("全文仍在邮箱里。请压缩图片后重发。")


def collection(*bylines: str) -> File:
    """A file with an article for each of the units, each with a title, text and picture of its own."""
    body, pictures = "", {}
    for number, byline in enumerate(bylines, 1):
        body += paragraph(f"推进第{number}项工作落地见效", properties=CENTRED, run='<w:sz w:val="44"/>')
        body += paragraph(byline, properties=CENTRED)
        body += paragraph(f"{number}是抓好各项工作，推动任务落实，截至目前成效××明显，群众满意。") + p(
            inline(f"rId{number}9")
        )
        pictures[f"rId{number}9"] = png(shade=number)
    return File("集稿.docx", docx(body, pictures=pictures))


def test_each_article_of_a_file_of_several_is_a_draft_that_names_its_place() -> None:
    read = reading(collection("区教体局", "区人社局", "区林业局"), sender="jtj@example.org")
    titles = "《推进第1项工作落地见效》、《推进第2项工作落地见效》、《推进第3项工作落地见效》"
    assert (read.verdict, read.reason.for_clerk) == (Verdict.ARTICLE, f"区教体局、区人社局{titles}已成稿")
    assert [draft.attachment for draft in read.articles] == [
        f"集稿.docx（第 {number} 篇，共 3 篇）" for number in (1, 2, 3)
    ]
    assert [draft.department for draft in read.articles] == ["区教体局", "区人社局", "区教体局"]
    assert [draft.manuscript.byline for draft in read.articles] == ["区教体局", "区人社局", "区林业局"]
    assert [len(draft.media) for draft in read.articles] == [1, 1, 1]


def test_findings_of_an_article_in_a_file_of_several_count_its_own_paragraphs() -> None:
    for draft in reading(collection("区教体局", "区教体局"), sender="jtj@example.org").articles:
        [found] = [finding for finding in draft.findings if finding.rule.name == "unfilled"]
        assert found.paragraph is not None
        assert draft.manuscript.lines[found.paragraph][found.start : found.end] == "××"


def test_the_articles_of_a_file_of_several_are_known_again_each_by_itself() -> None:
    file = collection("区教体局", "区人社局", "区林业局")
    once, again = (reading(file, sender=sender).articles for sender in ("jtj@example.org", "rsj@example.org"))
    assert [draft.content_sha256 for draft in once] == [draft.content_sha256 for draft in again]
    assert len({draft.content_sha256 for draft in once}) == 3


def test_a_file_that_may_hold_several_articles_is_one_article_and_flags_the_letter() -> None:
    more = paragraph("推进其他工作落地见效", properties=CENTRED, run='<w:sz w:val="44"/>')
    more += paragraph("二是抓好其他工作，推动任务落实，取得明显成效，群众满意度提升。")
    body = "一是抓好各项工作，推动任务落实，取得明显成效，群众满意度提升。"
    read = reading(manuscript("区教体局", paragraph(body) + more), sender="jtj@example.org")
    assert (read.verdict, len(read.articles)) == (Verdict.FLAGGED, 1)
    assert "像是有 2 篇文章，没有拆开：《推进工作落地见效》《推进其他工作落地见效》" in read.reason.for_clerk


FIELDS = "From: jtj@example.org\nSubject: 投稿\nMIME-Version: 1.0"


@pytest.mark.parametrize(
    ("fields", "attachment"),
    [
        (f'Content-Type: {DOCX_TYPE};\n\tname="a.docx"', "a.docx"),
        ("Content-Type: application/octet-stream", "投稿.docx"),
        ('Content-Type: application/octet-stream;\n\tname="tcmime.122.bin"', "tcmime.122.bin"),
        ('Content-Type: image/jpeg;\n\tname="a.jpg"\nContent-Disposition: inline', "a.jpg"),
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_manuscript_is_read_as_whatever_part_of_the_letter_it_comes(fields: str, attachment: str, alone: bool) -> None:
    part = entity(fields, manuscript("区教体局").data)
    if not alone:
        part = multipart("mixed", "b", text("请审阅。", "GBK"), part)
    read = read_letter(message(FIELDS, part), Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, True))
    assert (read.verdict, read.reason.for_clerk) == (Verdict.ARTICLE, "区教体局《推进工作落地见效》已成稿")
    assert [draft.attachment for draft in read.articles] == [attachment]


def test_several_manuscripts_are_as_many_articles_and_the_same_file_is_read_once() -> None:
    one, other = manuscript("区教体局"), manuscript("区教体局", paragraph("二是再抓落实。"))
    packed = File(
        "材料.zip", archive([gbk("一.docx", one.data), gbk("又一.docx", one.data), gbk("二.docx", other.data)])
    )
    read = reading(one, File("重复.docx", one.data), packed, sender="jtj@example.org")
    assert [draft.attachment for draft in read.articles] == ["投稿.docx", "材料.zip/二.docx"]
    assert read.verdict is Verdict.ARTICLE
