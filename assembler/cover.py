"""What shows that an issue is a draft: a cover note on a page of its own, and 送审稿 in the header of every page.

The note is a section of its own, without footers, and page numbers begin with 1 after it: the issue is laid out and
numbered as it will be printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from assembler import styles
from assembler.package import DocxPackage, parse
from assembler.styles import TemplateStyles
from assembler.wordml import W_NS, W, paragraph, runs
from values.draft import DraftArticle, DraftIssue

_HEADER_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES: Final = f'xmlns:w="{W_NS}" xmlns:r="{_R_NS}"'
_AFTER_NUMBERS: Final = tuple(
    W + name
    for name in (
        *("cols", "formProt", "vAlign", "noEndnote", "titlePg"),
        *("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings"),
    )
)
"""The elements that may follow w:pgNumType in a w:sectPr (ECMA-376 17.6.17)."""
_HEADING: Final = '<w:spacing w:before="240"/><w:jc w:val="left"/>'
"""12 points above a heading of the note, at the left margin."""
_MOST_TITLES: Final = 40
"""Titles under one heading of the note: about a page. An ordinary issue has 10 to 20 articles."""
_LONGEST_TITLE: Final = 60
"""Characters of a title in the note; titles of articles have at most some 45, three lines as printed."""


def mark_as_draft(package: DocxPackage, draft: DraftIssue, style_ids: TemplateStyles) -> None:
    """Puts the cover note before the text of the document, and a line that says 送审稿 into all headers.

    Does nothing when the document has no body. Raises etree.XMLSyntaxError when a header of the template is damaged.
    """
    body = package.edit(package.document).find(W + "body")
    if body is None:
        return
    header = paragraph(style_ids[styles.TABLE_TEXT], runs(_header_text(draft)), '<w:jc w:val="right"/>')
    _add_to_headers(package, header)
    root = parse(f"<w:hdr {_NAMESPACES}>{header}</w:hdr>".encode())
    relationship = package.add_part("header.xml", root, content_type=_HEADER_TYPE, kind=f"{_R_NS}/header")
    first_section = next(body.iter(W + "sectPr"), None)
    note_section = _note_section(relationship, first_section)
    if first_section is not None:
        _restart_page_numbers(first_section)
    note = "".join(_note(draft, style_ids)) + paragraph(style_ids[styles.TABLE_TEXT], "", note_section)
    for place, element in enumerate(parse(f"<w:body {_NAMESPACES}>{note}</w:body>".encode())):
        body.insert(place, element)


def _header_text(draft: DraftIssue) -> str:
    return f"送审稿（第 {draft.revision} 稿，{_date(draft)}）"


def _date(draft: DraftIssue) -> str:
    return f"{draft.dated.year}年{draft.dated.month}月{draft.dated.day}日"


def _add_to_headers(package: DocxPackage, header: str) -> None:
    """Puts the line on top of the template's own headers. Sections without a header inherit that of the cover note
    (ECMA-376 17.10.5)."""
    for part in set(package.related("header")):
        package.edit(part).insert(0, parse(f"<w:hdr {_NAMESPACES}>{header}</w:hdr>".encode())[0])


def _note_section(header: str, first: etree._Element | None) -> str:
    """The w:sectPr of the cover note: on the paper of the issue's first section, with headers of all three kinds, which
    later sections inherit. header: the relationship id."""
    section = etree.Element(W + "sectPr", nsmap={"w": W_NS, "r": _R_NS})
    for kind in ("default", "even", "first"):
        etree.SubElement(section, W + "headerReference", {W + "type": kind, f"{{{_R_NS}}}id": header})
    for name in ("pgSz", "pgMar"):
        paper = None if first is None else first.find(W + name)
        if paper is not None:
            section.append(deepcopy(paper))
    return etree.tostring(section, encoding="unicode")


def _restart_page_numbers(section: etree._Element) -> None:
    """Begins a section on a new page, which is page 1 unless the template has another number."""
    kind = section.find(W + "type")
    if kind is not None and kind.get(W + "val") == "continuous":
        section.remove(kind)
    numbers = section.find(W + "pgNumType")
    if numbers is None:
        numbers = etree.Element(W + "pgNumType")
        later = next((place for place, child in enumerate(section) if child.tag in _AFTER_NUMBERS), len(section))
        section.insert(later, numbers)
    if numbers.get(W + "start") is None:
        numbers.set(W + "start", "1")


def _note(draft: DraftIssue, style_ids: TemplateStyles) -> Iterator[str]:
    """The paragraphs of the note: what is new, what is doubtful, which departments are missing, what to do next."""

    def heading(text: str) -> str:
        return paragraph(style_ids[styles.TABLE_HEADER], runs(text), _HEADING)

    def lines(*texts: str) -> str:
        return "".join(paragraph(style_ids[styles.TABLE_TEXT], runs(text)) for text in texts)

    title = f"{draft.title}{draft.label}送审稿（第 {draft.revision} 稿）"
    yield paragraph(style_ids[styles.TABLE_HEADER], runs(title))
    yield lines(
        f"印发日期 {_date(draft)}，共 {len(draft.articles)} 篇。本页、页眉和批注只在送审稿中，签发后的定稿没有。"
    )
    if news := list(_news(draft)):
        yield heading("与上一稿相比") + lines(*news)
    doubtful = [_doubts(article) for article in draft.articles if article.doubts]
    yield heading("请重点核对") + lines(*(_some(doubtful) or ["各篇没有发现错误和疑问。"]))
    if draft.missing:
        yield heading("本期未报送的单位") + lines("、".join(draft.missing))
    if draft.left_out:
        yield heading("报送的没有编入") + lines(draft.left_out)
    yield heading("怎样办理") + lines(
        "1. 审阅正文和页边的批注：每条批注标在它所说的字上。",
        "2. 采用、留用、退改、退稿，调整次序，修改文字，都在审稿台的“本期”里；有改动的，再编排一次会得到新的一稿。",
        f"3. 看过第 {draft.revision} 稿没有问题，在同一页点“签发…”。期号和文件从此不变；这之后又有新稿时不会签发，"
        "并说明有什么变化。",
    )


def _news(draft: DraftIssue) -> Iterator[str]:
    kinds = {
        "新增": draft.news.added,
        "换稿": draft.news.changed,
        "撤下": draft.news.removed,
        "调整位置": draft.news.moved,
    }
    for kind, titles in kinds.items():
        yield from _some([f"{kind}《{_title(title)}》" for title in titles])


def _doubts(article: DraftArticle) -> str:
    return f"《{_title(article.title)}》（{article.department or '单位待定'}）：{article.doubts}"


def _some(lines: Sequence[str]) -> list[str]:
    """The lines, or the first _MOST_TITLES of them and how many follow."""
    more = len(lines) - _MOST_TITLES
    return [*lines[:_MOST_TITLES], f"……另有 {more} 篇"] if more > 0 else list(lines)


def _title(title: str) -> str:
    line = " ".join(title.split()) or "无标题"
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"
