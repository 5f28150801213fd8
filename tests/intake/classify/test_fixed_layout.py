"""A PDF or OFD is a manuscript where there is no editable one; beside one it is told."""

from __future__ import annotations

import pytest

from intake.outcome import Reading
from intake.reading import read_letter
from intake.register import Register
from tests.support import ofd, pdf
from tests.support.legacy import compound_file
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Verdict

_TEXT = ("推进工作落地见效", "　　一是抓好各项工作。", "　　二是推动任务落实。")
_WORD = File("稿件.docx", docx("".join(map(paragraph, _TEXT))))
_PDF = pdf.pdf(pdf.lines(*_TEXT))
_OFD = ofd.ofd(ofd.lines(*_TEXT))
_OTHER = "附件“{}”没有当作稿件读（信里已有可编辑的文稿）；如果是另一篇，请发 Word 文稿。"


def reading(*files: File) -> Reading:
    register = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
    return read_letter(raw_letter(*files), register)


@pytest.mark.parametrize(("name", "data", "called"), [("甲.pdf", _PDF, "PDF"), ("甲.ofd", _OFD, "OFD")])
def test_alone_it_is_an_article_to_be_compared(name: str, data: bytes, called: str) -> None:
    found = reading(File(name, data))
    assert found.verdict is Verdict.FLAGGED
    assert found.reason.for_clerk == f"区教体局《推进工作落地见效》已成稿，请留意：由 {called} 读出，请核对分段与数字"
    (draft,) = found.articles
    assert draft.manuscript.lines == ("一是抓好各项工作。", "二是推动任务落实。")


def test_fixed_layout_is_detected_by_its_bytes() -> None:
    assert reading(File("甲.docx", _PDF)).verdict is Verdict.FLAGGED
    assert reading(File("没有后缀", _OFD)).articles[0].manuscript.title == "推进工作落地见效"


@pytest.mark.parametrize("name", ["稿件.pdf", "材料（盖章版）.pdf", "扫描0001.pdf"])
def test_copy_of_the_manuscript_is_only_remarked(name: str) -> None:
    found = reading(_WORD, File(name, _PDF))
    assert (found.verdict, len(found.articles)) == (Verdict.ARTICLE, 1)
    told = [(one.severity.value, one.message) for one in found.articles[0].findings if one.rule.name == "unread-copy"]
    assert told == [("info", f"附件“{name}”没有当作稿件读，应与已读出的文稿是同一篇。")]


@pytest.mark.parametrize("data", [_PDF, _OFD])
def test_beside_a_manuscript_one_of_another_name_flags_the_letter(data: bytes) -> None:
    found = reading(File("另一篇.pdf", data), _WORD)
    assert (found.verdict, [draft.attachment for draft in found.articles]) == (Verdict.FLAGGED, ["稿件.docx"])
    assert found.reason.for_clerk.endswith(_OTHER.format("另一篇.pdf"))


def test_beside_an_older_format_it_is_no_manuscript() -> None:
    found = reading(File("稿件.doc", compound_file("WordDocument")), File("名单.pdf", _PDF))
    assert (found.verdict, found.articles) == (Verdict.QUARANTINED, ())


def test_the_same_as_pdf_and_ofd_is_one_article() -> None:
    found = reading(File("稿件.pdf", _PDF), File("稿件.ofd", _OFD))
    assert [draft.attachment for draft in found.articles] == ["稿件.pdf"]
    assert [one.message for one in found.articles[0].findings if one.rule.name == "unread-copy"] == [
        "附件“稿件.ofd”没有当作稿件读，应与已读出的文稿是同一篇。"
    ]


def test_scan_alone_is_quarantined_and_asks_for_the_word_file() -> None:
    found = reading(File("扫描件.pdf", pdf.pdf("")))
    assert (found.verdict, found.reason.for_clerk) == (
        Verdict.QUARANTINED,
        "扫描件.pdf：扫描件或图片，没有文字，请发 Word 文稿（.docx）。",
    )
