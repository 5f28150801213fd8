"""The text of paragraphs: everything a reader of the printed page sees, once, and nothing else."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import lines, omissions, p, r
from tools.docx_builder import docx, paragraph


def test_read_docx_gives_paragraphs_in_order() -> None:
    assert lines(docx(paragraph("第一段") + paragraph("") + paragraph("第二段"))) == ["第一段", "第二段"]


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:customXml>{}</w:customXml>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
        "<w:ins>{}</w:ins>",
        "<w:moveTo>{}</w:moveTo>",
        '<w:dir w:val="ltr">{}</w:dir>',
        "<w:smartTag><w:hyperlink><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:hyperlink></w:smartTag>",
        '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
        "</mc:AlternateContent>",
    ],
)
def test_text_inside_wrappers_is_read_once(wrapper: str) -> None:
    assert lines(docx(p(r("前") + wrapper.format(r("中"), r("中")) + r("后")))) == ["前中后"]


def test_branch_for_a_program_we_are_not_gives_way_to_the_fallback() -> None:
    body = p(
        '<mc:AlternateContent><mc:Choice xmlns:x="urn:unheard-of" Requires="x">'
        f"{r('新')}</mc:Choice><mc:Fallback>{r('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    assert lines(docx(body)) == ["旧"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = p(
        r("修")
        + f"<w:ins>{r('插')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来')}</w:moveTo>"
    )
    data = docx(body)
    assert lines(data) == ["修插移来"]
    assert omissions(data)["tracked-deletion"] == ("有 2 处修订标记的删除没有收入：“删”。", False)
    assert omissions(data)["tracked-insertion"] == ("有 2 处修订标记的插入已按接受处理：“插”。", False)


_HIDDEN_STYLES = (
    '<w:style w:type="character" w:styleId="h"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="hh"><w:name w:val="hid2"/><w:basedOn w:val="h"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="hp"><w:name w:val="hidp"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph_properties", "run_properties", "shown"),
    [
        ("", "<w:vanish/>", False),
        ("", '<w:vanish w:val="0"/>', True),
        ("", '<w:rStyle w:val="h"/>', False),
        ("", '<w:rStyle w:val="hh"/>', False),
        ('<w:pStyle w:val="hp"/>', "", False),
        ('<w:pStyle w:val="hp"/>', '<w:vanish w:val="false"/>', True),
        ('<w:pStyle w:val="hp"/>', '<w:rStyle w:val="h"/>', True),  # two styles that toggle cancel out
        ("", "<w:webHidden/>", True),
    ],
)
def test_hidden_text_is_left_out_however_it_is_hidden(
    paragraph_properties: str, run_properties: str, shown: bool
) -> None:
    body = p(r("密", run_properties), paragraph_properties) + paragraph("明")
    data = docx(body, styles=_HIDDEN_STYLES)
    assert lines(data) == (["密", "明"] if shown else ["明"])
    assert ("hidden-text" in omissions(data)) is not shown


def test_hidden_by_document_default_is_left_out() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    body = paragraph("密") + paragraph("明", run='<w:vanish w:val="0"/>')
    assert lines(docx(body, styles=defaults)) == ["明"]


def test_ruby_keeps_the_base_and_reports_the_reading() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('gàn')}</w:rt><w:rubyBase>{r('赣')}</w:rubyBase></w:ruby></w:r>"
    data = docx(p(ruby + r("州")))
    assert lines(data) == ["赣州"]
    assert omissions(data)["pronunciation"] == ("有 1 处拼音注音没有收入：“gàn”。", False)
