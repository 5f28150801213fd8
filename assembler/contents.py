"""The contents page (目录): each ordinary article's number, unit, title and page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from assembler import styles
from assembler.package import open_package
from assembler.styles import TemplateStyles
from assembler.titles import set_title
from assembler.wordml import field, paragraph, runs
from values.issue import Issue, IssueArticle

NO_TITLE: Final = "〔无标题〕"
UNKNOWN_PAGE: Final = "？"
"""The page of an article until somebody has laid the pages out. Word then fills it in on opening."""
# A right indent would keep the title off the page number, but LibreOffice swallows the number then.
_PER_LINE: Final = 24.0
_SHOWN: Final = re.compile(rb"<w:instrText[^>]*> PAGEREF (article\d+) .*?<w:t[^>]*>([^<]*)</w:t>", re.DOTALL)
_LINK: Final = '<w:hyperlink w:anchor="{}" w:history="1">{}</w:hyperlink>'


def listed(issue: Issue) -> tuple[IssueArticle, ...]:
    """The articles that the contents page lists: the ordinary ones, in printing order."""
    return tuple(article for section in issue.sections if not section.name for article in section.articles)


def bookmark(article: IssueArticle) -> str:
    """The name of the bookmark on an article's title: letters and digits, which a PDF shows as they are."""
    return f"article{article.id}"


def contents_xml(issue: Issue, found: TemplateStyles, pages: Mapping[str, int]) -> str:
    """A paragraph for the unit and one for the title, linked to the article. "" when there are no ordinary articles.

    pages: the page by bookmark; shown until the reader's program works the number out itself (PAGEREF).
    """
    return "".join(_entry(number, article, found, pages) for number, article in enumerate(listed(issue), 1))


def pages_shown(docx: bytes) -> Mapping[str, int]:
    """The page by bookmark, as the contents page of an issue shows it; empty where it does not. Raises NotAPackage."""
    package = open_package(docx)
    shown = _SHOWN.findall(package.data(package.document))
    return {name.decode(): int(page) for name, page in shown if page.isdigit()}


def entry_of(article: IssueArticle) -> tuple[str, str]:
    """The unit, "" for none, and the title with the breaks of its lines, as the contents page prints them."""
    unit = article.department or article.manuscript.byline or ""
    return unit, "\n".join(set_title((article.manuscript.title,), _PER_LINE)) or NO_TITLE


def _entry(number: int, article: IssueArticle, found: TemplateStyles, pages: Mapping[str, int]) -> str:
    unit, title = entry_of(article)
    name = bookmark(article)
    shown = str(pages[name]) if name in pages else UNKNOWN_PAGE
    inner = runs(f"{title}\t" if unit else f"{number}. {title}\t") + field(f"PAGEREF {name} \\h", shown)
    line = paragraph(found[styles.CONTENTS_TITLE], _LINK.format(name, inner))
    return paragraph(found[styles.CONTENTS_DEPARTMENT], runs(f"{number}. {unit}")) + line if unit else line
