"""Filling in the template of an office, and what is wrong with one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import IMPRINT, MASTHEAD, TEMPLATE, article, issue, no_picture
from tests.support.projection import W, projection
from tests.support.typeset_issues import FRONT, body, lines
from tools.docx_builder import zipped
from values.errors import BadTemplate
from values.issue import Imprint, IssueNumber
from values.manuscript import Paragraph


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


def text(element: etree._Element) -> str:
    return "".join(found.text or "" for found in element.iter(W + "t"))


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


def test_marking_and_registration_stand_above_the_name_and_take_no_line_without() -> None:
    assert lines(issue())[0].startswith("Masthead|")
    marked = replace(MASTHEAD, marking="内部资料 注意保存", registration="赣内资第12号")
    assert lines(issue(masthead=marked))[:2] == [
        "Marking|内部资料 注意保存 ⇥ 赣内资第12号",
        "Masthead|章贡区“五型”政府建设 工作简报",
    ]


CONTENTS = '<w:t xml:space="preserve">{{ contents }}</w:t>'


def with_line(text: str) -> bytes:
    """The template with one more paragraph."""
    return replaced(TEMPLATE, "<w:sectPr>", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:sectPr>")


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04 cut short", zipped({"mimetype": b"text"})])
def test_check_template_refuses_what_is_no_word_document(data: bytes) -> None:
    [problem] = check_template(data)
    assert problem.startswith("模板不是 Word 文档")


def test_check_template_refuses_a_damaged_part() -> None:
    [problem] = check_template(replaced(TEMPLATE, "</w:body>", ""))
    assert problem.startswith("模板已损坏")


def test_check_template_refuses_a_damaged_zip_member() -> None:
    place = TEMPLATE.index(b"word/document.xml") + 200
    damaged = TEMPLATE[:place] + bytes(20) + TEMPLATE[place + 20 :]
    [problem] = check_template(damaged)
    assert problem.startswith("模板不是 Word 文档，或已损坏")


@pytest.mark.parametrize(
    ("old", "new", "member"),
    [
        ("document.main+xml", "template.main+xml", "[Content_Types].xml"),
        (W[1:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main", "word/document.xml"),
    ],
    ids=["saved as .dotx", "strict Open XML"],
)
def test_check_template_refuses_other_kinds_of_word_file(old: str, new: str, member: str) -> None:
    [problem] = check_template(replaced(TEMPLATE, old, new, member=member))
    assert problem.startswith("模板要存为普通的“Word 文档（*.docx）”")


def test_check_template_reports_all_problems_at_once() -> None:
    assert len(check_template(with_line("{{ lable }}{{ contents }}｛｛ title ｝｝"))) == 3


def test_typeset_refuses_a_template_with_the_problems_the_check_finds() -> None:
    template = with_line("{{ lable }}")
    with pytest.raises(BadTemplate) as caught:
        typeset(issue(article()), template, no_picture)
    assert caught.value.problems == check_template(template)


def test_typeset_reports_it_when_a_condition_hides_a_mark() -> None:
    hidden = replaced(
        TEMPLATE,
        "{{ articles }}",
        "{%p if copy_to %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ articles }}</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}",
    )
    with pytest.raises(BadTemplate) as caught:
        typeset(issue(article()), hidden, no_picture)
    assert "{{ articles }}（正文）没有排出来" in caught.value.problems[0]


def test_typeset_fills_tags_in_footers_and_tags_that_word_has_cut_into_runs() -> None:
    template = replaced(TEMPLATE, "— ", "{{ label }} ", member="word/footer1.xml")
    template = replaced(template, "{{ label }}", "{{ la</w:t></w:r><w:r><w:t>bel }}")
    made = typeset(issue(article()), template, no_picture)
    assert "IssueNumber|第70期" in projection(made).splitlines()
    assert "第70期" in members(made)["word/footer1.xml"].decode()


def test_typeset_keeps_a_section_break_that_hangs_on_a_mark() -> None:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>'
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    template = replaced(TEMPLATE, f"</w:pPr>{run}{CONTENTS}", f"{section}{run}{CONTENTS}")
    made = typeset(issue(article()), template, no_picture)
    assert len(list(etree.fromstring(members(made)["word/document.xml"]).iter(W + "sectPr"))) == 2
    assert violations(made) == []


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("章贡区“五型”政府建设", "章贡区“五型”政府建设"),
        (
            "章贡区人力资源和社会保障局“互联网+政务服务”",
            "章贡区人力资源和社会保障局 / “互联网+政务服务”",
        ),
        ("A&B<C>", "A&B<C>"),
    ],
)
def test_a_name_too_long_for_a_line_is_broken_between_words(name: str, printed: str) -> None:
    assert lines(issue(masthead=replace(MASTHEAD, title=name)))[0] == f"Masthead|{printed} 工作简报"
