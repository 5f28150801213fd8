"""Typed and not saved yet: kept every few seconds, offered again wherever its writer comes back, told to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import ValidationError

from archive import articles, unsaved
from archive.json_form import JsonForm
from archive.unsaved import Unsaved
from service.article.typed import TypedArticle
from service.office import Office
from values.errors import BadUsage

LONGEST: Final = 2_000_000
"""Characters, as JSON: an article is at most a tenth of that."""
_STILL: Final = timedelta(hours=2)
"""Who typed nothing for so long is not editing any more."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed over a revision of an article. since: when he began."""

    who: str
    since: datetime
    typed_at: datetime
    revision: int
    article: TypedArticle


@dataclass(frozen=True, slots=True)
class _Kept:
    since: datetime
    article: TypedArticle


_KEPT: Final = JsonForm(_Kept)


def keep_typed(office: Office, person: int, article_id: int, revision: int, typed: TypedArticle) -> None:
    """Raises BadUsage for an article that is not there and for what no article can be."""
    at = office.now()
    with office.ledger.writing() as ledger:
        articles.refuse_unknown(ledger, article_id)
        before = next((one for one in unsaved.unsaved_of(ledger, article_id) if one.account == person), None)
        read = _read(before) if before is not None and before.revision == revision else None
        text = _KEPT.dump_json(_Kept(read.since if read else at, typed)).decode("utf-8", "replace")
        if len(text) > LONGEST:
            raise BadUsage("正文太长，没有存下；请删减。")
        unsaved.keep_unsaved(ledger, person, article_id, revision, text, at=at)


def forget_typed(office: Office, person: int, article_id: int) -> None:
    with office.ledger.writing() as ledger:
        unsaved.forget_unsaved(ledger, person, article_id)


def typed_by(office: Office, person: int, article_id: int) -> Typed | None:
    """What this person has typed into the article and not saved, from whatever machine."""
    with office.ledger.reading() as ledger:
        found = unsaved.unsaved_of(ledger, article_id)
    return next((_read(one) for one in found if one.account == person), None)


def others_typing(office: Office, person: int, article_id: int) -> tuple[Typed, ...]:
    """Who else is at the article, the latest first."""
    with office.ledger.reading() as ledger:
        found = unsaved.unsaved_of(ledger, article_id)
    late = office.now() - _STILL
    read = (_read(one) for one in found if one.account != person and one.typed_at >= late)
    return tuple(one for one in read if one is not None)


def _read(kept: Unsaved) -> Typed | None:
    """None for what another version of the program wrote and this one cannot read."""
    try:
        found = _KEPT.validate_json(kept.text)
    except ValidationError:
        return None
    return Typed(kept.display_name, found.since, kept.typed_at, kept.revision, found.article)
