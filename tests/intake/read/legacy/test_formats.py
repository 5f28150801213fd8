"""Which files are manuscripts in older formats, and how a letter with one is read with and without LibreOffice."""

from __future__ import annotations

import pytest

from intake.outcome import Reading
from intake.read.legacy.formats import LegacyFormat, docx_wanted_of, format_of
from intake.read.legacy.ole import root_streams
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import Conversions, NotConverted, key_of
from tests.support.legacy import LINES, Legacy, compound_file, manuscript, odt, rtf, web_archive
from tests.support.submissions import EDUCATION, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Verdict
from values.reason import Reason

REGISTER = Register((EDUCATION,), frozenset({OFFICE}), SECTIONS, hold_unknown=True)
WORD = compound_file("WordDocument")
LOCKED = compound_file("WordDocument", flags=0x0100)
_XML = b"<?xml version='1.0'?>\n"
PAGE = "<html><body><p>文</p></body></html>".encode()


def read(*files: File, converted: Conversions | None = None) -> Reading:
    return read_letter(raw_letter(*files), REGISTER, converted or {})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (WORD, LegacyFormat(".doc")),
        (LOCKED, LegacyFormat(".doc", locked=True)),
        (compound_file("Workbook", "Ctls"), None),
        (compound_file("PowerPoint Document"), None),
        (compound_file("EncryptedPackage"), None),
        (compound_file("MatOST", "MM"), LegacyFormat(".wps")),
        (compound_file("CONTENTS"), None),
        (
            _XML + b"<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'>",
            LegacyFormat(".xml"),
        ),
        (_XML + b"<workbook xmlns='http://schemas.microsoft.com/office/excel'>", None),
        (_XML + b"<office:document office:mimetype='application/vnd.oasis.opendocument.text'>", LegacyFormat(".fodt")),
        (_XML + b"<office:document office:mimetype='application/vnd.oasis.opendocument.sheet'>", None),
        (web_archive(), LegacyFormat(".html", wrapped=True)),
        (b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx", None),
        (b"{\\rtf1 x}", LegacyFormat(".rtf")),
        (odt("<text:p>x</text:p>"), LegacyFormat(".odt")),
        (odt("x").replace(b"opendocument.text", b"opendocument.cell"), None),
        (odt("x").replace(b"opendocument.textPK", b"opendocument.text-masterPK"), None),
        (PAGE, LegacyFormat(".html")),
        (b"\xef\xbb\xbf \n<!DOCTYPE HTML><p>", LegacyFormat(".html")),
        (docx(paragraph("文")), None),
        (b"", None),
        (b"plain text", None),
    ],
)
def test_format_is_recognised_by_content(data: bytes, expected: LegacyFormat | None) -> None:
    assert format_of(data) == expected


@pytest.mark.parametrize("data", [LOCKED, WORD[:500], b"", b"plain text", docx(paragraph("文"))])
def test_libreoffice_is_given_no_file_of_another_format_or_behind_a_password(data: bytes) -> None:
    assert docx_wanted_of(data) is None


def test_web_page_without_a_named_charset_is_given_in_utf_8() -> None:
    request = docx_wanted_of(PAGE.decode().encode("gb18030"))
    assert request is not None
    assert (request.data, request.extension) == (b"\xef\xbb\xbf" + PAGE, ".html")
    assert request.key == key_of(PAGE.decode().encode("gb18030"))


def test_spreadsheet_with_a_document_embedded_is_none() -> None:
    assert set(root_streams(compound_file("Workbook", inside="WordDocument"))) == {"Workbook", "MBD1"}
    assert format_of(compound_file("Workbook", inside="WordDocument")) is None


@pytest.mark.parametrize("length", [0, 7, 8, 100, 511, 512, 513, 1_100])
def test_cut_compound_file_is_none(length: int) -> None:
    assert format_of(WORD[:length]) is None


@pytest.mark.parametrize(
    "file",
    [
        File("投稿.doc", WORD),
        File("投稿.wps", WORD),
        File("投稿", rtf()),
        File("投稿.docx", odt("x")),
        File("甲.doc", PAGE),
    ],
)
def test_letter_without_libreoffice_says_what_is_missing(file: File) -> None:
    found = read(file)
    assert found.verdict is Verdict.QUARANTINED
    assert [(request.key, request.target) for request in found.unconverted] == [(key_of(file.data), "docx")]
    assert "本机没有 LibreOffice，不能读 ." in found.reason.for_clerk
    assert "请管理员安装后用 retry 重读，或请对方另存为 .docx 重发。" in found.reason.for_clerk
    assert found.reason.for_sender.endswith(" 文件。请另存为 .docx 重发。")


def test_letter_is_read_with_what_was_made_of_its_file() -> None:
    found = read(File("投稿.wps", WORD), converted={key_of(WORD): manuscript()})
    assert (found.verdict, found.unconverted) == (Verdict.ARTICLE, ())
    (draft,) = found.articles
    assert (draft.manuscript.title, draft.attachment, draft.content_sha256) == (LINES[0], "投稿.wps", key_of(WORD))
    messages = [
        (finding.severity.value, finding.message) for finding in draft.findings if finding.rule.name == "converted"
    ]
    assert messages == [("info", "由 .wps 转换，请核对版式。")]


def test_what_could_not_be_converted_is_reported_with_the_others() -> None:
    failed = {key_of(WORD): NotConverted(Reason.alike("LibreOffice 没能转换。"))}
    assert read(File("甲.doc", WORD), converted=failed).reason.for_clerk == "甲.doc：LibreOffice 没能转换。"
    beside = read(File("乙.docx", manuscript()), File("甲.doc", WORD), converted=failed)
    assert beside.verdict is Verdict.FLAGGED
    assert "另有附件未能读出（甲.doc：LibreOffice 没能转换。）" in beside.reason.for_clerk


def test_document_behind_a_password_is_not_handed_to_libreoffice() -> None:
    found = read(File("甲.doc", LOCKED))
    assert found.reason.for_clerk == "甲.doc：文件设有密码，无法打开。请取消密码后再发一次。"
    assert found.unconverted == ()
    assert "设有密码" in read(File("甲.docx", compound_file("EncryptedPackage"))).reason.for_clerk


def test_labels_of_word_2003_xml_are_to_be_compared() -> None:
    namespace = b"http://schemas.microsoft.com/office/word/2003/wordml"
    data = _XML + b"<w:wordDocument xmlns:w='" + namespace + b"'><w:listPr></w:listPr></w:wordDocument>"
    assert (
        "Word 2003 XML 的自动编号转换时会出错"
        in read(File("甲.xml", data), converted={key_of(data): manuscript()}).reason.for_clerk
    )


@pytest.mark.libreoffice
def test_formats_that_libreoffice_saves_are_detected(legacy_files: Legacy) -> None:
    assert {name: format_of(data) for name, data in legacy_files.items()} == {
        "doc": LegacyFormat(".doc"),
        "picture.doc": LegacyFormat(".doc"),
        "rtf": LegacyFormat(".rtf"),
        "odt": LegacyFormat(".odt"),
        "fodt": LegacyFormat(".fodt"),
        "xml": LegacyFormat(".xml"),
        "uot": LegacyFormat(".uot"),
        "html": LegacyFormat(".html"),
    }
