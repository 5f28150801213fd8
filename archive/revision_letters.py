"""The letters whose text a revision has besides that of its own letter (综合采用): whoever takes a letter's text away
looks here too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, CompoundSelect, literal, or_, select

from archive.database import insert_all_if_new
from archive.schema import revision, revision_letter
from archive.transaction import Transaction


def add_letters(ledger: Transaction, article_id: int, number: int, letter_ids: Iterable[int]) -> None:
    """Records that this revision has the text of these letters too; its own letter among them is left out."""
    this = (revision.c.article_id == article_id, revision.c.number == number)
    row = ledger.sql.execute(select(revision.c.id, revision.c.letter_id).where(*this)).one()
    rows = [{"revision_id": row.id, "letter_id": id} for id in dict.fromkeys(letter_ids) if id != row.letter_id]
    insert_all_if_new(ledger, revision_letter, ("revision_id", "letter_id"), rows)


def copy_letters(ledger: Transaction, source: int, revision_id: int) -> None:
    """A revision was made from the text of another one and has the same letters. Both by the ids of their rows."""
    of_source = select(literal(revision_id), revision_letter.c.letter_id).where(revision_letter.c.revision_id == source)
    ledger.sql.execute(revision_letter.insert().from_select(["revision_id", "letter_id"], of_source))


def further_letters(ledger: Transaction, article_id: int, number: int) -> Sequence[int]:
    """Ids of the letters whose text the revision has besides that of its own letter, ascending."""
    this = (revision.c.article_id == article_id, revision.c.number == number)
    joined = select(revision_letter.c.letter_id).join(revision, revision.c.id == revision_letter.c.revision_id)
    return ledger.sql.execute(joined.where(*this).order_by(revision_letter.c.letter_id)).scalars().all()


def has_text_of(letter_id: int) -> ColumnElement[bool]:
    """The condition that a revision has text of the letter: it is its own, or one of the further ones."""
    further = select(revision_letter.c.revision_id).where(revision_letter.c.letter_id == letter_id)
    return or_(revision.c.letter_id == letter_id, revision.c.id.in_(further))


def letters_of_articles(article_ids: Collection[int]) -> CompoundSelect[int, int]:
    """(article_id, letter_id) of every letter that a text of one of these articles has text of."""
    of_articles = revision.c.article_id.in_(list(article_ids))
    own = select(revision.c.article_id, revision.c.letter_id).where(of_articles)
    further = (
        select(revision.c.article_id, revision_letter.c.letter_id)
        .join(revision, revision.c.id == revision_letter.c.revision_id)
        .where(of_articles)
    )
    return own.union(further)
