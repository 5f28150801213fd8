"""Automatic numbers of paragraphs, counted as Word counts them (ECMA-376 17.9)."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import box, lines, p, paragraphs, r, tables, tbl, tc, tr
from tools.docx_builder import docx, paragraph
from values.manuscript import Mark


def _lvl(level: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _abstract(number_id: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number_id}">{"".join(levels)}</w:abstractNum>'


def _num(num_id: int, abstract: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def _item(text: str, num_id: int, level: int = 0) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


_OUTLINE = _abstract(
    0,
    _lvl(0, "chineseCounting", "%1、"),
    _lvl(1, "chineseCounting", "（%2）"),
    _lvl(2, "decimal", "%3."),
    _lvl(3, "decimalEnclosedCircleChinese", "%4"),
)


def test_chinese_outline_is_labelled_as_printed() -> None:
    body = _item("总则", 1) + _item("目的", 1, 1) + _item("甲", 1, 2) + _item("乙", 1, 2) + _item("丙", 1, 3)
    body += _item("依据", 1, 1) + _item("附则", 1) + _item("解释", 1, 1)
    assert lines(docx(body, numbering=_OUTLINE + _num(1, 0))) == [
        "一、总则",
        "（一）目的",
        "1. 甲",
        "2. 乙",
        "① 丙",
        "（二）依据",
        "二、附则",
        "（一）解释",
    ]


def test_label_is_given_apart_and_marks_move_with_it() -> None:
    up = '<w:vertAlign w:val="superscript"/>'
    body = p(r("m") + r("2", up), '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>')
    (found,) = paragraphs(docx(body, numbering=_OUTLINE + _num(1, 0)))
    assert (found.text, found.label, found.marks) == ("1. m2", "1.", (Mark(4, 5, "superscript"),))


def test_lists_on_one_abstract_list_continue_each_other() -> None:
    body = _item("甲", 1) + _item("乙", 2) + _item("丙", 1)
    assert lines(docx(body, numbering=_OUTLINE + _num(1, 0) + _num(2, 0))) == ["一、甲", "二、乙", "三、丙"]


def test_start_override_restarts_once_for_each_list() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = "".join(_item(text, num) for text, num in (("甲", 1), ("乙", 2), ("丙", 2), ("丁", 1), ("戊", 2)))
    data = docx(body, numbering=_OUTLINE + _num(1, 0) + _num(2, 0, override))
    assert lines(data) == ["一、甲", "五、乙", "六、丙", "七、丁", "八、戊"]


def test_level_override_replaces_the_level() -> None:
    override = (
        f'<w:lvlOverride w:ilvl="0">{_lvl(0, "decimal", "第%1条", "<w:suff w:val=&apos;space&apos;/>")}</w:lvlOverride>'
    )
    data = docx(_item("甲", 2), numbering=_OUTLINE + _num(2, 0, override.replace("&apos;", "'")))
    assert lines(data) == ["第1条 甲"]


def test_numbering_style_lends_its_levels_to_a_list_that_counts_by_itself() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="编号样式"/>'
        '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="L"/></w:abstractNum>'
    real = _abstract(4, '<w:styleLink w:val="L"/>' + _lvl(0, "decimal", "第%1条"))
    data = docx(_item("甲", 6) + _item("乙", 7), styles=styles, numbering=linked + real + _num(6, 3) + _num(7, 4))
    assert lines(data) == ["第1条 甲", "第1条 乙"]


def test_numbering_styles_that_lead_in_a_circle_give_no_label() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="x"/>'
        '<w:pPr><w:numPr><w:numId w:val="6"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="L"/></w:abstractNum>'
    assert lines(docx(_item("甲", 6), styles=styles, numbering=linked + _num(6, 3))) == ["甲"]


_STYLES = (
    '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:name w:val="heading 2"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:name w:val="child"/><w:basedOn w:val="h1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="off"><w:name w:val="off"/><w:basedOn w:val="h1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)
_LINKED = _abstract(
    0,
    _lvl(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
    _lvl(1, "chineseCounting", "（%2）", '<w:pStyle w:val="h2"/>'),
)


def _styled(text: str, style: str, more: str = "") -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>{more}')


def test_numbering_comes_through_styles_and_their_levels() -> None:
    body = _styled("甲", "h1") + _styled("乙", "h2") + _styled("丙", "child") + _styled("丁", "off")
    body += _styled("戊", "h1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    body += _styled("己", "h1", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')
    data = docx(body, styles=_STYLES, numbering=_LINKED + _num(1, 0))
    assert lines(data) == ["一、甲", "（一）乙", "二、丙", "丁", "戊", "（一）己"]


@pytest.mark.parametrize(
    ("restart", "third"),
    [("", "1.1.1"), ('<w:lvlRestart w:val="0"/>', "1.1.2"), ('<w:lvlRestart w:val="1"/>', "1.1.2")],
)
def test_higher_level_restarts_a_lower_one_unless_the_level_says_otherwise(restart: str, third: str) -> None:
    levels = _lvl(0, "decimal", "%1"), _lvl(1, "decimal", "%1.%2"), _lvl(2, "decimal", "%1.%2.%3", restart)
    body = _item("一级", 1) + _item("二级", 1, 1) + _item("三级", 1, 2) + _item("二级", 1, 1) + _item("三级", 1, 2)
    data = docx(body, numbering=_abstract(0, *levels) + _num(1, 0))
    assert lines(data)[-1] == f"{third.replace('1.1', '1.2', 1)} 三级"


def test_first_value_is_the_start_of_the_level() -> None:
    data = docx(
        _item("甲", 1) + _item("乙", 1), numbering=_abstract(0, _lvl(0, "decimal", "%1.", start=0)) + _num(1, 0)
    )
    assert lines(data) == ["0. 甲", "1. 乙"]


def test_level_used_before_its_parent_counts_the_parents_start_as_used() -> None:
    levels = _lvl(0, "decimal", "%1", start=3), _lvl(1, "decimal", "%1.%2")
    data = docx(_item("甲", 1, 1) + _item("乙", 1), numbering=_abstract(0, *levels) + _num(1, 0))
    assert lines(data) == ["3.1 甲", "4 乙"]


def test_legal_level_writes_every_number_in_arabic() -> None:
    levels = _lvl(0, "chineseCounting", "第%1章"), _lvl(1, "decimal", "%1.%2", "<w:isLgl/>")
    data = docx(_item("总则", 1) + _item("目的", 1, 1), numbering=_abstract(0, *levels) + _num(1, 0))
    assert lines(data) == ["第一章 总则", "1.1 目的"]
    levels = _lvl(0, "upperRoman", "Article %1."), _lvl(1, "decimalZero", "Section %1.%2", "<w:isLgl/>")
    data = docx(_item("a", 1) + _item("b", 1, 1), numbering=_abstract(0, *levels) + _num(1, 0))
    assert lines(data) == ["Article I. a", "Section 1.01 b"]


@pytest.mark.parametrize(
    ("level", "text"),
    [
        (_lvl(0, "none", "%1"), "甲"),
        (_lvl(0, "none", "附件："), "附件：甲"),
        (_lvl(0, "decimal", "%1", '<w:suff w:val="nothing"/>'), "1甲"),
        (_lvl(0, "decimal", "%1", '<w:suff w:val="space"/>'), "1 甲"),
        (_lvl(0, "decimal", "%1．"), "1．甲"),
        (_lvl(0, "decimal", ""), "甲"),
        (_lvl(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"), "甲"),
        (_lvl(0, "bullet", "\uf0b7", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'), "● 甲"),
        (_lvl(0, "bullet", "\uf06e", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'), "■ 甲"),
        (_lvl(0, "bullet", "n", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'), "■ 甲"),
        (_lvl(0, "bullet", "o", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>'), "○ 甲"),
        (_lvl(0, "bullet", "—"), "— 甲"),
        (_lvl(0, "bullet", "", '<w:lvlPicBulletId w:val="0"/>'), "● 甲"),
        (
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
            '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>',
            "001 甲",
        ),
    ],
)
def test_label_and_what_follows_it(level: str, text: str) -> None:
    assert lines(docx(_item("甲", 1), numbering=_abstract(0, level) + _num(1, 0))) == [text]


def test_deleted_paragraph_mark_counts_one_label() -> None:
    gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    body = p(r("上"), gone) + _item("下", 1) + _item("次", 1)
    assert lines(docx(body, numbering=_OUTLINE + _num(1, 0))) == ["一、上下", "二、次"]


def test_wholly_deleted_item_is_not_counted_and_an_empty_one_is() -> None:
    gone = p(
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
    )
    data = docx(_item("甲", 1) + gone + _item("乙", 1) + _item("", 1) + _item("丙", 1), numbering=_OUTLINE + _num(1, 0))
    assert lines(data) == ["一、甲", "二、乙", "四、丙"]


def test_empty_paragraph_that_only_ends_a_section_is_no_item() -> None:
    ending = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:sectPr/>'
    body = _item("甲", 1) + p("", ending) + _item("乙", 1) + p(r("丙"), ending)
    assert lines(docx(body, numbering=_OUTLINE + _num(1, 0))) == ["一、甲", "二、乙", "三、丙"]


def test_soft_hyphen_for_a_bullet_is_shown() -> None:
    level = _lvl(0, "bullet", "\u00ad", '<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>')
    assert lines(docx(_item("甲", 1), numbering=_abstract(0, level) + _num(1, 0))) == ["- 甲"]


def test_run_in_heading_keeps_its_label() -> None:
    body = p(
        r("标题。"),
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/><w:specVanish/></w:rPr>',
    )
    assert lines(docx(body + paragraph("正文"), numbering=_OUTLINE + _num(1, 0))) == ["一、标题。正文"]


def test_reference_to_a_list_that_is_not_there_gives_no_label() -> None:
    data = docx(_item("甲", 9) + _item("乙", 1, 7) + _item("丙", 1, 99), numbering=_OUTLINE + _num(1, 0))
    assert lines(data) == ["甲", "乙", "丙"]


def test_labels_in_boxes_and_notes_count_for_themselves() -> None:
    item, note = _item("框", 1), '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = _item("甲", 1) + p(r("锚") + note + box(item + item)) + p(box(item)) + _item("乙", 1)
    notes = f'<w:footnote w:id="1">{_item("注", 1)}</w:footnote>'
    data = docx(body, numbering=_OUTLINE + _num(1, 0), stories={"footnotes": notes})
    assert lines(data) == ["一、甲", "一、框", "二、框", "锚〔注1〕", "一、框", "二、乙", "〔注1〕一、注"]


def test_placeholder_of_a_bullet_level_or_of_a_deeper_one_shows_nothing() -> None:
    levels = _lvl(0, "bullet", "—"), _lvl(1, "decimal", "%1%2%3.")
    assert lines(docx(_item("甲", 1, 1), numbering=_abstract(0, *levels) + _num(1, 0))) == ["1. 甲"]


def test_labels_in_cells_count_with_the_text() -> None:
    data = docx(_item("甲", 1) + tbl(tr(tc(_item("乙", 1)))) + _item("丙", 1), numbering=_OUTLINE + _num(1, 0))
    assert lines(data) == ["一、甲", "三、丙"]
    assert tables(data)[0].rows[0][0].text == "二、乙"
