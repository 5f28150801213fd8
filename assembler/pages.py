"""The articles of an issue as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assembler import styles
from assembler.comments import DraftComments
from assembler.contents import NO_TITLE, bookmark
from assembler.formulas import runs_with_formulas
from assembler.line_breaking import stretches
from assembler.marks import marked_paragraph
from assembler.pictures import IssuePictures
from assembler.sections import LandscapePages
from assembler.styles import TemplateStyles
from assembler.tables import LANDSCAPE, MarkupByCell, is_wide, table_xml
from assembler.titles import set_title, width
from assembler.wordml import NO_MARKUP, PAGE_BREAK, MarkupByOffset, paragraph, runs
from values.issue import Issue, IssueArticle, Section
from values.manuscript import Block, Heading, Paragraph, Picture, Table, block_lines

NO_PICTURE: Final = "〔图片无法排入〕"
"""Printed in place of a picture of a type that Word cannot show."""
_KEEP_NEXT: Final = "<w:keepNext/>"
_FIRST_LINE: Final = 26.0
"""Characters of the first line of a paragraph: 28, and two that it is set in (GB/T 9704-2012 5.2.3, 7.3.3)."""
_LEFT: Final = '<w:jc w:val="left"/>'
_TABLE_TITLE: Final = re.compile(r"表\s?[\d一二三四五六七八九十]{1,3}(?:[:：.．、\s].{0,40}|[^\d。]{0,40})")
"""The numbered name of a table, as a paragraph directly above it."""
_NUMBER: Final = re.compile(r"表\s?([\d一二三四五六七八九十]{1,3})")
_REFERENCE: Final = re.compile(r"(?<!代)表\s?([\d一二三四五六七八九十]{1,3})(?![\d一二三四五六七八九十份张名人次个位])")
"""见表1, 表1显示; not 代表1名, nor 登记表2份."""
_UNIT: Final = re.compile(r"[（(]?(?:计量|金额|数量)?单位[:：]\s?[^。；，,]{1,15}[）)]?")
"""The unit of a table's figures (单位：万元), as a paragraph between its name and the table."""
_RIGHT: Final = '<w:jc w:val="right"/>'
_TABLE_NAME: Final = re.compile(r"[^。；！？：:]{2,40}(?:表|名单|清单)(?:（[^（）。]{1,15}）)?")
"""One without a number: a line that is no sentence and ends with the word for a table (（单位：万元） may follow)."""


@dataclass(frozen=True, slots=True)
class IssueContext:
    """What all articles of one issue share while they are set."""

    style_ids: TemplateStyles
    pictures: IssuePictures
    bookmark_ids: Iterator[int]
    """Ids that no bookmark of the template has."""
    landscape: LandscapePages
    comments: DraftComments
    """Empty when the issue is no draft."""
    text_marks: Mapping[int, str] = field(default_factory=dict)
    """The bookmark on the first paragraph below the title, by article; empty when the issue is no draft."""


def articles_xml(issue: Issue, context: IssueContext, *, new_page: bool) -> str:
    """All articles, section after section; "" when there are none. new_page: the first paragraph begins a page."""
    parts: list[str] = []
    for section in issue.sections:
        parts += _section(section, context, new_page=new_page and not parts)
    return "".join(parts)


def gap_xml(style_ids: TemplateStyles) -> str:
    """An empty paragraph. Word joins two tables that touch, and requires a paragraph after the last one."""
    return paragraph(style_ids[styles.TABLE_TEXT], "")


def _section(section: Section, context: IssueContext, *, new_page: bool) -> list[str]:
    style_ids = context.style_ids
    opening = PAGE_BREAK if new_page else ""
    parts = []
    if section.name and section.articles:
        parts.append(paragraph(style_ids[styles.SECTION_HEADING], runs(f"【{section.name}】"), opening))
        opening = ""
    for article in section.articles:
        parts.append(paragraph(style_ids[styles.ARTICLE_TITLE], _title(article, context), opening))
        opening = ""
        byline = byline_of(section, article)
        text = [paragraph(style_ids[styles.BYLINE], runs(byline))] if byline else []
        text += _blocks(article, context)
        if text and article.id in context.text_marks:
            text[0] = marked_paragraph(text[0], context.text_marks[article.id], context.bookmark_ids)
        parts += text
    return parts


def _title(article: IssueArticle, context: IssueContext) -> str:
    """The runs of the title, within the bookmark to which the contents page refers."""
    title = title_of(article)
    markup = context.comments.mark_title(article.id, title, len(article.manuscript.lines))
    bookmark_id = next(context.bookmark_ids)
    return (
        f'<w:bookmarkStart w:id="{bookmark_id}" w:name="{bookmark(article)}"/>{runs(title, (), markup)}'
        f'<w:bookmarkEnd w:id="{bookmark_id}"/>'
    )


def title_of(article: IssueArticle) -> str:
    """The title as it is printed, its lines joined by "\\n"; NO_TITLE for an article without one."""
    return "\n".join(set_title(article.manuscript.title_lines)) or NO_TITLE


def byline_of(section: Section, article: IssueArticle) -> str:
    """The unit printed below the title, as the register names it; "" for none.

    A notice (an article of a named section) is the office's own and has no byline, unless its author signed it.
    """
    if section.name and not article.manuscript.byline:
        return ""
    return article.unit


