"""Entries for a ledger, in few words: letters as if they had been kept, articles as if they had been read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from archive import letters, revisions
from archive.letters import KeptLetter
from archive.revisions import NewArticle
from archive.schedule_record import Outcome
from archive.schema import firing, letter
from archive.transaction import Transaction
from values.letter import Place
from values.manuscript import Manuscript, Paragraph

BULLETIN = "wuxing"
AT = datetime(2022, 11, 8, 8, 0, tzinfo=UTC)
"""Four in the afternoon of the printed issue's Tuesday, in Shanghai."""

INBOX = Place("zgqwxzfb@163.com", "INBOX", 1_583_122_921, 0)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def kept(name: str, place: Place | None = None, received_at: datetime = AT) -> KeptLetter:
    return KeptLetter(sha256(name), len(name), False, received_at, place)


def keep_letter(
    ledger: Transaction, name: str, *, place: Place | None = None, bulletin: str = BULLETIN, received_at: datetime = AT
) -> int:
    """Records a letter of that name; returns its id. The same name is the same letter."""
    letters.keep(ledger, bulletin, [kept(name, place, received_at)], at=AT)
    query = select(letter.c.id).where(letter.c.bulletin == bulletin, letter.c.sha256 == sha256(name))
    return int(ledger.sql.execute(query).scalar_one())


def new_article(
    name: str, *, manuscript: Manuscript | None = None, department: str | None = "区民政局", **fields: Any
) -> NewArticle:
    """An article called `name`, confirmed, with one paragraph unless `manuscript` is given.

    fields: others of NewArticle, in place of the values here.
    """
    article = NewArticle(
        bulletin=BULLETIN,
        section="",
        department=department,
        confirmed=True,
        received_at=AT,
        attachment=f"{name}.docx",
        content_sha256=sha256(f"the file of {name}"),
        text_sha256=sha256(f"the text of {name}"),
        manuscript=manuscript or Manuscript((name,), department, (Paragraph(f"{name}的正文。"),)),
        findings=(),
    )
    return replace(article, **fields)


def add_article(ledger: Transaction, new: NewArticle) -> int:
    """Writes the article and a letter that brought it, received at the same time; returns the article's id."""
    letter_id = keep_letter(ledger, f"letter with {new.attachment}", bulletin=new.bulletin, received_at=new.received_at)
    return revisions.add_article(ledger, letter_id, new, at=AT)


def handled_due_times(ledger: Transaction, bulletin: str) -> list[tuple[datetime, Outcome, int | None]]:
    """(due time, outcome, issue id) of everything that is recorded of the schedule, oldest first."""
    rows = ledger.sql.execute(
        select(firing.c.fire_time, firing.c.outcome, firing.c.issue_id)
        .where(firing.c.bulletin == bulletin)
        .order_by(firing.c.fire_time)
    )
    return [(row.fire_time, Outcome(row.outcome), row.issue_id) for row in rows]
