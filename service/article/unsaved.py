"""Text that was typed into an article and not saved: stored every few seconds, offered to its writer again on any
machine, and shown to others as work under way."""

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
"""Characters, as JSON: ten times what an article may have."""
_AT_WORK: Final = timedelta(hours=2)
"""After so long without typing a person does not count as editing any more: a meeting fits in, a night does not."""


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """What a person has typed over a revision of an article."""

    who: str
    """Display name of the person."""
    since: datetime
    """When the person began to type over this revision."""
    typed_at: datetime
    """When it was last stored."""
    revision: int
    """Number of the revision that the person was editing."""
    article: TypedArticle


@dataclass(frozen=True, slots=True)
class _Stored:
    """Typed text as the ledger has it, in JSON."""

    since: datetime
    article: TypedArticle


_STORED: Final = JsonForm(_Stored)


def store_typed(office: Office, account_id: int, article_id: int, revision: int, typed: TypedArticle) -> None:
    """Replaces what the person had typed into the article. Raises BadUsage for an article that does not exist and for
    more text than any article can have."""
    at = office.now()
    with office.ledger.writing() as ledger:
        articles.refuse_unknown(ledger, article_id)
        stored = (record for record in unsaved.unsaved_of(ledger, article_id) if record.account == account_id)
        earlier = next((_read(record) for record in stored if record.revision == revision), None)
        text = _STORED.dump_json(_Stored(earlier.since if earlier else at, typed)).decode("utf-8", "replace")
        if len(text) > LONGEST:
            raise BadUsage("正文太长，没有存下；请删减。")
        unsaved.keep_unsaved(ledger, account_id, article_id, revision, text, at=at)


def discard_typed(office: Office, account_id: int, article_id: int) -> None:
    """Removes what the person has typed into the article, where there is any."""
    with office.ledger.writing() as ledger:
        unsaved.forget_unsaved(ledger, account_id, article_id)


def typed_by(office: Office, account_id: int, article_id: int) -> UnsavedText | None:
    """What this person has typed into the article, on any machine; None for nothing."""
    with office.ledger.reading() as ledger:
        stored = unsaved.unsaved_of(ledger, article_id)
    return next((_read(record) for record in stored if record.account == account_id), None)


def others_typing(office: Office, account_id: int, article_id: int) -> tuple[UnsavedText, ...]:
    """What other people are typing into the article now, the latest first."""
    with office.ledger.reading() as ledger:
        stored = unsaved.unsaved_of(ledger, article_id)
    since = office.now() - _AT_WORK
    texts = (_read(record) for record in stored if record.account != account_id and record.typed_at >= since)
    return tuple(text for text in texts if text is not None)


def _read(record: Unsaved) -> UnsavedText | None:
    """None for what another version of the program wrote and this one cannot read."""
    try:
        stored = _STORED.validate_json(record.text)
    except ValidationError:
        return None
    return UnsavedText(record.display_name, stored.since, record.typed_at, record.revision, stored.article)
