from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
import time_machine
from lxml import etree

from assembler.dates import chinese
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import IMPRINT, MASTHEAD, TEMPLATE, article, issue, no_picture
from tests.support.projection import W, projection
from tools.docx_builder import zipped
from values.issue import Imprint, Issue, IssueNumber
from values.manuscript import Cell, Heading, Mark, Paragraph, Picture, Table

FRONT = [
    "Masthead|章贡区“五型”政府建设 工作简报",
    "IssueNumber|第70期",
    "IssueLine|区“五型”政府建设领导小组办公室 ⇥ 2022年11月8日",
]
BACK = [
    "ImprintTable|报：区政府区长、副区长 / 发：各镇、街道，全区政府系统部门（单位）",
    "ImprintTable|区“五型”政府建设领导小组办公室编 / 电话：8199917 / 欢迎大家积极投稿！ / 投稿邮箱：zgqwxzfb@163.com",
]


def lines(made: Issue, template: bytes = TEMPLATE) -> list[str]:
    """The projection of the issue, which must be a sound file."""
    data = typeset(made, template, no_picture)
    assert violations(data) == []
    return projection(data).splitlines()


def body(made: Issue) -> list[str]:
    """The lines between masthead and imprint."""
    found = lines(made)
    return [line for line in found if line not in FRONT and line not in BACK]


def test_typeset_sets_a_whole_issue() -> None:
    table = Table(((Cell("序号"), Cell("单位名称"), Cell("备注")), (Cell("1"), Cell("水西镇"), Cell(""))), (), 1)
    made = issue(
        article(1, Heading("一、加大服务供给", 1), Paragraph("制定方案。"), department="区教体局", title=("内外兼修",)),
        article(2, Paragraph("推广。"), department="区人社局", title=("多措并举加速", "政策落地")),
        article(
            3,
            table,
            department="",
            byline=None,
            section="情况通报",
            title=("2022年10月份全区“五型”政府建设", "工作通报"),
        ),
    )
    assert lines(made) == [
        *FRONT,
        "ContentsDepartment|1. 区教体局",
        "ContentsTitle|内外兼修 ⇥ #",
        "ContentsDepartment|2. 区人社局",
        "ContentsTitle|多措并举加速政策落地 ⇥ #",
        "ArticleTitle|内外兼修",
        "Byline|区教体局",
        "Heading1|一、加大服务供给",
        "BodyText|制定方案。",
        "ArticleTitle|多措并举加速 / 政策落地",
        "Byline|区人社局",
        "BodyText|推广。",
        "SectionHeading|【情况通报】",
        "ArticleTitle|2022年10月份全区“五型”政府建设 / 工作通报",
        "BulletinTable|序号|单位名称|备注",
        "BulletinTable|1|水西镇|",
        *BACK,
    ]


def test_typeset_signs_with_the_register_s_name_and_else_as_the_author_signed() -> None:
    made = issue(article(1, department="区教体局", byline="区教育局"), article(2, department="", byline="某镇"))
    assert [line for line in lines(made) if line.startswith("Byline")] == ["Byline|区教体局", "Byline|某镇"]


def test_typeset_lists_an_unsigned_article_of_nobody_by_its_title() -> None:
    assert body(issue(article(department="", byline=None, title=("来信照登",)))) == [
        "ContentsTitle|1. 来信照登 ⇥ #",
        "ArticleTitle|来信照登",
        "BodyText|一是加大服务供给。",
    ]


def test_typeset_signs_a_notice_only_when_its_author_did() -> None:
    made = issue(
        article(1, section="情况通报", byline=None, department="区督查室"),
        article(2, section="情况通报", byline="督查室", department="区督查室"),
    )
    assert [line for line in lines(made) if line.startswith("Byline")] == ["Byline|区督查室"]


def test_typeset_lists_only_ordinary_articles_in_the_contents() -> None:
    assert not [line for line in lines(issue(article(1, section="情况通报"))) if line.startswith("Contents")]


def test_typeset_shows_that_a_title_is_missing() -> None:
    assert "ArticleTitle|〔无标题〕" in lines(issue(article(title=())))


def test_typeset_of_an_empty_issue_has_masthead_and_imprint() -> None:
    assert lines(issue()) == [*FRONT, *BACK]


