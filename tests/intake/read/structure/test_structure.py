"""Manuscripts told apart into title, byline, body and lines for the office, from real bytes."""

from __future__ import annotations

import time

import pytest

from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument, SourceParagraph
from intake.read.structure.structure import Structured, structure
from tests.support.manuscripts import (
    BODY,
    DEPARTMENTS,
    SECTIONS,
    TITLE,
    centred,
    large,
    plain,
    read,
    styled,
    told,
)
from tools import sample_manuscripts as samples
from values.errors import UnreadableManuscript
from values.manuscript import Cell, Heading, Mark, Paragraph, Table


def of_sample(data: bytes) -> Structured:
    return structure(read_docx(data), DEPARTMENTS, SECTIONS, "稿件.docx")


@pytest.mark.parametrize(
    ("name", "data", "department"),
    [
        ("01-jtj", samples.plain("01-jtj"), "区教体局"),
        ("02-rsj", samples.boxed_and_tracked("02-rsj", deleted="印发", inserted="出台"), "区人社局"),
        ("03-jrfwzx", samples.numbered("03-jrfwzx"), "区金融服务中心"),
        ("04-mzj", samples.controlled_and_commented("04-mzj", "请再核对。"), "区民政局"),
        ("11-private-address", samples.plain("11-private-address"), "区民政局"),
    ],
)
def test_sample_manuscript_gives_title_byline_and_paragraphs_as_printed(
    name: str, data: bytes, department: str
) -> None:
    title, byline, *body = samples.lines_of(name)
    result = of_sample(data)
    assert told(result) == ((title,), byline, body, ())
    assert {type(block) for block in result.manuscript.blocks} == {Paragraph}
    assert (result.section, result.findings, result.byline_department) == (None, (), department)


def test_sample_lines_for_the_office_stay_out_of_print() -> None:
    lines = ("撰稿：张敏    审核：刘建军", "联系电话：8190001")
    title, byline, *body = samples.lines_of("01-jtj")
    assert told(of_sample(samples.plain("01-jtj", lines))) == ((title,), byline, body, lines)


def test_sample_notice_names_its_section_and_keeps_its_title_in_two_lines() -> None:
    result = of_sample(samples.notice("05-notice"))
    assert result.section == "情况通报"
    assert result.manuscript.title_lines == ("2022年10月份全区“五型”政府建设", "工作通报")
    assert (result.manuscript.byline, result.findings) == (None, ())
    [table] = result.manuscript.blocks
    assert isinstance(table, Table)
    assert result.manuscript.lines[1].startswith("1\t水西镇\t")


@pytest.mark.parametrize(
    ("head", "title_lines"),
    [
        (large(TITLE), (TITLE,)),
        (large("内外兼修提升学前教育", "改革发展品质"), ("内外兼修提升学前教育", "改革发展品质")),
        (large("内外兼修提升学前教育\n改革发展品质"), ("内外兼修提升学前教育", "改革发展品质")),
        (centred(TITLE), (TITLE,)),
        (styled(TITLE, "T"), (TITLE,)),
        (styled(TITLE, "H1"), (TITLE,)),
        (large(f"　　{TITLE} "), (TITLE,)),
        (large("打造全省一流区域康养中心"), ("打造全省一流区域康养中心",)),
        (f"<w:tbl><w:tr><w:tc>{large(TITLE)}</w:tc></w:tr></w:tbl>", (TITLE,)),
    ],
)
def test_title_is_told_by_how_it_is_set(head: str, title_lines: tuple[str, ...]) -> None:
    result = read(head + centred("区教体局") + plain(BODY, BODY))
    assert told(result) == (title_lines, "区教体局", [BODY, BODY], ())
    assert result.findings == ()


def test_title_and_byline_in_one_paragraph_are_told_apart() -> None:
    assert told(read(large(f"{TITLE}\n区教体局") + plain(BODY)))[:2] == ((TITLE,), "区教体局")


def test_article_pasted_as_one_paragraph_is_told_apart_line_by_line() -> None:
    assert told(read(plain(f"{TITLE}\n区教体局\n{BODY}\n{BODY}"))) == ((TITLE,), "区教体局", [BODY, BODY], ())


def test_marks_stay_on_their_characters_when_a_pasted_paragraph_is_cut_into_lines() -> None:
    pasted = SourceParagraph("题目\n面积5m2。\n完成。", (Mark(7, 8, "superscript"),))
    [area, _] = structure(SourceDocument((pasted,)), DEPARTMENTS, SECTIONS).manuscript.blocks
    assert area == Paragraph("面积5m2。", (Mark(4, 5, "superscript"),))


