"""What editors have decided about findings: 忽略 or 已核实 in one article, and words that are always allowed.

A finding is stored with the text that it was made for; a decision about it by the fingerprint of its words
(`values.fingerprint`), so that it stands in every text of the article that has those words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, insert, literal, select

from archive.schema import allowed_word, article, settled_finding
from archive.transaction import Transaction
from values.finding import Finding, FindingState, Settlement
from values.fingerprint import fingerprint_of
from values.manuscript import Manuscript

_SETTLED: Final = select(
    settled_finding.c.article_id, settled_finding.c.fingerprint, settled_finding.c.state, settled_finding.c.who
)
# Built once: building a statement takes longer than SQLite takes for one article.
_SETTLED_BY_ID: Final = _SETTLED.where(settled_finding.c.article_id == bindparam("article"))
_ALLOWED: Final = select(allowed_word.c.bulletin, allowed_word.c.word, allowed_word.c.who)


@dataclass(frozen=True, slots=True)
class AllowedWord:
    """A word that the proofreader passes over."""

    bulletin: str
    """Id of the bulletin for whose articles it is allowed."""
    word: str
    who: str
    """Name of the editor who allowed it."""
    allowed_at: datetime


@dataclass(frozen=True, slots=True)
class Settlements:
    """What is decided about the findings of some articles."""

    by_article: Mapping[int, Mapping[str, Settlement]]
    """Article id → fingerprint → decision."""
    allowed: Mapping[str, Mapping[str, Settlement]]
    """Id of the bulletin → allowed word → decision about every finding that it covers."""

    def applied(
        self, article_id: int, bulletin: str, manuscript: Manuscript, findings: Iterable[Finding]
    ) -> tuple[Finding, ...]:
        """The findings of the article, each with what was decided about it."""
        settled, allowed = self.by_article.get(article_id), self.allowed.get(bulletin, {})
        return tuple(
            replace(
                finding,
                settlement=(settled.get(fingerprint_of(finding, manuscript)) if settled else None)
                or _settlement_by_word(finding, manuscript, allowed),
            )
            if settled or allowed or finding.settlement
            else finding
            for finding in findings
        )


def settlements_of(ledger: Transaction, article_id: int) -> Settlements:
    """What is decided about findings of this article."""
    return _settlements(ledger, ledger.sql.execute(_SETTLED_BY_ID, {"article": article_id}))


def settlements_where(ledger: Transaction, *conditions: ColumnElement[bool]) -> Settlements:
    """What is decided about findings of the articles that meet the conditions, which are on columns of `article`."""
    ids = select(article.c.id).where(*conditions)
    return _settlements(ledger, ledger.sql.execute(_SETTLED.where(settled_finding.c.article_id.in_(ids))))


def settle(
    ledger: Transaction, article_id: int, fingerprints: Collection[str], settlement: Settlement, *, at: datetime
) -> None:
    """Records the decision about the findings with these fingerprints, in place of what was decided before."""
    reopen(ledger, article_id, fingerprints)
    rows = [
        {
            "article_id": article_id,
            "fingerprint": fingerprint,
            "state": settlement.state.value,
            "who": settlement.who,
            "settled_at": at,
        }
        for fingerprint in sorted(set(fingerprints))
    ]
    ledger.sql.execute(insert(settled_finding), rows)


def copy_settlements(ledger: Transaction, article_id: int, other: int) -> None:
    """What was decided about findings of the article stands in another one too, which has words of it."""
    columns = (settled_finding.c.fingerprint, settled_finding.c.state, settled_finding.c.who)
    of_article = select(literal(other), *columns, settled_finding.c.settled_at).where(
        settled_finding.c.article_id == article_id,
        settled_finding.c.fingerprint.not_in(
            select(settled_finding.c.fingerprint).where(settled_finding.c.article_id == other)
        ),
    )
    names = ["article_id", "fingerprint", "state", "who", "settled_at"]
    ledger.sql.execute(settled_finding.insert().from_select(names, of_article))


def reopen(ledger: Transaction, article_id: int, fingerprints: Collection[str]) -> None:
    """Deletes what was decided about the findings with these fingerprints."""
    of_article = (settled_finding.c.article_id == article_id, settled_finding.c.fingerprint.in_(list(fingerprints)))
    ledger.sql.execute(delete(settled_finding).where(*of_article))


def allow(ledger: Transaction, bulletin: str, word: str, *, who: str, at: datetime) -> bool:
    """Puts the word into the list of the bulletin. Returns False where it is there already, and changes nothing."""
    if any(allowed.word == word for allowed in allowed_words(ledger, bulletin)):
        return False
    ledger.sql.execute(insert(allowed_word).values(bulletin=bulletin, word=word, who=who, allowed_at=at))
    return True


def disallow(ledger: Transaction, bulletin: str, word: str) -> bool:
    """Takes the word out of the list. Returns whether it was there."""
    this = (allowed_word.c.bulletin == bulletin, allowed_word.c.word == word)
    return ledger.sql.execute(delete(allowed_word).where(*this)).rowcount > 0


def allowed_words(ledger: Transaction, bulletin: str) -> Sequence[AllowedWord]:
    """The words of the bulletin, in the order of their characters."""
    columns = allowed_word.c
    rows = ledger.sql.execute(
        select(columns.bulletin, columns.word, columns.who, columns.allowed_at)
        .where(columns.bulletin == bulletin)
        .order_by(columns.word)
    )
    return [AllowedWord(*row) for row in rows]


def _settlements(ledger: Transaction, rows: Iterable[Sequence[str]]) -> Settlements:
    by_article: defaultdict[int, dict[str, Settlement]] = defaultdict(dict)
    for article_id, fingerprint, state, who in rows:
        by_article[int(article_id)][fingerprint] = Settlement(FindingState(state), who)
    allowed: defaultdict[str, dict[str, Settlement]] = defaultdict(dict)
    for bulletin, word, who in ledger.sql.execute(_ALLOWED):
        allowed[bulletin][word] = Settlement(FindingState.DISMISSED, who, word)
    return Settlements(by_article, allowed)


def _settlement_by_word(
    finding: Finding, manuscript: Manuscript, allowed: Mapping[str, Settlement]
) -> Settlement | None:
    """The decision by the first allowed word that covers all characters of the finding where it stands; None: none."""
    if not allowed or not finding.rule.concerns_word or finding.paragraph is None or finding.start is None:
        return None
    lines = manuscript.lines
    line = lines[finding.paragraph] if finding.paragraph < len(lines) else ""
    end = finding.start + 1 if finding.end is None else finding.end
    covering = (settlement for word, settlement in allowed.items() if _covers(word, line, finding.start, end))
    return next(covering, None)


def _covers(word: str, line: str, start: int, end: int) -> bool:
    """Whether an occurrence of the word in the line contains the characters [start, end)."""
    return line.find(word, max(end - len(word), 0), start + len(word)) != -1