def test_typeset_never_takes_article_text_for_a_template() -> None:
    texts = ["{{ 7*7 }}", "{% raw %}", "{{ articles }}", "{#", "</w:t><w:p/>", "A&amp;B", "\"'"]
    made = issue(article(1, *map(Paragraph, texts), title=("{{ title }}",), department="{% if %}"))
    assert body(made) == [
        "ContentsDepartment|1. {% if %}",
        "ContentsTitle|{{ title }} ⇥ #",
        "ArticleTitle|{{ title }}",
        "Byline|{% if %}",
        *(f"BodyText|{text}" for text in texts),
    ]


def test_typeset_never_takes_the_office_s_words_for_a_template() -> None:
    masthead = replace(MASTHEAD, office="{{ 7*7 }}", title="A&B<C>")
    found = lines(issue(masthead=masthead))
    assert found[0] == "Masthead|A&B<C> 工作简报"
    assert found[2] == "IssueLine|{{ 7*7 }} ⇥ 2022年11月8日"


def test_typeset_prints_what_xml_cannot_hold_without_it() -> None:
    made = issue(
        article(1, Paragraph("甲\x00\x0b\x1f乙\ud800\ufffe丙"), title=("标\x07题",)),
        masthead=replace(MASTHEAD, office="办\x0c公室"),
    )
    found = lines(made)
    assert "BodyText|甲乙丙" in found
    assert "ArticleTitle|标题" in found
    assert found[2].startswith("IssueLine|办公室")


def test_typeset_keeps_breaks_tabs_spaces_and_marks() -> None:
    marked = Paragraph("100m2与CO2", (Mark(4, 5, "superscript"), Mark(8, 9, "subscript")))
    found = body(issue(article(1, Paragraph("第一行\n第二行\r\n第三行"), Paragraph("  甲\t乙  丙 "), marked)))
    assert found[-3:] == ["BodyText|第一行 / 第二行 / 第三行", "BodyText|  甲 ⇥ 乙  丙 ", "BodyText|100m^(2)与CO_(2)"]


def test_typeset_ignores_marks_outside_the_text_and_keeps_overlapping_ones_apart() -> None:
    marks = (
        Mark(1, 3, "superscript"),
        Mark(2, 4, "subscript"),
        Mark(3, 99, "subscript"),
        Mark(7, 9, "subscript"),
        Mark(2, 1, "subscript"),
    )
    assert body(issue(article(1, Paragraph("abcdef", marks))))[-1] == "BodyText|a^(bc)_(def)"


def document(made: Issue, template: bytes = TEMPLATE) -> etree._Element:
    return etree.fromstring(members(typeset(made, template, no_picture))["word/document.xml"])


def text(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(W + "t"))


def test_typeset_gives_quotes_and_dashes_the_chinese_font() -> None:
    root = document(issue(article(1, Paragraph("“五型”——……"))))
    [run] = [run for run in root.iter(W + "r") if text(run) == "“五型”——……"]
    fonts = run.find(f"{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(W + "hint") == "eastAsia"


@pytest.mark.parametrize(("level", "style"), [(-1, 1), (1, 1), (2, 2), (3, 3), (4, 4), (9, 4)])
def test_typeset_sets_headings_by_level(level: int, style: int) -> None:
    assert body(issue(article(1, Heading("标题", level))))[-1] == f"Heading{style}|标题"


def test_typeset_leaves_out_imprint_lines_for_which_nothing_is_configured() -> None:
    assert lines(issue(imprint=Imprint((), (), (), "办公室", "", "", ""))) == [*FRONT, "ImprintTable|办公室编"]


def test_typeset_joins_recipients_without_changing_their_names() -> None:
    imprint = replace(IMPRINT, copy_to=("市政府办公室", "区委、区人大常委会办公室"))
    assert "送：市政府办公室；区委、区人大常委会办公室" in lines(issue(imprint=imprint))[-2].split(" / ")


def test_typeset_prints_the_label_of_a_yearly_series_and_a_date_without_zeros() -> None:
    masthead = replace(MASTHEAD, number=IssueNumber(12, "yearly", 2023), dated=date(2023, 1, 2))
    assert lines(issue(masthead=masthead))[1:3] == [
        "IssueNumber|2023年第12期",
        "IssueLine|区“五型”政府建设领导小组办公室 ⇥ 2023年1月2日",
    ]


def test_typeset_prints_total_number_copies_and_a_date_in_chinese_where_the_office_wants_them() -> None:
    masthead = replace(MASTHEAD, number=IssueNumber(12, "yearly", 2022), total=70, date_form="chinese")
    found = lines(issue(masthead=masthead, imprint=replace(IMPRINT, copies=50)))
    assert found[1:3] == [
        "IssueNumber|2022年第12期（总第70期）",
        "IssueLine|区“五型”政府建设领导小组办公室 ⇥ 二〇二二年十一月八日",
    ]
    assert "区“五型”政府建设领导小组办公室编 ⇥ 共印50份" in found[-1]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 10, 10), "二〇二二年十月十日"),
        (date(2030, 1, 20), "二〇三〇年一月二十日"),
        (date(2009, 12, 31), "二〇〇九年十二月三十一日"),
    ],
)
def test_a_date_in_chinese_is_read_as_it_is_spoken(day: date, said: str) -> None:
    assert chinese(day) == said


