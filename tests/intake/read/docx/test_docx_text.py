"""The text of paragraphs: everything a reader of the printed page sees, once, and nothing else."""

from __future__ import annotations

import pytest

from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.docx_reading import box, field, lines, omissions, p, paragraphs, r, tbl, tc, tr
from tools.docx_builder import docx, paragraph
from values.manuscript import Mark, Table


def test_read_docx_gives_paragraphs_in_order() -> None:
    assert lines(docx(paragraph("第一段") + paragraph("") + paragraph("第二段"))) == ["第一段", "第二段"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>", "甲\t乙"),
        ("<w:t>甲</w:t><w:br/><w:t>乙</w:t>", "甲\n乙"),
        ("<w:t>甲</w:t><w:cr/><w:t>乙</w:t>", "甲\n乙"),
        ('<w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t>', "甲乙"),
        ('<w:t>甲</w:t><w:br w:type="column"/><w:t>乙</w:t>', "甲乙"),
        ("<w:t>0797</w:t><w:noBreakHyphen/><w:t>8199917</w:t>", "0797-8199917"),
        ("<w:t>简</w:t><w:softHyphen/><w:t>报</w:t>", "简报"),
        ("<w:t>甲</w:t><w:lastRenderedPageBreak/><w:t>乙</w:t>", "甲乙"),
        ("<w:t>  甲 </w:t>", "甲"),
        ('<w:t xml:space="preserve">  甲 </w:t>', "  甲 "),
        ("<w:t>甲\n乙</w:t>", "甲 乙"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>已办</w:t>', "☑已办"),
        ('<w:sym w:font="Wingdings 2" w:char="00A3"/><w:t>未办</w:t>', "□未办"),
        ('<w:sym w:font="Symbol" w:char="F061"/><w:t>角</w:t>', "α角"),
        ('<w:sym w:font="MS Gothic" w:char="2611"/>', "☑"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf06c要点</w:t>', "●要点"),
    ],
)
def test_special_characters_of_a_run_become_text(inner: str, text: str) -> None:
    assert lines(docx(p(f"<w:r>{inner}</w:r>"))) == [text]


def test_symbol_that_nobody_knows_is_marked_and_reported() -> None:
    data = docx(p('<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>' + r("字")))
    assert lines(data) == ["〓字"]
    assert omissions(data)["unknown-symbol"] == ("有 1 个符号认不出，以“〓”代替：“Wingdings F0FF”。", True)


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


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:sdt><w:sdtContent><w:customXml>{}</w:customXml></w:sdtContent></w:sdt>",
    ],
)
def test_paragraphs_inside_block_wrappers_are_read(wrapper: str) -> None:
    assert lines(docx(wrapper.format(paragraph("甲") + paragraph("乙")))) == ["甲", "乙"]


def test_branch_for_a_program_we_are_not_gives_way_to_the_fallback() -> None:
    body = p(
        '<mc:AlternateContent><mc:Choice xmlns:x="urn:unheard-of" Requires="x">'
        f"{r('新')}</mc:Choice><mc:Fallback>{r('旧')}</mc:Fallback></mc:AlternateContent>"
    )
    assert lines(docx(body)) == ["旧"]


def test_field_keeps_its_result_and_not_its_instruction() -> None:
    assert lines(docx(p(r("至") + field(" DATE ", r("2022年4月15日")) + r("止")))) == ["至2022年4月15日止"]


def test_field_inside_an_instruction_is_not_text() -> None:
    condition = '<w:r><w:instrText>IF </w:instrText></w:r>{}<w:r><w:instrText> = "1"</w:instrText></w:r>'
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + condition.format(field("MERGEFIELD a", r("条件")))
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("外")
        + field("PAGE", r("内"))
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(docx(p(nested))) == ["外内"]


def test_field_result_may_span_paragraphs() -> None:
    body = (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("目录一")
        )
        + paragraph("目录二")
        + p(r("目录三") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + paragraph("正文")
    )
    assert lines(docx(body)) == ["目录一", "目录二", "目录三", "正文"]


