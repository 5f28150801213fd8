"""Where lines of an article stand in the document that it was read from."""

from __future__ import annotations

import pytest
from lxml import etree

from assembler.located import LocatedText
from tools.docx_builder import W_NS

BODY = (
    "<w:p><w:r><w:t>标题</w:t></w:r></w:p>"
    "<w:p><w:r><w:t> 一是抓</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:t>管理，</w:t><w:br/>"
    "<w:t>二是抓</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></w:r>"
    "<w:r><w:t>落实。</w:t></w:r></w:p><w:p><w:r><w:t>一是抓管理，</w:t></w:r></w:p>"
)


@pytest.fixture(scope="module")
def located() -> LocatedText:
    return LocatedText(etree.fromstring(f'<w:body xmlns:w="{W_NS}">{BODY}</w:body>'))


def words(located: LocatedText, start: int, end: int) -> str:
    places = map(located.place, range(start, end))
    return "".join((place.text.text or "")[place.offset] for place in places)


def test_lines_are_found_in_their_order_whatever_runs_they_are_in(located: LocatedText) -> None:
    starts = located.starts_of(["标题", "一是抓管理，", "二是抓落实。", "不在", "一是抓管理，"])
    assert starts == [0, 2, 8, None, 15]


@pytest.mark.parametrize(
    ("line", "start_of_line", "start", "end", "expected"),
    [
        ("一是抓管理，", 2, 3, 5, "管理"),
        ("一、一是抓管理，", None, 5, 7, "管理"),
        ("一、一是抓管理，", None, 0, 2, None),
        ("二是抓落实。", 8, 4, 6, "实。"),
        ("不在", None, 0, 2, None),
        ("一是抓管理，", 2, 2, 2, None),
    ],
)
def test_characters_of_a_line_are_found(
    located: LocatedText, line: str, start_of_line: int | None, start: int, end: int, expected: str | None
) -> None:
    span = located.span(line, start_of_line, start, end, 0)
    assert (None if span is None else words(located, span.start, span.end)) == expected


def test_span_ends_with_its_paragraph(located: LocatedText) -> None:
    assert words(located, located.first_paragraph.start, located.first_paragraph.end) == "标题"


def test_document_without_text_is_empty() -> None:
    assert not LocatedText(etree.fromstring(f'<w:body xmlns:w="{W_NS}"/>'))
