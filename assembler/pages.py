"""The articles as WordprocessingML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assembler import styles
from assembler.comments import Margin
from assembler.contents import NO_TITLE, bookmark
from assembler.pictures import Album
from assembler.sections import Sections
from assembler.styles import TemplateStyles
from assembler.tables import LANDSCAPE, is_wide, table_xml
from assembler.titles import set_title
from assembler.wordml import NOTHING, PAGE_BREAK, paragraph, runs
from values.issue import Issue, IssueArticle, Section
from values.manuscript import Block, Heading, Paragraph, Picture, Table, block_lines

_NO_PICTURE = "〔图片无法排入〕"
_KEEP_NEXT: Final = "<w:keepNext/>"
_TABLE_TITLE: Final = re.compile(r"表\s?[\d一二三四五六七八九十]{1,3}(?:[:：.．、\s].{0,40}|[^\d。]{0,40})")


@dataclass(frozen=True, slots=True)
class Kit:
    """What the articles of one issue are set with. bookmarks: ids that the template does not use. margin: where the
    findings of a draft stand."""

    styles: TemplateStyles
    album: Album
    bookmarks: Iterator[int]
    sections: Sections
    margin: Margin


def articles_xml(issue: Issue, kit: Kit, *, new_page: bool) -> str:
    """All articles, section after section. new_page: the first paragraph begins a page."""
    parts: list[str] = []
    for section in issue.sections:
        parts += _section(section, kit, new_page=new_page and not parts)
    return "".join(parts)


def gap_xml(found: TemplateStyles) -> str:
    """An empty paragraph: Word joins two tables that touch, and wants a paragraph after the last one."""
    return paragraph(found[styles.TABLE_TEXT], "")


def _section(section: Section, kit: Kit, *, new_page: bool) -> list[str]:
    found = kit.styles
    opening = PAGE_BREAK if new_page else ""
    parts = []
    if section.name and section.articles:
        parts.append(paragraph(found[styles.SECTION_HEADING], runs(f"【{section.name}】"), opening))
        opening = ""
    for article in section.articles:
        parts.append(paragraph(found[styles.ARTICLE_TITLE], _title(article, kit), opening))
        opening = ""
        byline = byline_of(section, article)
        if byline:
            parts.append(paragraph(found[styles.BYLINE], runs(byline)))
        parts += _blocks(article, kit)
    return parts


def _title(article: IssueArticle, kit: Kit) -> str:
    """The runs of the title in lines that break well, within the bookmark to which the contents page refers."""
    title = title_of(article)
    remarks = kit.margin.on_title(article.id, title, len(article.manuscript.lines))
    bookmark_id = next(kit.bookmarks)
    return (
        f'<w:bookmarkStart w:id="{bookmark_id}" w:name="{bookmark(article)}"/>{runs(title, (), remarks)}'
        f'<w:bookmarkEnd w:id="{bookmark_id}"/>'
    )


def title_of(article: IssueArticle) -> str:
    """With the breaks of its lines, as it is printed."""
    return "\n".join(set_title(article.manuscript.title_lines)) or NO_TITLE


def byline_of(section: Section, article: IssueArticle) -> str:
    """The register's name, as in the contents. A notice is the office's own and unsigned, unless its author signed."""
    if section.name and not article.manuscript.byline:
        return ""
    return article.department or article.manuscript.byline or ""


def _blocks(article: IssueArticle, kit: Kit) -> list[str]:
    parts: list[str] = []
    blocks = article.manuscript.blocks
    named = False
    number = 0
    for block, kept in zip(blocks, kept_with_next(blocks), strict=True):
        if isinstance(block, Table):
            _put_table(parts, article, block, number, kit, named=named)
        else:
            printed = block.caption if isinstance(block, Picture) else block.text
            remarks = kit.margin.on_line(article.id, number, printed) if block_lines(block) else NOTHING
            parts.append(_block(block, kit, remarks, kept=kept))
        named = kept and isinstance(block, Paragraph)
        number += len(block_lines(block))
    return parts


def _put_table(parts: list[str], article: IssueArticle, table: Table, number: int, kit: Kit, *, named: bool) -> None:
    """number: of the table's first row among the article's lines. named: what stands before it is its name."""
    remarks = kit.margin.on_table(article.id, number, table)
    if is_wide(table):
        _put_on_landscape(parts, table_xml(table, kit.styles, remarks, LANDSCAPE), kit, named=named)
    elif xml := table_xml(table, kit.styles, remarks):
        if parts and parts[-1].endswith("</w:tbl>"):
            parts.append(gap_xml(kit.styles))
        parts.append(xml)


def _put_on_landscape(parts: list[str], table: str, kit: Kit, *, named: bool) -> None:
    """A wide table goes on its own page; with its name, and with the wide table right before it."""
    content = (parts.pop() if named else "") + table
    joined = kit.sections.with_more(parts[-1], gap_xml(kit.styles) + content) if parts else None
    if joined is None:
        parts.append(kit.sections.on_landscape(content))
    else:
        parts[-1] = joined


def kept_with_next(blocks: Sequence[Block]) -> list[bool]:
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


def _block(block: Paragraph | Heading | Picture, kit: Kit, remarks: Mapping[int, str], *, kept: bool) -> str:
    found = kit.styles
    keep = _KEEP_NEXT if kept else ""
    if isinstance(block, Picture):
        picture = paragraph(found[styles.PICTURE], kit.album.show(block) or runs(_NO_PICTURE), keep)
        return picture + (paragraph(found[styles.CAPTION], runs(block.caption, (), remarks)) if block.caption else "")
    if isinstance(block, Heading):
        level = min(max(block.level, 1), len(styles.HEADINGS))
        return paragraph(found[styles.HEADINGS[level - 1]], runs(block.text, (), remarks))
    return paragraph(found[styles.CAPTION if kept else styles.BODY], runs(block.text, block.marks, remarks), keep)