def test_field_without_an_end_does_not_swallow_the_document() -> None:
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("甲")) + paragraph("乙")
    assert lines(docx(body)) == ["甲", "乙"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (r"EQ \o\ac(○,3)", "③"),
        (r"eq \o\ac(○,急)", "急"),
        (r"SYMBOL 254 \f &quot;Wingdings&quot;", "☑"),
        (r"\SYMBOL 94 \f Symbol", "⊥"),
    ],
)
def test_field_that_word_draws_itself_becomes_its_character(code: str, text: str) -> None:
    drawn = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert lines(docx(p(drawn + r("件")))) == [f"{text}件"]


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


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>", "<w:vanish/><w:specVanish/>"])
def test_deleted_or_hidden_paragraph_mark_joins_two_paragraphs(mark: str) -> None:
    body = p(r("上半"), f"<w:rPr>{mark}</w:rPr>") + paragraph("下半") + paragraph("另一段")
    assert lines(docx(body)) == ["上半下半", "另一段"]


def test_deleted_paragraph_leaves_nothing_before_a_table() -> None:
    gone = p("<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
    blocks = read_docx(docx(gone + tbl(tr(tc("格"))) + paragraph("后"))).blocks
    assert [type(block) for block in blocks] == [Table, SourceParagraph]


def test_joined_paragraph_at_the_end_is_not_lost() -> None:
    assert lines(docx(p(r("末段"), "<w:rPr><w:del/></w:rPr>"))) == ["末段"]


def test_drop_cap_belongs_to_the_paragraph_after_it() -> None:
    body = p(r("近", '<w:sz w:val="96"/>'), '<w:framePr w:dropCap="drop"/>') + p(
        r("日，区教体局", '<w:sz w:val="32"/>')
    )
    assert [(each.text, each.size) for each in paragraphs(docx(body))] == [("近日，区教体局", 16.0)]


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


def test_text_box_is_read_once_before_its_paragraph() -> None:
    found = paragraphs(docx(paragraph("前") + p(r("锚") + box(paragraph("框一") + paragraph("框二")))))
    assert [(each.text, each.boxed) for each in found] == [
        ("前", False),
        ("框一", True),
        ("框二", True),
        ("锚", False),
    ]


def test_text_box_of_an_old_program_and_word_art_are_read() -> None:
    content = f"<w:txbxContent>{paragraph('框')}</w:txbxContent>"
    old = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    assert lines(docx(p(old + art))) == ["框", "艺术字"]


def test_table_in_a_text_box_is_read() -> None:
    (table,) = read_docx(docx(p(box(tbl(tr(tc("格"))))))).blocks
    assert isinstance(table, Table)


@pytest.mark.parametrize(
    ("math", "text"),
    [
        ("<m:r><m:t>a+b=c</m:t></m:r>", "a+b=c"),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
        ("<m:rad><m:radPr/><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", "√x"),
        ('<m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>', "[x)"),
        ("<m:func><m:fName><m:r><m:t>sin</m:t></m:r></m:fName><m:e><m:r><m:t>x</m:t></m:r></m:e></m:func>", "sinx"),
    ],
)
def test_equation_becomes_readable_text(math: str, text: str) -> None:
    assert lines(docx(p(r("式：") + f"<m:oMath>{math}</m:oMath>"))) == [f"式：{text}"]


def test_equation_keeps_powers_as_marks() -> None:
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    (found,) = paragraphs(docx(p(f"<m:oMathPara><m:oMath>{power}</m:oMath></m:oMathPara>")))
    assert (found.text, found.marks) == ("x2", (Mark(1, 2, "superscript"),))


def test_flattened_equation_is_flagged_and_a_plain_one_is_not() -> None:
    fraction = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert omissions(docx(p(f"<m:oMath>{fraction}</m:oMath>")))["equation"][1] is True
    assert omissions(docx(p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"))) == {}


def _notes(kind: str) -> str:
    tag = kind.removesuffix("s")
    return (
        f'<w:{tag} w:id="-1" w:type="separator"><w:p/></w:{tag}>'
        f'<w:{tag} w:id="1"><w:p><w:r><w:{tag}Ref/></w:r>{r(" 见文件一。")}</w:p>{paragraph("续一。")}</w:{tag}>'
        f'<w:{tag} w:id="2"><w:p>{r("见文件二。")}</w:p></w:{tag}>'
    )


def test_notes_are_numbered_in_reading_order_and_stand_at_the_end() -> None:
    second, first = (f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' for note in (1, 2))
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    body = p(r("甲") + first + r("乙") + second + end) + paragraph("丙")
    data = docx(body, stories={"footnotes": _notes("footnotes"), "endnotes": _notes("endnotes")})
    assert lines(data) == [
        "甲〔注1〕乙〔注2〕〔注3〕",
        "丙",
        "〔注1〕见文件二。",
        "〔注2〕见文件一。",
        "续一。",
        "〔注3〕见文件二。",
    ]


def test_note_in_deleted_text_or_without_its_text_leaves_no_marker() -> None:
    gone = '<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>'
    missing = '<w:r><w:footnoteReference w:id="99"/></w:r>'
    data = docx(p(r("甲") + gone + missing), stories={"footnotes": _notes("footnotes")})
    assert lines(data) == ["甲"]
    assert omissions(data)["missing-note"] == ("有 1 处注释在文件里找不到正文，没有收入。", True)


def test_marks_stand_at_the_characters_above_and_below_the_line() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    (found,) = paragraphs(
        docx(p(r("10m") + r("2", up) + r("，CO") + r("2", down) + r("与n") + r("1", up) + r("2", up)))
    )
    assert found.text == "10m2，CO2与n12"
    assert found.marks == (Mark(3, 4, "superscript"), Mark(7, 8, "subscript"), Mark(10, 12, "superscript"))


def test_small_type_moved_off_the_line_is_marked_as_libreoffice_means_it() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    moved = "".join(
        r(text, f'<w:position w:val="{position}"/>{size}')
        for text, position, size in (("2", 8, '<w:sz w:val="19"/>'), ("3", -4, '<w:sz w:val="19"/>'), ("4", 2, ""))
    )
    (found,) = paragraphs(docx(p(r("m") + moved), styles=styles))
    assert found.marks == (Mark(1, 2, "superscript"), Mark(2, 3, "subscript"))


def test_direction_overrides_and_invisible_junk_are_taken_out_and_reported() -> None:
    data = docx(paragraph("\ufeff甲\u202e乙\u202c\u200b丙\u2066丁\u2069"))
    assert lines(data) == ["甲乙丙丁"]
    assert omissions(data)["bidi-control"] == ("去掉了 4 个改变文字显示顺序的控制符，请核对原文。", True)
    assert omissions(data)["invisible-character"] == ("去掉了 2 个看不见的字符。", False)


def test_rare_characters_variants_and_emoji_stay_as_they_are() -> None:
    text = "𠮷野、葛\U000e0100城、㛃、👨\u200d👩\u200d👧、☎\ufe0e、e\u0301、\ue000"
    data = docx(paragraph(text))
    assert lines(data) == [text]
    assert omissions(data) == {}


def test_table_or_paragraph_inside_a_paragraph_is_read_on_lines_of_its_own() -> None:
    inner = tbl(tr(tc("乙"), tc(p(r("丙") + p(r("丁"))))))
    assert lines(docx(p(r("甲") + inner + r("戊")))) == ["甲\n乙\n丙\n丁戊"]
    assert lines(docx(p(inner))) == ["乙\n丙\n丁"]


def test_every_body_of_a_document_is_read() -> None:
    between = "</w:body><w:body>"
    assert lines(docx(paragraph("甲") + between + paragraph("乙"))) == ["甲", "乙"]