def test_line_breaks_inside_the_body_stay_line_breaks() -> None:
    blocks = read(
        large(TITLE) + centred("区教体局") + centred("一心为民\n两袖清风") + plain(BODY + "\n" + BODY)
    ).manuscript.blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["一心为民\n两袖清风", f"{BODY}\n{BODY}"]


@pytest.mark.parametrize("title", ["区教体局 出实招", "区教体局多措并举提升品质", "“一、二、三”工作法结硕果"])
def test_title_may_name_a_department_or_numbers(title: str) -> None:
    result = read(large(title) + centred("区教体局") + plain(BODY))
    assert told(result) == ((title,), "区教体局", [BODY], ())
    assert result.findings == ()


def test_name_above_the_title_is_the_byline() -> None:
    assert told(read(centred("区教体局") + large(TITLE) + plain(BODY))) == ((TITLE,), "区教体局", [BODY], ())


def test_words_above_the_title_are_kept_on_record() -> None:
    assert told(read(plain("附件1") + large(TITLE) + centred("区教体局") + plain(BODY))) == (
        (TITLE,),
        "区教体局",
        [BODY],
        ("附件1",),
    )


def test_first_line_without_any_looks_is_the_title_and_the_editor_is_told() -> None:
    result = read(plain(TITLE, "区教体局", BODY))
    assert told(result) == ((TITLE,), "区教体局", [BODY], ())
    assert [finding.rule.name for finding in result.findings] == ["title-guessed"]


def test_bold_heading_below_a_plain_title_does_not_replace_it() -> None:
    bold = '<w:p><w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>夯实办园基础</w:t></w:r></w:p>'
    assert told(read(plain(TITLE, "区教体局") + bold + plain(BODY)))[:3] == (
        (TITLE,),
        "区教体局",
        ["夯实办园基础", BODY],
    )


def test_manuscript_without_a_title_takes_the_name_of_the_file() -> None:
    result = read(plain(BODY, BODY), "社区食堂（终稿）.docx")
    assert told(result) == (("社区食堂（终稿）",), None, [BODY, BODY], ())
    assert [finding.rule.name for finding in result.findings] == ["title-from-name"]


def test_fallback_that_is_a_subject_keeps_its_full_stops() -> None:
    assert read(plain(BODY), "增长3.5个百分点").manuscript.title == "增长3.5个百分点"


@pytest.mark.parametrize(
    ("line", "byline", "house_lines"),
    [
        ("区教体局", "区教体局", ()),
        ("区 教 体 局", "区教体局", ()),
        ("章贡区教育体育局", "章贡区教育体育局", ()),
        ("区教育局", "区教育局", ()),
        ("（区教体局）", "区教体局", ()),
        ("供稿：区教体局", "区教体局", ()),
        ("供稿单位：区教体局", "区教体局", ()),
        ("区教体局办公室", "区教体局办公室", ()),
        ("区教体局　张敏", "区教体局", ("区教体局　张敏",)),
        ("（区教体局 张 敏）", "区教体局", ("（区教体局 张 敏）",)),
        ("区教体局、区人社局", "区教体局、区人社局", ()),
    ],
)
def test_byline_below_the_title_is_told_by_the_names_of_departments(
    line: str, byline: str, house_lines: tuple[str, ...]
) -> None:
    result = read(large(TITLE) + plain(line, BODY))
    assert told(result) == ((TITLE,), byline, [BODY], house_lines)
    assert result.byline_department == "区教体局"


def test_centred_unit_that_nobody_registered_is_a_byline_without_department() -> None:
    result = read(large(TITLE) + centred("区林业局") + plain(BODY))
    assert (result.manuscript.byline, result.byline_department) == ("区林业局", None)


def test_sentence_that_begins_with_a_department_stays_in_the_body() -> None:
    sentences = ["区教体局出实招、见实效", "区教体局：用好红色资源", "区教体局召开会议。"]
    assert told(read(large(TITLE) + plain(*sentences, BODY))) == ((TITLE,), None, [*sentences, BODY], ())


@pytest.mark.parametrize(
    ("end", "byline", "house_lines"),
    [
        (plain("区教体局", "2022年11月1日"), "区教体局", ("2022年11月1日",)),
        (plain("区教体局\n2022年11月1日"), "区教体局", ("2022年11月1日",)),
        (plain("区林业局", "二〇二二年十一月一日"), "区林业局", ("二〇二二年十一月一日",)),
        (plain("（区教体局 张敏）"), "区教体局", ("（区教体局 张敏）",)),
        (plain("供稿：区教体局", "撰稿人：张敏"), "区教体局", ("撰稿人：张敏",)),
        (plain("供稿：张敏"), None, ("供稿：张敏",)),
        (plain("责任编辑：张敏　　联系电话：0797-8190001"), None, ("责任编辑：张敏　　联系电话：0797-8190001",)),
        (plain("（联系人：张敏，电话：8190001）"), None, ("（联系人：张敏，电话：8190001）",)),
        (plain("审 核：刘建军", "审签："), None, ("审 核：刘建军", "审签：")),
    ],
)
def test_lines_at_the_end_are_taken_out_of_print(end: str, byline: str | None, house_lines: tuple[str, ...]) -> None:
    assert told(read(large(TITLE) + plain(BODY) + end)) == ((TITLE,), byline, [BODY], house_lines)


