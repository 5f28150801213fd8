"""Searches articles, letters, past issues and 批示, and completes the index that this needs."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from archive import issues, letters, search
from archive.corrections import CorrectionLink, corrections_of
from archive.issues import IssueRecord
from archive.letter_pages import without_content
from archive.letters import LetterRecord
from archive.search import Kind, Match, PrintedMatch
from archive.transaction import Transaction
from intake.pool import ReadingPool
from programs.crash import Crash
from service.office import Office
from settings.model import BulletinSettings
from values.errors import JianbaoError
from values.folding import ExcerptPiece, excerpt, words_of_query
from values.letter import LetterContent

_log = structlog.get_logger(__name__)

_AT_ONCE: Final = 50
_LONGEST_HEADING: Final = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with excerpts in which the words of the query are marked."""

    match: Match
    heading: tuple[ExcerptPiece, ...]
    """Title, subject or issue, shortened."""
    excerpt: tuple[ExcerptPiece, ...]
    """The first place in the rest of the text, or its beginning when the words occur in the heading alone."""


@dataclass(frozen=True, slots=True)
class PastHit:
    """A signed-off issue: its own texts hold the words (`itself`), or articles in it do, as printed."""

    issue: IssueRecord
    itself: Hit | None
    articles: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a search, of each kind the latest first."""

    words: tuple[str, ...]
    """The folded words of the query; () for an empty one."""
    articles: tuple[Hit, ...] = ()
    letters: tuple[Hit, ...] = ()
    past: tuple[PastHit, ...] = ()
    endorsements: tuple[Hit, ...] = ()
    """批示, each with the id of its article."""
    corrections: Mapping[int, Sequence[CorrectionLink]] = field(default_factory=dict)
    """What corrects the articles among the results, by their ids."""
    more: frozenset[Kind] = frozenset()
    """The kinds that have further matches."""


def search_everything(
    office: Office,
    bulletin: BulletinSettings,
    query: str,
    kinds: tuple[Kind, ...] = ("article", "letter", "issue", "endorsement"),
    *,
    most: int,
) -> Results:
    """Everything that contains all words of the query, the latest first. most: results of each kind."""
    words = words_of_query(query)
    if not words:
        return Results(())
    none: tuple[Match, ...] = ()
    with office.ledger.reading() as ledger:
        matches = search.ArticleMatches((), ())
        if "article" in kinds or "issue" in kinds:
            matches = search.find_articles(ledger, bulletin.id, words, most=most + 1)
        articles = matches.latest if "article" in kinds else none
        mail = search.find(ledger, bulletin.id, "letter", words, most=most + 1) if "letter" in kinds else none
        noted = (
            search.find(ledger, bulletin.id, "endorsement", words, most=most + 1) if "endorsement" in kinds else none
        )
        past, more_past = _past(ledger, bulletin, words, matches.printed, most) if "issue" in kinds else ((), False)
        links = corrections_of(ledger, [match.id for match in (*articles, *(hit.article for hit in matches.printed))])
    more: dict[Kind, bool] = {
        "article": len(articles) > most,
        "letter": len(mail) > most,
        "issue": more_past,
        "endorsement": len(noted) > most,
    }
    return Results(
        words,
        tuple(_hit(match, words) for match in articles[:most]),
        tuple(_hit(match, words) for match in mail[:most]),
        past,
        tuple(_hit(match, words) for match in noted[:most]),
        links,
        frozenset(kind for kind, is_so in more.items() if is_so),
    )


def _past(
    ledger: Transaction, bulletin: BulletinSettings, words: tuple[str, ...], printed: Sequence[PrintedMatch], most: int
) -> tuple[tuple[PastHit, ...], bool]:
    """The issues, and whether there are more."""
    themselves = {match.id: match for match in search.find(ledger, bulletin.id, "issue", words, most=most + 1)}
    ids = dict.fromkeys([*themselves, *(match.issue for match in printed)])
    records = sorted(issues.issues_with_ids(ledger, list(ids)), key=_signed_at, reverse=True)
    hits = [
        PastHit(
            record,
            _hit(themselves[record.id], words) if record.id in themselves else None,
            tuple(_hit(match.article, words) for match in printed[:most] if match.issue == record.id),
        )
        for record in records[:most]
    ]
    return tuple(hits), len(records) > most or len(printed) > most


def make_searchable(office: Office, pool: ReadingPool, stop: threading.Event) -> None:
    """Completes the index and reads the content of letters that were read by an earlier version.

    Interrupted at any moment and run again, it continues with what is still missing. Never raises.
    """
    try:
        with office.ledger.writing() as ledger:
            missing = search.count_unindexed(ledger)
            if missing:
                _log.warning("search index rebuilt", missing=missing)
                search.rebuild(ledger)
        last = 0
        while not stop.is_set():
            with office.ledger.reading() as ledger:
                batch = without_content(ledger, after=last, most=_AT_ONCE)
            if not batch:
                return
            last = batch[-1].id
            read = {letter.id: _content_of(office, pool, letter) for letter in batch}
            with office.ledger.writing() as ledger:
                for id, content in read.items():
                    letters.write_content(ledger, id, content)
                search.index_letters(ledger, list(read))
    except JianbaoError as error:
        _log.error("letters not indexed", reason=str(error))


def _content_of(office: Office, pool: ReadingPool, letter: LetterRecord) -> LetterContent:
    """The letter's content. Only a letter that crashes its reader twice is stored as empty: the first process may
    have been killed for another reason, such as the machine's want of memory."""
    for _ in range(2):
        answer = pool.content(office.raws.path(letter.sha256), letter.size)
        if not isinstance(answer, Crash):
            return answer
    return LetterContent(cut=True)


def _hit(match: Match, words: tuple[str, ...]) -> Hit:
    rest = match.text.removeprefix(match.heading).lstrip("\n")
    return Hit(match, excerpt(match.heading[:_LONGEST_HEADING], words, around=_LONGEST_HEADING), excerpt(rest, words))


def _signed_at(record: IssueRecord) -> tuple[bool, object]:
    return record.decided_at is not None, record.decided_at
