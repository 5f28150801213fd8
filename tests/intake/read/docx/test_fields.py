"""Fields: the result is text, the instruction is not."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import field, lines, p, r
from tools.docx_builder import docx, paragraph


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