def test_list_of_units_at_the_end_stays_in_the_body() -> None:
    units = ["区教体局", "区人社局", "区民政局"]
    result = read(large(TITLE) + plain(BODY, "参加单位名单", *units, "联系电话：8190001"))
    assert told(result) == ((TITLE,), None, [BODY, "参加单位名单", *units], ("联系电话：8190001",))


def test_second_unit_below_the_byline_is_kept_on_record_alone() -> None:
    result = read(large(TITLE) + centred("区教体局", "区人社局") + plain(BODY))
    assert told(result) == ((TITLE,), "区教体局", [BODY], ("区人社局",))


def test_second_signature_at_the_end_is_kept_on_record_alone() -> None:
    result = read(large(TITLE) + centred("区教育局") + plain(BODY, "章贡区教育体育局", "2022年11月1日"))
    assert told(result) == ((TITLE,), "区教育局", [BODY], ("章贡区教育体育局", "2022年11月1日"))


def test_byline_in_brackets_after_the_last_sentence_is_told() -> None:
    assert told(read(large(TITLE) + plain(BODY + "（区教体局 张敏）"))) == (
        (TITLE,),
        "区教体局",
        [BODY],
        ("（区教体局 张敏）",),
    )


@pytest.mark.parametrize(
    "line",
    [
        "联系人：由社区干部担任，做到户户有人管、事事有人问、件件有着落",
        "审核：严把就业援助、高校毕业生、职业培训各项政策的审核关。",
        "目前，全区已建成服务中心94个（含区民政局）",
        "一是区教体局",
        "2022年11月1日起施行",
    ],
)
def test_text_of_the_body_is_never_taken_for_a_line_for_the_office(line: str) -> None:
    assert told(read(large(TITLE) + plain(line, BODY, line))) == ((TITLE,), None, [line, BODY, line], ())


@pytest.mark.parametrize(
    ("head", "section", "title"),
    [
        (plain("【情况通报】") + large("关于外事工作的通报"), "情况通报", "关于外事工作的通报"),
        (large("【情况通报】关于外事工作的通报"), "情况通报", "关于外事工作的通报"),
        (large("全区“五型”政府建设工作通报"), "情况通报", "全区“五型”政府建设工作通报"),
        (large("全区信访情况通报"), "情况通报", "全区信访情况通报"),
        (large("【经验交流】", TITLE), None, f"【经验交流】{TITLE}"),
    ],
)
def test_section_is_told_by_its_mark_or_by_the_title(head: str, section: str | None, title: str) -> None:
    result = read(head + plain(BODY))
    assert (result.section, result.manuscript.title) == (section, title)


def test_section_the_bulletin_does_not_have_is_never_given() -> None:
    document = read_docx(samples.notice("05-notice"))
    assert structure(document, DEPARTMENTS, ("",)).section is None


def test_headings_alone_on_their_line_get_the_level_of_their_label() -> None:
    body = plain(
        "一、加大服务供给", "（一）摸清底数", BODY, "1.建立台账", BODY, "（1）分类登记", BODY, "二、创新引流资金", BODY
    )
    blocks = read(large(TITLE) + body).manuscript.blocks
    assert [(block.text, block.level) for block in blocks if isinstance(block, Heading)] == [
        ("一、加大服务供给", 1),
        ("（一）摸清底数", 2),
        ("1.建立台账", 3),
        ("（1）分类登记", 4),
        ("二、创新引流资金", 1),
    ]


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        (styled("摸清底数", "H2") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [1, 1]),
        (styled("摸清底数", "H1") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [1, 2]),
        (styled("一、摸清底数", "H1") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [1, 2]),
        (styled("（一）摸清底数", "H2") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [2, 1]),
        (styled("1.摸清底数", "H1") + plain(BODY), [3]),
    ],
)
def test_styled_headings_begin_at_level_one_unless_their_label_tells_the_level(body: str, levels: list[int]) -> None:
    blocks = read(styled(TITLE, "T") + plain(BODY) + body).manuscript.blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == levels


