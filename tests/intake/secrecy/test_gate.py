"""The gate over whole letters: where a marking of secrecy may be, on real bytes; and what bears none."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from intake.reading import header_of, read_letter
from intake.register import Register
from programs.conversion import Conversions, key_of
from tests.support import ofd, pdf
from tests.support.legacy import flat_opc, rtf
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from values import rules
from values.letter import LetterContent, Verdict
from values.outgoing import LetterHead
from values.word_list import SecrecyMarking, WordList

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
SECRET = "此处是绝不能出现的内容"
BODY = paragraph("关于某事的报告") + paragraph("区教体局") + paragraph(f"{SECRET}，各单位认真落实有关要求。" * 4)
PLAIN = docx(BODY)


def box(text: str) -> str:
    return (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{paragraph(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def zipped(name: str, data: bytes, *, locked: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data)
    packed = bytearray(out.getvalue())
    if locked:
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            packed[packed.index(signature) + offset] |= 1
    return bytes(packed)


def forwarding(subject: str, text: str) -> bytes:
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "a@example.org", OFFICE, subject
    inner.set_content(text)
    outer["From"], outer["To"], outer["Subject"] = "jtj@example.org", OFFICE, "转发"
    outer.set_content("请查收。")
    outer.add_attachment(inner)
    return outer.as_bytes()


def html(page: str) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "jtj@example.org", OFFICE, "投稿"
    letter.set_content("请查收。")
    letter.add_alternative(page, subtype="html")
    return letter.as_bytes()


def attached(data: bytes, name: str = "稿件.docx") -> bytes:
    return raw_letter(File(name, data))


WORD_ART = '<w:p><w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r></w:p>'
HIDDEN = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>机密</w:t></w:r></w:p>"
DELETED = "<w:p><w:del><w:r><w:delText>秘密★1年</w:delText></w:r></w:del></w:p>"
COMMENT = f'<w:comment w:id="0">{paragraph("秘密★1年")}</w:comment>'

SEALED = {
    "subject": raw_letter(File("稿件.docx", PLAIN), subject="【机密】关于某事的报告"),
    "answered subject": raw_letter(File("稿件.docx", PLAIN), subject="回复：转发：机密★10年 某事"),
    "file name": attached(PLAIN, "（秘密）关于某事的报告.docx"),
    "name of a file that cannot be read": raw_letter(File("机密 名单.xlsx", b"PK\x03\x04 broken")),
    "name in an archive": attached(zipped("机密：某事.docx", PLAIN), "材料.zip"),
    "name of a folder in an archive": attached(zipped("机密/某事.docx", PLAIN), "材料.zip"),
    "name of an archive": attached(zipped("某事.docx", PLAIN), "秘密★1年.zip"),
    "name in a locked archive": attached(zipped("秘密★1年 某事.docx", PLAIN, locked=True), "材料.zip"),
    "text within an archive": attached(zipped("某事.docx", docx(paragraph("机密★10年") + BODY)), "材料.zip"),
    "first line of the letter": raw_letter(text=f"机密★10年\r\n\r\n{SECRET}"),
    "first line without a term": raw_letter(text=f"秘 密\r\n\r\n{SECRET}"),
    "quoted text": raw_letter(text=f"请看下面。\r\n> 机密★10年\r\n> {SECRET}"),
    "quoted header": raw_letter(
        text=f"请看。\r\n---- 原始邮件 ----\r\n发件人：甲\r\n主题：【秘密】某事\r\n\r\n{SECRET}"
    ),
    "head of a quoted letter": raw_letter(
        text="请看。\r\n" + "一行\r\n" * 20 + f"发件人：甲\r\n主题：某事\r\n\r\n机密\r\n{SECRET}"
    ),
    "HTML alone": html(f"<p>内部资料　不得外传</p><p>{SECRET}</p>"),
    "forwarded subject": forwarding("机密★10年 某事", SECRET),
    "forwarded text": forwarding("某事", f"机密\n\n{SECRET}"),
    "first line of a .docx": attached(docx(paragraph("机密★10年") + BODY)),
    "first line with number and urgency": attached(docx(paragraph("000012") + paragraph("机　密") + BODY)),
    "two lines": attached(docx(paragraph("内部资料") + paragraph("注意保密") + BODY)),
    "runs of a paragraph": attached(
        docx("<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r><w:r><w:t>长期</w:t></w:r></w:p>" + BODY)
    ),
    "content control": attached(docx(f"<w:sdt><w:sdtContent>{paragraph('机密')}</w:sdtContent></w:sdt>{BODY}")),
    "last line of a .docx": attached(docx(BODY + paragraph("秘密★1年"))),
    "second paper in a .docx": attached(
        docx(BODY + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + paragraph("机密") + BODY)
    ),
    "header": attached(docx(BODY, stories={"header": paragraph("机密")})),
    "footer": attached(docx(BODY, stories={"footer": paragraph("内部文件 严禁上网")})),
    "text box": attached(docx(BODY + box("机密"))),
    "text box in a header": attached(docx(BODY, stories={"header": box("机密")})),
    "watermark": attached(docx(BODY, stories={"header": WORD_ART})),
    "table at the head": attached(docx(table(("标题", "某事"), ("密级", "秘密")) + BODY)),
    "comment": attached(docx(BODY, stories={"comments": COMMENT})),
    "hidden text": attached(docx(BODY + HIDDEN)),
    "deleted text": attached(docx(BODY + DELETED)),
    "flat OPC": attached(flat_opc(docx(paragraph("机密★10年") + BODY)), "稿件.xml"),
    "PDF": attached(pdf.pdf(pdf.lines("机密★10年", "关于某事的报告", SECRET)), "稿件.pdf"),
    "PDF beside a .docx": raw_letter(
        File("稿件.docx", PLAIN), File("盖章.pdf", pdf.pdf(pdf.lines("机密", "某事", SECRET)))
    ),
    "OFD": attached(ofd.ofd(ofd.lines("机密★10年", "关于某事的报告", SECRET)), "稿件.ofd"),
    "plain text": attached(f"机密\n\n{SECRET}".encode("gb18030"), "稿件.txt"),
    "an automatic reply": raw_letter(header="Auto-Submitted: auto-replied\r\n", text=f"机密★1年\r\n{SECRET}"),
    "a withdrawal": raw_letter(subject="撤稿", text=f"机密★1年\r\n{SECRET}"),
}


@pytest.mark.parametrize("name", SEALED)
def test_a_marked_letter_is_sealed_with_nothing_of_it_in_the_reading(name: str) -> None:
    reading = read_letter(SEALED[name], REGISTER)
    assert reading.verdict is Verdict.SEALED, reading.reason
    assert reading.seal is not None
    assert reading.seal.marking in reading.reason.for_clerk
    assert (reading.subject, reading.message_id, reading.articles, reading.unconverted) == ("", "", (), ())
    assert (reading.content, reading.head) == (LetterContent(), LetterHead())
    assert SECRET not in repr(reading)
    assert "某事" not in repr(reading)
    assert reading.sender == "jtj@example.org"


@pytest.mark.parametrize("name", SEALED)
def test_a_released_letter_is_read_as_any_other(name: str) -> None:
    reading = read_letter(SEALED[name], REGISTER, released=True)
    assert reading.verdict is not Verdict.SEALED
    assert reading.content.headers


UNMARKED = {
    "sentence": docx(BODY + paragraph("要保守商业机密和国家秘密，做好机密文件的管理。")),
    "unit": docx(paragraph("区保密办") + paragraph("机要局开展检查") + BODY),
    "title about secrecy": docx(paragraph("《保密法》宣传月活动启动") + BODY),
    "table of papers": docx(BODY + table(("序号", "名称", "密级"), ("1", "某文", "机密"), ("2", "另文", "秘密"))),
    "open": docx(paragraph("此件公开发布") + BODY),
}


@pytest.mark.parametrize("name", UNMARKED)
def test_words_about_secrecy_are_no_marking(name: str) -> None:
    reading = read_letter(attached(UNMARKED[name]), REGISTER)
    assert reading.verdict is Verdict.ARTICLE, reading.reason


@pytest.mark.parametrize("line", ["内部资料 注意保存", "内部资料", "此件不公开"])
def test_internal_material_is_flagged_with_a_concern_and_a_finding(line: str) -> None:
    reading = read_letter(attached(docx(paragraph(line) + BODY)), REGISTER)
    assert reading.verdict is Verdict.FLAGGED
    assert reading.concerns[0].for_clerk == reading.articles[0].findings[0].message.removesuffix("。")
    assert reading.articles[0].findings[0].rule is rules.NOT_FOR_PUBLIC
    assert reading.concerns[0].for_clerk in reading.reason.for_clerk


def test_internal_material_of_an_unknown_sender_waits_for_a_person_and_says_so() -> None:
    raw = raw_letter(File("稿件.docx", docx(paragraph("此件不公开") + BODY)), sender="x@elsewhere.example")
    reading = read_letter(raw, REGISTER)
    assert reading.verdict is Verdict.UNCONFIRMED
    assert "此件不公开" in reading.reason.for_clerk


def test_an_older_format_is_looked_at_when_it_is_converted() -> None:
    raw = attached(rtf(), "稿件.rtf")
    assert read_letter(raw, REGISTER).verdict is Verdict.QUARANTINED
    converted: Conversions = {key_of(rtf()): docx(BODY, stories={"header": paragraph("机密★10年")})}
    assert read_letter(raw, REGISTER, converted).verdict is Verdict.SEALED


def test_an_older_format_in_a_letter_without_manuscripts_is_looked_at_too() -> None:
    file = rtf()
    raw = raw_letter(File("材料.rtf", file), header="Auto-Submitted: auto-replied\r\n")
    first = read_letter(raw, REGISTER)
    assert first.verdict is Verdict.IGNORED
    assert [request.key for request in first.unconverted] == [key_of(file)]
    again = read_letter(raw, REGISTER, {key_of(file): docx(paragraph("机密★10年") + BODY)})
    assert again.verdict is Verdict.SEALED


def test_a_letter_that_waits_for_its_conversion_is_gated_by_its_names() -> None:
    assert read_letter(attached(rtf(), "【机密】稿件.rtf"), REGISTER).verdict is Verdict.SEALED


def test_a_header_alone_is_gated_by_its_subject() -> None:
    assert header_of(SEALED["subject"], REGISTER).verdict is Verdict.SEALED
    assert header_of(SEALED["subject"], REGISTER, released=True).verdict is Verdict.PENDING
    assert header_of(SEALED["file name"], REGISTER).verdict is Verdict.PENDING


@pytest.mark.parametrize(
    "raw",
    [
        raw_letter(File("稿件.docx", PLAIN), subject="【工作秘密】某事"),
        attached(docx(paragraph("工作 秘密") + BODY)),
        attached(docx(BODY, stories={"header": paragraph("工作秘密")})),
    ],
)
def test_the_office_extends_the_markings(raw: bytes) -> None:
    own = Register(
        DEPARTMENTS,
        frozenset({OFFICE}),
        SECTIONS,
        hold_unknown=True,
        word_list=WordList(secrecy_markings=(SecrecyMarking("工作秘密"),)),
    )
    assert read_letter(raw, own).verdict is Verdict.SEALED
    assert read_letter(raw, REGISTER).verdict is Verdict.ARTICLE
