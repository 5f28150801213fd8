"""The contents page and the articles as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assembler import styles
from assembler.comments import Margin
from assembler.pictures import Album
from assembler.styles import Styles
from assembler.tables import table_xml
from assembler.wordml import NOTHING, paragraph, runs
from values.issue import Issue, IssueArticle, Section
from values.manuscript import Block, Heading, Paragraph, Picture, Table, block_lines

_NO_TITLE = "〔无标题〕"
_NO_PICTURE = "〔图片无法排入〕"
_PAGE_BREAK = "<w:pageBreakBefore/>"
_KEEP_NEXT: Final = "<w:keepNext/>"
_TABLE_TITLE: Final = re.compile(r"表\s?[\d一二三四五六七八九十]{1,3}(?:[:：.．、\s].{0,40}|[^\d。]{0,40})")


def contents_xml(issue: Issue, found: Styles) -> str:
    """目录: each ordinary article's unit, numbered, and its title. "" when there are no ordinary articles."""
    listed = [article for section in issue.sections if not section.name for article in section.articles]
    return "".join(_entry(number, article, found) for number, article in enumerate(listed, 1))


def articles_xml(issue: Issue, found: Styles, album: Album, margin: Margin, *, new_page: bool) -> str:
    """All articles, section after section. new_page: the first paragraph begins a page."""
    parts: list[str] = []
    for section in issue.sections:
        parts += _section(section, found, album, margin, new_page=new_page and not parts)
    return "".join(parts)


def gap_xml(found: Styles) -> str:
    """An empty paragraph: Word joins two tables that touch, and wants a paragraph after the last one."""
    return paragraph(found[styles.TABLE_TEXT], "")


def _entry(number: int, article: IssueArticle, found: Styles) -> str:
    unit = article.department or article.manuscript.byline or ""
    title = article.manuscript.title or _NO_TITLE
    if not unit:
        return paragraph(found[styles.CONTENTS_TITLE], runs(f"{number}. {title}"))
    return paragraph(found[styles.CONTENTS_DEPARTMENT], runs(f"{number}. {unit}")) + paragraph(
        found[styles.CONTENTS_TITLE], runs(title)
    )


def _section(section: Section, found: Styles, album: Album, margin: Margin, *, new_page: bool) -> list[str]:
    opening = _PAGE_BREAK if new_page else ""
    parts = []
    if section.name and section.articles:
        parts.append(paragraph(found[styles.SECTION_HEADING], runs(f"【{section.name}】"), opening))
        opening = ""
    for article in section.articles:
        title = "\n".join(article.manuscript.title_lines) or _NO_TITLE
        remarks = margin.on_title(article.id, title, len(article.manuscript.lines))
        parts.append(paragraph(found[styles.ARTICLE_TITLE], runs(title, (), remarks), opening))
        opening = ""
        byline = _byline(section, article)
        if byline:
            parts.append(paragraph(found[styles.BYLINE], runs(byline)))
        parts += _blocks(article, found, album, margin)
    return parts


def _byline(section: Section, article: IssueArticle) -> str:
    """The register's name, as in the contents. A notice is the office's own and unsigned, unless its author signed."""
    if section.name and not article.manuscript.byline:
        return ""
    return article.department or article.manuscript.byline or ""


def _blocks(article: IssueArticle, found: Styles, album: Album, margin: Margin) -> list[str]:
    parts: list[str] = []
    blocks = article.manuscript.blocks
    number = 0
    for block, kept in zip(blocks, _kept_with_next(blocks), strict=True):
        if isinstance(block, Table):
            block_xml = table_xml(block, found, margin.on_table(article.id, number, block))
        else:
            printed = block.caption if isinstance(block, Picture) else block.text
            remarks = margin.on_line(article.id, number, printed) if block_lines(block) else NOTHING
            block_xml = _block(block, found, album, remarks, kept=kept)
        if isinstance(block, Table) and block_xml and parts and parts[-1].endswith("</w:tbl>"):
            parts.append(gap_xml(found))
        if block_xml:
            parts.append(block_xml)
        number += len(block_lines(block))
    return parts


def _kept_with_next(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks stay on the page of what follows: pictures of a group with their caption, 表1 with its table."""
    kept: list[bool] = []
    below: Block | None = None
    for block in reversed(blocks):
        if isinstance(block, Picture):
            kept.append(bool(block.caption) or (isinstance(below, Picture) and kept[-1]))
        elif isinstance(block, Paragraph) and isinstance(below, Table):
            kept.append(_TABLE_TITLE.fullmatch(block.text) is not None)
        else:
            kept.append(False)
        below = block
    return kept[::-1]


def _block(
    block: Paragraph | Heading | Picture, found: Styles, album: Album, remarks: Mapping[int, str], *, kept: bool
) -> str:
    keep = _KEEP_NEXT if kept else ""
    if isinstance(block, Picture):
        picture = paragraph(found[styles.PICTURE], album.show(block) or runs(_NO_PICTURE), keep)
        return picture + (paragraph(found[styles.CAPTION], runs(block.caption, (), remarks)) if block.caption else "")
    if isinstance(block, Heading):
        level = min(max(block.level, 1), len(styles.HEADINGS))
        return paragraph(found[styles.HEADINGS[level - 1]], runs(block.text, (), remarks))
    return paragraph(found[styles.CAPTION if kept else styles.BODY], runs(block.text, block.marks, remarks), keep)