@pytest.mark.parametrize(
    "text",
    [
        "一、加大服务供给。制定普惠金融改革试验区建设工作方案",
        "一、加大服务供给。",
        "二、主要做法：",
        "一、" + "大力引进金融服务主体" * 4,
        "1.5亿元资金已经到位",
        "2022年全区工作情况",
    ],
)
def test_run_in_heading_and_sentence_stay_paragraphs(text: str) -> None:
    assert read(large(TITLE) + plain(BODY, text, BODY)).manuscript.blocks[1] == Paragraph(text)


def test_labelled_lines_without_text_between_are_a_list() -> None:
    blocks = read(large(TITLE) + plain(BODY, "1.身份证", "2.户口簿", "3.申请表")).manuscript.blocks
    assert [type(block) for block in blocks] == [Paragraph] * 4


def set_as(run: str, text: str) -> str:
    return plain(text).replace('<w:sz w:val="32"/>', f'{run}<w:sz w:val="32"/>')


BOLD, HEI = "<w:b/>", '<w:rFonts w:ascii="Times New Roman" w:eastAsia="黑体"/>'


@pytest.mark.parametrize("run", [BOLD, HEI])
@pytest.mark.parametrize(
    ("body", "levels"),
    [
        (["*夯实办园基础", BODY, "*提升保教质量", BODY], [1, 1]),
        (["*一、夯实办园基础", BODY, "*提升保教质量", BODY], [1, 1]),
        (["一、夯实办园基础", "*建好园舍", BODY, "*配齐教师", BODY], [1, 2, 2]),
        (["*夯实办园基础", BODY, BODY], []),
        (["*建好园舍", "*配齐教师", "*用好资源"], []),
        (["*夯实办园基础。", BODY, "*提升保教质量。", BODY], []),
        (["*夯实基础，提升质量，", BODY, "*用好资源：", BODY], []),
    ],
)
def test_lines_set_off_alike_above_their_text_are_headings(run: str, body: list[str], levels: list[int]) -> None:
    lines = "".join(set_as(run, text[1:]) if text.startswith("*") else plain(text) for text in body)
    blocks = read(large(TITLE) + centred("区教体局") + plain(BODY) + lines).manuscript.blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == levels


def test_centred_lines_alike_are_headings_and_verses_are_not() -> None:
    headings = centred("夯实办园基础") + plain(BODY) + centred("提升保教质量") + plain(BODY)
    verses = centred("一心为民", "两袖清风", "三尺讲台")
    blocks = read(large(TITLE) + plain("区教体局", BODY) + headings + verses).manuscript.blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["夯实办园基础", "提升保教质量"]


def test_stray_break_is_never_joined() -> None:
    torn = ["提高政策通达率、落实率。截至目前，", "累计兑现稳岗返还等补助资金 4912.5 万元。"]
    assert told(read(large(TITLE) + plain(*torn)))[2] == torn


def test_marks_move_with_the_text_when_it_is_trimmed() -> None:
    raised = (
        '<w:p><w:r><w:t xml:space="preserve">　　面积500m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/>'
        "</w:rPr><w:t>2</w:t></w:r><w:r><w:t>左右，  设施齐全。　</w:t></w:r></w:p>"
    )
    [block] = read(large(TITLE) + raised).manuscript.blocks
    assert block == Paragraph("面积500m2左右，  设施齐全。", (Mark(6, 7, "superscript"),))


def test_paragraphs_of_nothing_but_spaces_are_dropped() -> None:
    assert told(read(large(TITLE) + plain("　　", BODY, " \u00a0", BODY)))[2] == [BODY, BODY]


def test_document_without_anything_is_refused_in_words_a_clerk_understands() -> None:
    with pytest.raises(UnreadableManuscript, match="没有文字"):
        structure(SourceDocument((SourceParagraph("　 "),)), DEPARTMENTS, SECTIONS)


@pytest.mark.parametrize(
    "bait",
    [
        "（",
        "一",
        "区教体局",
        "撰稿：",
        "1",
        " ",
        "是",
        "\n",
        "联系电话",
        "张 ",
        "第12期",
        "2022年",
        "——",
        "办：",
        "您好",
    ],
)
def test_very_long_line_is_told_apart_in_no_time(bait: str) -> None:
    text = "甲" + bait * (100_000 // len(bait)) + "甲"
    cell = Table(((Cell(text[1:]),), (Cell(text),)))
    document = SourceDocument((SourceParagraph(text), SourceParagraph(text[1:]), cell, SourceParagraph(text)))
    begun = time.process_time()
    structure(document, DEPARTMENTS, SECTIONS)
    assert time.process_time() - begun < 5