def new_pages(made: Issue, template: bytes = TEMPLATE) -> list[str]:
    """The text of the paragraphs that begin a page."""
    breaks = f"{W}pPr/{W}pageBreakBefore"
    found = [paragraph for paragraph in document(made, template).iter(W + "p") if paragraph.find(breaks) is not None]
    return [text(paragraph) for paragraph in found]


def test_typeset_begins_the_articles_on_a_page_of_their_own() -> None:
    made = issue(article(1, title=("第一篇",)), article(2, title=("第二篇",)), article(3, section="情况通报"))
    assert new_pages(made) == ["第一篇"]


def test_typeset_leaves_the_page_break_out_when_there_is_no_contents_page() -> None:
    assert new_pages(issue(article(1, section="情况通报"))) == []


def test_typeset_leaves_the_page_break_to_the_office() -> None:
    template = replaced(TEMPLATE, "<w:pageBreakBefore/>", '<w:pageBreakBefore w:val="0"/>')
    assert new_pages(issue(article()), template) == []


def test_typeset_ends_the_body_with_a_paragraph_when_a_table_is_last_in_the_template_too() -> None:
    parts = members(TEMPLATE)["word/document.xml"].decode()
    start, end = parts.index("{{ articles }}"), parts.index("<w:sectPr>")
    rest = parts[parts.index("</w:p>", start) + len("</w:p>") : end]
    template = replaced(TEMPLATE, rest, "")
    data = typeset(issue(article(1, Table(((Cell("甲"),),)))), template, no_picture)
    assert violations(data) == []
    assert projection(data).splitlines()[-1] == "BulletinTable|甲"


def test_typeset_keeps_tables_that_follow_each_other_apart() -> None:
    one = Table(((Cell("甲"),),))
    data = typeset(issue(article(1, one, one, Paragraph("文"), one)), TEMPLATE, no_picture)
    assert violations(data) == []
    assert projection(data).count("BulletinTable|甲") == 3


def full_issue() -> Issue:
    picture = Picture(hashlib.sha256(b"one").hexdigest(), "image/png", 900_000, 600_000)
    return issue(
        article(1, Paragraph("文"), picture, Table(((Cell("甲", 2),), (Cell("乙"), Cell("丙"))))), article(2, picture)
    )


def without_properties() -> bytes:
    """A template without docProps/core.xml, for which python-docx makes one up with the time of day."""
    part = "docProps/core.xml"
    template = zipped({name: data for name, data in members(TEMPLATE).items() if name != part})
    for member in ("_rels/.rels", "[Content_Types].xml"):
        [element] = re.findall(f"<[^<]*{part}[^>]*>", members(template)[member].decode())
        template = replaced(template, element, "", member=member)
    return template


@pytest.mark.parametrize("template", [TEMPLATE, without_properties()], ids=["ours", "without properties"])
def test_typeset_gives_the_same_bytes_for_the_same_issue_at_any_time(template: bytes) -> None:
    made = []
    for at in (datetime(2022, 11, 8, 9, tzinfo=UTC), datetime(2023, 2, 28, 17, 30, 15, tzinfo=UTC)):
        with time_machine.travel(at):
            made.append(typeset(full_issue(), template, lambda sha256: b"one"))
    assert made[0] == made[1]


def test_typeset_makes_a_file_that_python_docx_opens() -> None:
    opened = docx.Document(io.BytesIO(typeset(full_issue(), TEMPLATE, lambda sha256: b"one")))
    assert len(opened.tables) == 2  # the article's and the imprint
    assert len(opened.inline_shapes) == 2
    properties = opened.core_properties
    assert (properties.title, properties.author) == ("章贡区“五型”政府建设工作简报第70期", MASTHEAD.office)
    assert properties.subject == "第70期"
    assert properties.created == properties.modified
    assert properties.modified is not None
    assert properties.modified.date() == date(2022, 11, 8)
