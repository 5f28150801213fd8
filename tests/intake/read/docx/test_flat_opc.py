"""A .docx in one XML file, read without LibreOffice."""

from __future__ import annotations

from intake.outcome import Reading
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import Conversions
from tests.support.docx_reading import inline, p, png
from tests.support.legacy import LINES, flat_opc, manuscript
from tests.support.submissions import EDUCATION, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Verdict

REGISTER = Register((EDUCATION,), frozenset({OFFICE}), SECTIONS, hold_unknown=True)


def read(*files: File, converted: Conversions | None = None) -> Reading:
    return read_letter(raw_letter(*files), REGISTER, converted or {})


def test_flat_opc_is_read_without_libreoffice() -> None:
    pictured = docx(paragraph(LINES[0]) + p(inline("rId9")) + paragraph("活动持续一周。"), pictures={"rId9": png()})
    found = read(File("投稿.xml", flat_opc(pictured)))
    assert (found.verdict, found.unconverted) == (Verdict.ARTICLE, ())
    (draft,) = found.articles
    assert draft.manuscript.title == LINES[0]
    assert [media.data for media in draft.media] == [png()]


def test_damaged_flat_opc_is_refused() -> None:
    for data in (flat_opc(manuscript())[:-30], flat_opc(docx("")).replace(b"document.xml", b"x.xml")):
        assert read(File("投稿.xml", data)).verdict is Verdict.QUARANTINED
    broken = flat_opc(docx(paragraph("文"), pictures={"rId9": png()})).replace(
        b"<pkg:binaryData>", b"<pkg:binaryData>!"
    )
    assert read(File("投稿.xml", broken)).reason.for_clerk.startswith("投稿.xml：文件损坏，无法打开。")
