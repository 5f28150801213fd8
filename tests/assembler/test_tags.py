"""The tags of a template: those that are missing, misplaced, misspelt."""

from __future__ import annotations

import re

import pytest

from assembler.template import check_template
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE
from tools.docx_builder import zipped

CONTENTS = '<w:t xml:space="preserve">{{ contents }}</w:t>'


def in_a_table(text: str) -> str:
    return (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )


def with_body(inner: str) -> bytes:
    """The template with other content before its section properties."""
    parts = members(TEMPLATE)
    document = re.sub("<w:body>.*<w:sectPr>", f"<w:body>{inner}<w:sectPr>", parts["word/document.xml"].decode())
    return zipped(parts | {"word/document.xml": document.encode()})


def with_line(text: str) -> bytes:
    """The template with one more paragraph."""
    return replaced(TEMPLATE, "<w:sectPr>", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:sectPr>")


def test_check_template_names_missing_marks() -> None:
    problems = check_template(with_body("<w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p>"))
    assert [problem[:24] for problem in problems] == [
        "模板缺少标记 {{ contents }}：请在",
        "模板缺少标记 {{ articles }}：请在",
    ]


def test_check_template_counts_marks() -> None:
    assert check_template(with_line("{{ articles }}")) == ("标记 {{ articles }} 出现了 2 次：只能有一处。",)


@pytest.mark.parametrize("place", ["{{ contents }}如下", "{{ title }}{{ contents }}"])
def test_check_template_wants_a_mark_alone_in_its_paragraph(place: str) -> None:
    [problem] = check_template(replaced(TEMPLATE, "{{ contents }}", place))
    assert problem.startswith("标记 {{ contents }} 的位置不对")


def test_check_template_wants_a_mark_in_the_body_itself() -> None:
    [problem] = check_template(with_body(in_a_table("{{ articles }}") + f"<w:p><w:r>{CONTENTS}</w:r></w:p>"))
    assert problem.startswith("标记 {{ articles }} 的位置不对")


def test_check_template_finds_a_mark_in_the_footer() -> None:
    moved = replaced(replaced(TEMPLATE, "{{ articles }}", ""), "— ", "{{ articles }}", member="word/footer1.xml")
    [problem] = check_template(moved)
    assert problem.startswith("标记 {{ articles }} 的位置不对")


def test_check_template_asks_whether_an_unknown_tag_was_meant_otherwise() -> None:
    assert check_template(with_line("{{ lable }}")) == ("不认识标记 {{ lable }}：是否应为 {{ label }}？",)


def test_check_template_lists_the_tags_when_none_is_like_the_unknown_one() -> None:
    [problem] = check_template(with_line("{{ 密级 }}"))
    assert problem.startswith("不认识标记 {{ 密级 }}：可用的有 title、kind、label")


@pytest.mark.parametrize("text", ["{{ title", "{% if phone %}电话", "{{ title | }}", "{{ phone | nothing }}"])
def test_check_template_refuses_tags_that_are_not_well_written(text: str) -> None:
    problems = check_template(with_line(text))
    assert problems
    assert all(problem.startswith(("标记写法有误", "模板的标记无法填写")) for problem in problems)


def test_check_template_recognises_braces_from_a_chinese_keyboard() -> None:
    assert check_template(with_line("｛｛ title ｝｝")) == (
        "标记要用半角花括号 {{ }}，不要用全角：“｛｛ title ｝｝”。",
    )


def test_check_template_wants_a_paragraph_tag_alone_in_its_paragraph() -> None:
    [problem] = check_template(with_line("{%p if phone %}电话{%p endif %}"))
    assert problem.startswith("标记 {%p … %} 要单独成段")
