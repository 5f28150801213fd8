from __future__ import annotations

import hashlib
import io
import re
from datetime import UTC, date, datetime

import docx
import pytest
import time_machine
from lxml import etree

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import MASTHEAD, TEMPLATE, article, issue, no_picture
from tests.support.projection import W, projection
from tests.support.typeset_issues import BACK, FRONT, lines
from tools.docx_builder import zipped
from values.issue import Issue
from values.manuscript import Cell, Heading, Paragraph, Picture, Table


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


def test_typeset_of_an_empty_issue_has_masthead_and_imprint() -> None:
    assert lines(issue()) == [*FRONT, *BACK]


def document(made: Issue, template: bytes = TEMPLATE) -> etree._Element:
    return etree.fromstring(members(typeset(made, template, no_picture))["word/document.xml"])


def text(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(W + "t"))


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
