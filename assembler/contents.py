"""The contents page (目录): number, unit, title and page of each ordinary article."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assembler import styles
from assembler.imprint import imprint_shown
from assembler.package import open_package
from assembler.styles import TemplateStyles
from assembler.titles import set_title
from assembler.wordml import field, paragraph, runs
from values.draft_marks import title_mark
from values.issue import Issue, IssueArticle

NO_TITLE: Final = "〔无标题〕"
UNKNOWN_PAGE: Final = "？"
"""Printed for the page of an article until the pages have been laid out. Word fills it in when it opens the file."""
_PER_LINE: Final = 24.0
"""Characters of a title on one line of the contents. It leaves room for the page number: a right indent would do so
too, but LibreOffice then drops the number."""
_PAGE_FIELD: Final = re.compile(rb"<w:instrText[^>]*> PAGEREF (article\d+) .*?<w:t[^>]*>([^<]*)</w:t>", re.DOTALL)
_LINK: Final = '<w:hyperlink w:anchor="{}" w:history="1">{}</w:hyperlink>'


def listed(issue: Issue) -> tuple[IssueArticle, ...]:
    """The articles that the contents page lists: the ordinary ones, in printing order."""
    return tuple(article for section in issue.sections if not section.name for article in section.articles)


def bookmark(article: IssueArticle) -> str:
    """The name of the bookmark on an article's title."""
    return title_mark(article.id)


def contents_xml(issue: Issue, style_ids: TemplateStyles, pages: Mapping[str, int]) -> str:
    """A paragraph for the unit and one for the title, linked to the article. "" when there are no ordinary articles.

    pages: the page by bookmark; it is the result of a PAGEREF field, which the reader's program may work out anew.
    """
    return "".join(_entry(number, article, style_ids, pages) for number, article in enumerate(listed(issue), 1))


def pages_shown(docx: bytes) -> Mapping[str, int]:
    """The page by bookmark, as the contents page of an issue prints it; articles without a page are left out. With the
    page on which its 版记 was counted.

    Raises NotAPackage when the bytes are no .docx.
    """
    package = open_package(docx)
    fields = _PAGE_FIELD.findall(package.data(package.document))
    articles = {name.decode(): int(page) for name, page in fields if page.isdigit()}
    return {**articles, **imprint_shown(package.data(package.document))}


def entry_of(article: IssueArticle) -> tuple[str, str]:
    """The unit, "" for none, and the title with its line breaks, as the contents page prints them."""
    return article.unit, "\n".join(set_title((article.manuscript.title,), _PER_LINE)) or NO_TITLE


def _entry(number: int, article: IssueArticle, style_ids: TemplateStyles, pages: Mapping[str, int]) -> str:
    unit, title = entry_of(article)
    name = bookmark(article)
    page = str(pages[name]) if name in pages else UNKNOWN_PAGE
    content = runs(f"{title}\t" if unit else f"{number}. {title}\t") + field(f"PAGEREF {name} \\h", page)
    title_line = paragraph(style_ids[styles.CONTENTS_TITLE], _LINK.format(name, content))
    if not unit:
        return title_line
    return paragraph(style_ids[styles.CONTENTS_DEPARTMENT], runs(f"{number}. {unit}")) + title_line
