"""查找替换: words of the articles of the next issue, and other words in their place, in one transaction."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from archive import articles
from archive.articles import ArticleRecord
from archive.transaction import Transaction
from service.article.edit import write_replaced
from service.article.occurrences import Occurrence, WordsPlace, occurrences, with_replaced
from service.issue.preview import issue_now
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, NotThere
from values.issue import ArticleStatus

LONGEST: Final = 100
"""Characters of the words: a sentence; longer passages are edited in their article."""
MOST_PLACES: Final = 500
"""Places that are shown, and replaced at once: about twenty screens."""


@dataclass(frozen=True, slots=True)
class ArticlePlaces:
    """The places of the words in one article."""

    article: ArticleRecord
    """As it is now; its version is the one that a replacement refers to."""
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a person wants to replace."""

    words: str
    substitute: str
    """"": the words are removed."""
    places: Mapping[int, Collection[WordsPlace]]
    """By article id, those that the person chose."""
    seen: Mapping[int, int]
    """By article id, the version that the person has seen; an article without one is taken as it is."""


@dataclass(frozen=True, slots=True)
class SkippedArticle:
    """An article in which nothing was replaced."""

    id: int
    title: str
    why: str
    """A clause in Chinese."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a replacement has changed."""

    articles: tuple[ArticleRecord, ...]
    """As they are afterwards."""
    count: int
    """Places that were replaced."""
    skipped: tuple[SkippedArticle, ...]


def places_in_issue(
    office: Office, bulletin: BulletinSettings, words: str, *, supplement: bool = False
) -> tuple[ArticlePlaces, ...]:
    """The articles of the next issue that contain the words, in printed order; at most `MOST_PLACES` places.

    Raises BadUsage for words that no text can contain.
    """
    _refuse_useless(words, "查找的文字")
    if not words:
        raise BadUsage("请填写要查找的文字。")
    with office.ledger.reading() as ledger:
        records = issue_now(office, ledger, bulletin, supplement=supplement).records
    left = MOST_PLACES
    listed: list[ArticlePlaces] = []
    for record in records:
        places = occurrences(record.manuscript, words)[:left]
        left -= len(places)
        if places:
            listed.append(ArticlePlaces(record, places))
    return tuple(listed)


def replace_in_issue(office: Office, bulletin: BulletinSettings, wanted: Replacement, *, who: str) -> Replaced:
    """Replaces the words at the chosen places: each article gets a revision of its own, all in one transaction.

    An article that was printed, or changed since the person saw it, is skipped. Raises BadUsage for nothing chosen, for
    words that no text can contain, and where an article would lose its title; NotThere for an article of another
    bulletin; Changed when the words are not at one of the places.
    """
    _refuse_useless(wanted.words, "查找的文字")
    _refuse_useless(wanted.substitute, "替换成的文字")
    chosen = {article: places for article, places in wanted.places.items() if places}
    if not wanted.words or not chosen:
        raise BadUsage("没有勾选要替换的地方。")
    if wanted.words == wanted.substitute:
        raise BadUsage("替换成的文字和原来的一样，没有改动。")
    if sum(map(len, chosen.values())) > MOST_PLACES:
        raise BadUsage(f"一次最多替换 {MOST_PLACES} 处，请分几次。")
    changed: list[ArticleRecord] = []
    skipped: list[SkippedArticle] = []
    count = 0
    with office.ledger.writing() as ledger:
        for article_id, places in chosen.items():
            record = _article(ledger, bulletin, article_id)
            why = _why_skipped(record, wanted.seen.get(article_id))
            if why:
                skipped.append(SkippedArticle(record.id, record.manuscript.title, why))
                continue
            changed.append(_replaced(office, ledger, record, places, wanted, who))
            count += len(places)
    return Replaced(tuple(changed), count, tuple(skipped))


def _replaced(
    office: Office,
    ledger: Transaction,
    record: ArticleRecord,
    places: Collection[WordsPlace],
    wanted: Replacement,
    who: str,
) -> ArticleRecord:
    manuscript = with_replaced(record.manuscript, places, wanted.words, wanted.substitute)
    if not manuscript.title.strip() and record.manuscript.title.strip():
        raise BadUsage(f"稿件 {record.id} 的标题不能删空，没有替换。")
    done = f"把“{wanted.words}”改为“{wanted.substitute}”" if wanted.substitute else f"删去了“{wanted.words}”"
    counted = f" {len(places)} 处" if len(places) > 1 else ""
    return write_replaced(office, ledger, record, manuscript, f"{done}{counted}（查找替换）", who)


def _article(ledger: Transaction, bulletin: BulletinSettings, article_id: int) -> ArticleRecord:
    record = articles.article_of_bulletin(ledger, bulletin.id, article_id)
    if record is None:
        raise NotThere(f"没有稿件 {article_id}。")
    return record


def _why_skipped(record: ArticleRecord, seen: int | None) -> str:
    if record.status is ArticleStatus.PUBLISHED:
        return "已刊发"
    return "刚被别人改过" if seen is not None and record.version != seen else ""


def _refuse_useless(words: str, name: str) -> None:
    """Raises BadUsage for what a line of text cannot contain, such as line breaks and direction marks."""
    if len(words) > LONGEST:
        raise BadUsage(f"{name}太长，最多 {LONGEST} 个字。")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") for character in words):
        raise BadUsage(f"{name}里不能有换行、制表符等看不见的字符。")
