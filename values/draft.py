"""A draft issue as the editor sees it: in its cover note, its margins, and the letter that brings it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from values.finding import Finding, Severity
from values.issue import IssueNumber


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """An article of a draft issue."""

    id: int
    title: str
    department: str
    """Canonical name, "" while it is not known."""
    findings: tuple[Finding, ...] = ()
    flagged: bool = False
    """Whether its letter needs the editor's eye (`Verdict.FLAGGED`)."""
    text: int = 1
    """Number of its text (第N稿 of the article), from 1."""

    @property
    def doubts(self) -> str:
        """The errors and warnings, counted, in Chinese; "" for none."""
        worth_mending = (Severity.ERROR, Severity.WARNING)
        counts = [f"{severity.chinese} {count} 处" for severity in worth_mending if (count := self._count(severity))]
        return "，".join([*counts, "来信有需留意之处"] if self.flagged else counts)

    def _count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


@dataclass(frozen=True, slots=True)
class News:
    """How a revision of a draft differs from the one before, by titles of articles."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """With another text."""
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """Put in another place by the editor."""


@dataclass(frozen=True, slots=True)
class DraftIssue:
    """A revision of a draft."""

    about: tuple[str, ...]
    """Distinguishes it from every other revision: the Message-ID of its letter is made of it."""
    title: str
    """Of the bulletin."""
    label: str
    """第70期."""
    number: IssueNumber
    dated: date
    revision: int
    articles: tuple[DraftArticle, ...]
    news: News
    missing: tuple[str, ...]
    """本期未报送: names of the departments that have sent nothing since the last issue."""
    left_out: str = ""
    """The departments whose articles are all held, returned or rejected, with their numbers, in Chinese; "": none."""
