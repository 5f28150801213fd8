"""A numbered issue, ready to be typeset. Everything in it is data; the wording around it is in the Word template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from values.manuscript import Manuscript


class ArticleStatus(StrEnum):
    """What was decided about an article. `archive.articles.change_status` records every change with who and why."""

    DRAFT = "draft"
    """待审: nobody has decided; the next draft issue takes it."""
    ADOPTED = "adopted"
    """采用: chosen by an editor; the next draft issue takes it."""
    HELD = "held"
    """留用: good, but not for the next issue; waits until it is adopted or rejected."""
    RETURNED = "returned"
    """退改: sent back to its department to be changed; its answer makes it a draft again."""
    REJECTED = "rejected"
    """退稿: not wanted."""
    PUBLISHED = "published"
    """已刊发: printed in a signed-off issue; its text and status do not change any more."""

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
    """How far an issue is."""

    DRAFT = "draft"
    """送审: its number is reserved; what arrives joins its next revision."""
    SIGNED_OFF = "signed_off"
    """签发: number and files are final, its articles published."""
    DISCARDED = "discarded"
    """作废: withdrawn before the sign-off; its articles and its number are free again."""

    @property
    def chinese(self) -> str:
        return {"draft": "送审", "signed_off": "签发", "discarded": "作废"}[self.value]


@dataclass(frozen=True, slots=True)
class IssueNumber:
    """The number of an issue in its series: running (第70期) or starting anew each year (2022年第12期).

    A supplement (增刊第1期, 2022年增刊第1期) is counted in a series of its own, never among the ordinary issues.
    """

    number: int
    """From 1."""
    numbering: Literal["running", "yearly"]
    year: int
    """Of its date, also where numbers run on."""
    supplement: bool = False

    @property
    def series(self) -> str:
        """Numbers are unique within a series. At most 16 characters."""
        kinds = (["supplement"] if self.supplement else []) + ([] if self.numbering == "running" else [str(self.year)])
        return "-".join(kinds) or "running"

    @property
    def label(self) -> str:
        """As it is printed: 第70期, 2022年第12期, 增刊第1期."""
        year = "" if self.numbering == "running" else f"{self.year}年"
        return f"{year}{'增刊' if self.supplement else ''}第{self.number}期"

    @property
    def folder(self) -> str:
        """The name of its folder, with which the names of its files begin: 70, 2022-12, supplement-1."""
        year = "" if self.numbering == "running" else f"{self.year}-"
        return f"{year}{'supplement-' if self.supplement else ''}{self.number}"

    @property
    def as_argument(self) -> str:
        """The arguments that name it in a command, besides the bulletin."""
        return f"{self.number} --supplement" if self.supplement else str(self.number)


@dataclass(frozen=True, slots=True)
class Masthead:
    """报头: the top of the first page."""

    title: str
    kind: str
    """工作简报."""
    number: IssueNumber
    office: str
    """编印单位."""
    dated: date
    """印发日期: the day of the sign-off."""
    total: int = 0
    """总期号: the number among all issues ever made; 0 to print none."""
    date_form: Literal["arabic", "chinese"] = "arabic"
    """2022年11月8日 or 二〇二二年十一月八日."""
    marking: str = ""
    """标注 above the name, such as 内部资料 注意保存; "" for none."""
    registration: str = ""
    """编号 opposite the marking, such as the number of a permit to print; "" for none."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记（报尾）: the end of the last page."""

    report_to: tuple[str, ...]
    """报."""
    copy_to: tuple[str, ...]
    """送."""
    issue_to: tuple[str, ...]
    """发."""
    office: str
    phone: str
    call_for_papers: str
    """投稿启事."""
    mailbox: str
    """The address that articles are sent to."""
    copies: int = 0
    """印数; 0 to print none."""
    double_sided: bool = False
    """Whether it is to stand on an even page, the back of a sheet, with an empty page before it where needed."""
    responsible_editor: str = ""
    """责任编辑; "" to print none."""
    signed_by: str = ""
    """签发: who approved in the last step, or signed off where there are no steps; "" before the sign-off."""


@dataclass(frozen=True, slots=True)
class IssueArticle:
    """An article as it goes into an issue."""

    id: int
    section: str
    """栏目; "" for an ordinary article."""
    department: str
    """Canonical name, "" while it is not known."""
    manuscript: Manuscript
    position: int | None = None
    """The place in its section that the editor gave it, from 0; None where the office's order decides."""
    departments: tuple[str, ...] = ()
    """The departments that sign it together, in their order, `department` first; () or one: no joint work."""

    @property
    def unit(self) -> str:
        """The unit as contents and byline print it, all units of joint work; "" for none.

        The register's names, unless units that it does not have sign too.
        """
        byline = self.manuscript.byline or ""
        signers = byline.count("、") + 1
        if self.department and signers > max(1, len(self.departments)):
            return byline
        return "、".join(self.departments) if len(self.departments) > 1 else self.department or byline


@dataclass(frozen=True, slots=True)
class Section:
    """栏目. The section named "" holds the ordinary articles, which the contents page lists."""

    name: str
    articles: tuple[IssueArticle, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A numbered issue: masthead, sections in their order, imprint."""

    masthead: Masthead
    sections: tuple[Section, ...]
    imprint: Imprint
    editors_note: tuple[str, ...] = ()
    """按语: its paragraphs; () for none."""

    @property
    def articles(self) -> tuple[IssueArticle, ...]:
        """All articles in the order of the issue."""
        return tuple(article for section in self.sections for article in section.articles)