def _blocks(article: IssueArticle, context: IssueContext) -> list[str]:
    parts: list[str] = []
    blocks = article.manuscript.blocks
    lead = 0  # how many of the last parts are the name and the unit of the table that follows
    postponed: list[str] = []
    number = 0  # the index of the block's first line in `Manuscript.lines`
    style_ids = context.style_ids
    for place, (block, kept) in enumerate(zip(blocks, kept_with_next(blocks), strict=True)):
        if not isinstance(block, Paragraph) or kept:
            _flush(parts, postponed, context)
        if isinstance(block, Table):
            markup = context.comments.mark_table(article.id, number, block)
            if is_wide(block):
                content = "".join(parts[len(parts) - lead :]) + table_xml(block, style_ids, markup, LANDSCAPE)
                del parts[len(parts) - lead :]
                postponed.append(content)
                if not _is_referred_to(place, lead, blocks):
                    _flush(parts, postponed, context)
            else:
                _append_table(parts, block, markup, context)
        else:
            printed = block.caption if isinstance(block, Picture) else block.text
            has_line = bool(block_lines(block))
            line_markup = context.comments.mark_line(article.id, number, printed) if has_line else NO_MARKUP
            opening = block is blocks[0] and len(blocks) > 1 and isinstance(blocks[1], Paragraph)
            parts.append(_block(block, context, line_markup, kept=kept, opening=opening))
        lead = lead + 1 if kept and isinstance(block, Paragraph) else 0
        number += len(block_lines(block))
    _flush(parts, postponed, context)
    return parts


def _is_referred_to(place: int, lead: int, blocks: Sequence[Block]) -> bool:
    """Whether the text refers to the table at `place` by its number (见表1), so that text may stand before it.

    lead: how many of the blocks before are its name and unit.
    """
    names = [block.text for block in blocks[place - lead : place] if isinstance(block, Paragraph)]
    numbers = {named[1] for name in names if (named := _NUMBER.match(name))}
    text = [block.text for block in blocks if isinstance(block, Paragraph) and block.text not in names]
    return any(reference in numbers for line in text for reference in _REFERENCE.findall(line))


def _flush(parts: list[str], postponed: list[str], context: IssueContext) -> None:
    """Appends the wide tables that text was allowed to pass by."""
    for content in postponed:
        _append_landscape(parts, content, context)
    postponed.clear()


def _append_table(parts: list[str], table: Table, markup: MarkupByCell, context: IssueContext) -> None:
    if xml := table_xml(table, context.style_ids, markup):
        if parts and parts[-1].endswith("</w:tbl>"):
            parts.append(gap_xml(context.style_ids))
        parts.append(xml)


def _append_landscape(parts: list[str], content: str, context: IssueContext) -> None:
    """Appends a wide table with its name on a page of its own; on the page of the wide table directly before it."""
    joined = context.landscape.extended(parts[-1], gap_xml(context.style_ids) + content) if parts else None
    if joined is None:
        parts.append(context.landscape.page(content))
    else:
        parts[-1] = joined


def kept_with_next(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether it stays on the page of the next one: a picture with its caption or with the picture
    below it that has one, and the name of a table (表1 …, …情况表) and its unit (单位：万元) with the table."""
    kept: list[bool] = []
    below: Block | None = None
    for block in reversed(blocks):
        if isinstance(block, Picture):
            kept.append(bool(block.caption) or (isinstance(below, Picture) and kept[-1]))
        elif isinstance(block, Paragraph) and isinstance(below, Table):
            kept.append(any(pattern.fullmatch(block.text) for pattern in (_TABLE_TITLE, _TABLE_NAME, _UNIT)))
        elif isinstance(block, Paragraph) and isinstance(below, Paragraph) and kept[-1]:
            unit = _UNIT.fullmatch(below.text)
            kept.append(bool(unit) and any(name.fullmatch(block.text) for name in (_TABLE_TITLE, _TABLE_NAME)))
        else:
            kept.append(False)
        below = block
    return kept[::-1]


def _block(
    block: Paragraph | Heading | Picture,
    context: IssueContext,
    markup: MarkupByOffset,
    *,
    kept: bool,
    opening: bool,
) -> str:
    """opening: it begins an article, and text follows. A page shall not end with one line of an article's text."""
    style_ids = context.style_ids
    keep = _KEEP_NEXT if kept else ""
    if isinstance(block, Picture):
        picture = paragraph(style_ids[styles.PICTURE], context.pictures.run(block) or runs(NO_PICTURE), keep)
        return picture + (
            paragraph(style_ids[styles.CAPTION], runs(block.caption, (), markup)) if block.caption else ""
        )
    if isinstance(block, Heading):
        level = min(max(block.level, 1), len(styles.HEADINGS))
        return paragraph(style_ids[styles.HEADINGS[level - 1]], runs(block.text, (), markup))
    content = runs_with_formulas(block.text, block.marks, block.formulas, markup)
    if kept:
        is_unit = _UNIT.fullmatch(block.text) is not None
        return paragraph(style_ids[styles.CAPTION], content, keep + (_RIGHT if is_unit else ""))
    alone = _KEEP_NEXT if opening and width(block.text) <= _FIRST_LINE else ""
    return paragraph(style_ids[styles.BODY], content, alone + (_LEFT if stretches(block.text) else ""))
