"""Searches articles, letters, past issues and 批示, and completes the index that this needs."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog

from archive import issues, letters, search
from archive.article_headings import ArticleHeading, article_headings
from archive.corrections import CorrectionLink, corrections_of
from archive.issues import IssueRecord
from archive.letter_pages import without_content
from archive.letters import LetterRecord
from archive.search import Kind, Match
from archive.transaction import Transaction
from intake.pool import ReadingPool
from programs.crash import Crash
from service.letters.letter_leads import LetterLead, letter_leads
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
class ArticleHit:
    """An article whose texts contain the words: one hit, whatever of it contains them."""

    hit: Hit
    heading: ArticleHeading
    """With its unit, status and issue."""


@dataclass(frozen=True, slots=True)
class LetterHit:
    """A letter that contains the words, while no article that it brought does."""

    hit: Hit
    lead: LetterLead | None
    """Department and title of what it brought; None: it brought nothing, and is listed by its subject."""
    record: LetterRecord


@dataclass(frozen=True, slots=True)
class PastHit:
    """A signed-off issue whose 期号, date, 按语 or editor contains the words. Its articles are hits of their own."""

    hit: Hit
    issue: IssueRecord


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a search, of each kind the latest first."""

    words: tuple[str, ...]
    """The folded words of the query; () for an empty one."""
    articles: tuple[ArticleHit, ...] = ()
    letters: tuple[LetterHit, ...] = ()
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
    with office.ledger.reading() as ledger:
        # Also where letters alone are wanted: those of matching articles are left out.
        matches = search.find_articles(ledger, bulletin.id, words, most=most + 1 if "article" in kinds else 0)
        mail: Sequence[Match] = ()
        if "letter" in kinds:
            mail = search.find_other_letters(ledger, bulletin.id, words, than_of=matches.ids, most=most + 1)
        past = search.find(ledger, bulletin.id, "issue", words, most=most + 1) if "issue" in kinds else ()
        noted: Sequence[Match] = ()
        if "endorsement" in kinds:
            noted = search.find(ledger, bulletin.id, "endorsement", words, most=most + 1)
        return Results(
            words,
            _article_hits(ledger, matches.latest[:most], words),
            _letter_hits(ledger, mail[:most], words),
            _past_hits(ledger, past[:most], words),
            tuple(_hit(match, words) for match in noted[:most]),
            corrections_of(ledger, [match.id for match in matches.latest[:most]]),
            frozenset(match.kind for of_kind in (matches.latest, mail, past, noted) for match in of_kind[most:]),
        )


def _article_hits(ledger: Transaction, matches: Sequence[Match], words: tuple[str, ...]) -> tuple[ArticleHit, ...]:
    headings = article_headings(ledger, [match.id for match in matches])
    return tuple(ArticleHit(_hit(match, words), headings[match.id]) for match in matches)


def _letter_hits(ledger: Transaction, matches: Sequence[Match], words: tuple[str, ...]) -> tuple[LetterHit, ...]:
    ids = [match.id for match in matches]
    leads = letter_leads(ledger, ids)
    records = {record.id: record for record in letters.letters_with_ids(ledger, ids)}
    return tuple(LetterHit(_hit(match, words), leads.get(match.id), records[match.id]) for match in matches)


def _past_hits(ledger: Transaction, matches: Sequence[Match], words: tuple[str, ...]) -> tuple[PastHit, ...]:
    records = {record.id: record for record in issues.issues_with_ids(ledger, [match.id for match in matches])}
    return tuple(PastHit(_hit(match, words), records[match.id]) for match in matches)


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
