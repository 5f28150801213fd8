"""Takes the last decision about an article back: the status that it had, and the letter that has not gone yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive import article_changes, articles, outbox
from archive.article_mergers import refuse_merged
from archive.articles import ArticleRecord
from archive.changes import NewChange, changes_of, record_change
from archive.decisions import Decision, last_decisions
from archive.return_letters import last_return_letter
from archive.revisions import revisions_of
from archive.transaction import Transaction
from courier import plan
from intake.settle import SERVICE
from service.article.article_left import ArticleLeft, refuse_nothing_done
from service.office import Office
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.outgoing import OutboxState

UNDO_TIME: Final = timedelta(seconds=20)
"""How long a letter that a decision at the desk causes stays in the outbox: the ten seconds for which the desk offers
to undo, and as long again for a slow line."""
_WITHDRAWN: Final = (OutboxState.TAKEN_BACK, OutboxState.DROPPED)


@dataclass(frozen=True, slots=True)
class UndoneDecision:
    """A decision that was taken back."""

    article: ArticleRecord
    """The article as it now is."""
    undone: ArticleStatus
    """The status that the decision had given it."""
    letter_withdrawn: bool
    """Whether a 退改 letter was kept from being sent."""


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What undoing the last decision about several articles has done, in the order in which they were named."""

    undone: tuple[UndoneDecision, ...]
    left: tuple[ArticleLeft, ...]
    """Those whose decision stands, because something has happened since."""


def undo_decisions(office: Office, seen: Mapping[int, int | None], who: str) -> UndoOutcome:
    """Gives each article the status that it had before the last decision, in one transaction; each is a decision of its
    own, with its line in 变更记录. The department that a decision confirmed stays confirmed.

    seen: the version of each article that the decision made, None for any. Raises BadUsage where nothing could be
    undone: nothing was decided by a person, the article has changed since, or its 退改 letter has gone.
    """
    undone: list[UndoneDecision] = []
    left: list[ArticleLeft] = []
    with office.ledger.writing() as ledger:
        for article_id, version in seen.items():
            try:
                undone.append(_undo(office, ledger, article_id, version, who))
            except BadUsage as error:  # raised before anything of the article is written
                left.append(ArticleLeft(article_id, error))
        if not undone:
            refuse_nothing_done(left)
    return UndoOutcome(tuple(undone), tuple(left))


def _undo(office: Office, ledger: Transaction, article_id: int, version: int | None, who: str) -> UndoneDecision:
    at = office.now()
    record = articles.article_named(ledger, article_id)
    article_changes.refuse_changed(record, version)
    refuse_merged(ledger, article_id)
    decision = last_decisions(ledger, [article_id]).get(article_id)
    if decision is None or decision.who == SERVICE or decision.after is not record.status:
        raise BadUsage(f"{_name(record)}没有可以撤销的决定。")
    _refuse_later_change(ledger, record, decision)
    _refuse_withdrawn_letter(ledger, record, decision)
    letter = last_return_letter(ledger, article_id) if decision.after is ArticleStatus.RETURNED else None
    withdrawn = letter is not None and _withdraw(ledger, record, letter)
    after = article_changes.change_status(ledger, record, decision.before, who=who, note="", at=at)
    _record(ledger, record, decision, who, withdrawn=withdrawn, at=at)
    return UndoneDecision(after, decision.after, withdrawn)


def _refuse_later_change(ledger: Transaction, record: ArticleRecord, decision: Decision) -> None:
    """A decision and its line in 变更记录 have one moment: a later line, or a later text, is another change."""
    changed = [change.changed_at for change in changes_of(ledger, "article", record.id)[:1]]
    written = [text.made_at for text in revisions_of(ledger, record.id)[:1]]
    if max([*changed, *written]) > decision.decided_at:
        raise BadUsage(f"{_name(record)}在那以后又有改动，不能撤销；请另作决定。")


def _refuse_withdrawn_letter(ledger: Transaction, record: ArticleRecord, decision: Decision) -> None:
    """Undoing an undone return would leave an article that waits for a department to which nothing was sent."""
    if decision.before is not ArticleStatus.RETURNED:
        return
    letter = last_return_letter(ledger, record.id)
    if letter is not None and outbox.letter_out(ledger, letter).delivery.state in _WITHDRAWN:
        raise BadUsage(f"{_name(record)}的退改信已经收回，不能恢复退改；要退改请重新写明原因。")


def _withdraw(ledger: Transaction, record: ArticleRecord, letter: int) -> bool:
    """Keeps the 退改 letter from being sent; False where it was withdrawn already. Raises BadUsage where it has gone,
    or may have."""
    out = outbox.letter_out(ledger, letter)
    if out.delivery.state in _WITHDRAWN:
        return False
    if out.delivery.attempts or out.delivery.state not in (OutboxState.QUEUED, OutboxState.HELD):
        raise BadUsage(f"{_name(record)}的退改信已经寄出，不能撤销；要改变决定，请另作决定并告知单位。")
    held = out.delivery.state is OutboxState.HELD
    after = plan.drop(out.delivery) if held else plan.take_back(out.delivery)
    if not outbox.record_delivery(ledger, out, after):
        raise BadUsage(f"{_name(record)}的退改信刚刚寄出，不能撤销。")
    return True


def _record(
    ledger: Transaction, record: ArticleRecord, decision: Decision, who: str, *, withdrawn: bool, at: datetime
) -> None:
    letter = "，退改信已收回" if withdrawn else ""
    summary = f"撤销：{_name(record)}由{decision.after.chinese}恢复为{decision.before.chinese}{letter}"
    record_change(
        ledger,
        NewChange(bulletin=record.bulletin, who=who, subject="article", subject_id=record.id, summary=summary, at=at),
    )


def _name(record: ArticleRecord) -> str:
    return f"《{record.manuscript.title or '〔无标题〕'}》"
