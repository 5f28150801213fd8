"""A draft issue as the editor is told of it: on its cover note, in its margins, and in the letter that brings it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from values.finding import Finding, Severity
from values.issue import IssueNumber


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """An article of a draft issue. flagged: its letter needs the editor's eye."""

    id: int
    title: str
    department: str
    findings: tuple[Finding, ...] = ()
    flagged: bool = False

    @property
    def doubts(self) -> str:
        """What the editor should look at, counted, in Chinese; "" for nothing."""
        worth_mending = (Severity.ERROR, Severity.WARNING)
        told = [f"{severity.chinese} {count} 处" for severity in worth_mending if (count := self._count(severity))]
        return "，".join([*told, "来信有需留意之处"] if self.flagged else told)

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class News:
    """What is new, newly written, gone or in another place against the revision before: titles."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftIssue:
    """A revision of a draft. about: what tells it from every other one. missing: departments without an article."""

    about: tuple[str, ...]
    title: str
    label: str
    number: IssueNumber
    dated: date
    revision: int
    articles: tuple[DraftArticle, ...]
    news: News
    missing: tuple[str, ...]
