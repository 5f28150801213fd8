"""A numbered issue, ready to be typeset. Everything in it is data; wording around it lives in the Word template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from values.manuscript import Manuscript


class ArticleStatus(StrEnum):
    DRAFT = "draft"
    ADOPTED = "adopted"
    HELD = "held"
    RETURNED = "returned"
    REJECTED = "rejected"
    PUBLISHED = "published"

    @property
    def chinese(self) -> str:
        return _ARTICLE_STATUS_IN_CHINESE[self]


_ARTICLE_STATUS_IN_CHINESE = {
    ArticleStatus.DRAFT: "待审",
    ArticleStatus.ADOPTED: "采用",
    ArticleStatus.HELD: "留用",
    ArticleStatus.RETURNED: "退改",
    ArticleStatus.REJECTED: "退稿",
    ArticleStatus.PUBLISHED: "已刊发",
}


IN_ISSUE = frozenset({ArticleStatus.DRAFT, ArticleStatus.ADOPTED})
"""Statuses of the articles that the next issue takes."""


class IssueStatus(StrEnum):
    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    DISCARDED = "discarded"

    @property
    def chinese(self) -> str:
        return {"draft": "送审", "signed_off": "签发", "discarded": "作废"}[self.value]


@dataclass(frozen=True, slots=True)
class IssueNumber:
    """The number of an issue in its series: running (第70期) or starting anew each year (2022年第12期).

    A supplement (增刊第1期, 2022年增刊第1期) is counted in a series of its own, never among the ordinary issues.
    """

    number: int
    numbering: Literal["running", "yearly"]
    year: int
    supplement: bool = False

    @property
    def series(self) -> str:
        """Numbers are unique within a series. At most 16 characters."""
        kinds = (["supplement"] if self.supplement else []) + ([] if self.numbering == "running" else [str(self.year)])
        return "-".join(kinds) or "running"

    @property
    def label(self) -> str:
        year = "" if self.numbering == "running" else f"{self.year}年"
        return f"{year}{'增刊' if self.supplement else ''}第{self.number}期"

    @property
    def folder(self) -> str:
        """The name of its folder, with which the names of its files begin: 70, 2022-12, supplement-1."""
        year = "" if self.numbering == "running" else f"{self.year}-"
        return f"{year}{'supplement-' if self.supplement else ''}{self.number}"

    @property
    def as_argument(self) -> str:
        """How a command names it, beside the bulletin."""
        return f"{self.number} --supplement" if self.supplement else str(self.number)

    @property
    def remake(self) -> str:
        """The command that makes its draft again."""
        return "assemble --supplement" if self.supplement else "assemble"


@dataclass(frozen=True, slots=True)
class Masthead:
    """报头. total: the number among all issues ever made (总第70期), 0 to print none."""

    title: str
    kind: str
    number: IssueNumber
    office: str
    dated: date
    total: int = 0
    date_form: Literal["arabic", "chinese"] = "arabic"


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记（报尾）: 报, 送, 发, editing office, phone, call for papers, mailbox; copies printed, 0 to say nothing."""

    report_to: tuple[str, ...]
    copy_to: tuple[str, ...]
    issue_to: tuple[str, ...]
    office: str
    phone: str
    call_for_papers: str
    mailbox: str
    copies: int = 0


@dataclass(frozen=True, slots=True)
class IssueArticle:
    """An article as it goes into an issue. `department` is the canonical name, "" when no department is known.

    position: the editor's own place in its section, None where the office's order decides.
    """

    id: int
    section: str
    department: str
    manuscript: Manuscript
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """栏目. The section named "" holds the ordinary articles, which the contents page lists."""

    name: str
    articles: tuple[IssueArticle, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """editors_note: 按语, its paragraphs; () for none."""

    masthead: Masthead
    sections: tuple[Section, ...]
    imprint: Imprint
    editors_note: tuple[str, ...] = ()

    @property
    def articles(self) -> tuple[IssueArticle, ...]:
        return tuple(article for section in self.sections for article in section.articles)
