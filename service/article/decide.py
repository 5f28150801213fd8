"""An editor's decision about an article: one operation for the desk and the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from archive import article_changes, articles
from archive.article_mergers import refuse_merged
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.decisions import last_decisions
from archive.transaction import Transaction
from service.article.returning import ReturnNotice, notify_department
from service.office import Office
from service.register.learn_sender import ConfirmedLetter, learn_sender
from service.register.register import department_named
from values.errors import BadUsage
from values.issue import ArticleStatus

_LONGEST_REASON: Final = 2_000
"""Characters of the reason that a department is sent: a page of text; what needs more is said by telephone."""
_WHY_A_REASON: Final = {
    ArticleStatus.RETURNED: "单位要按它修改",
    ArticleStatus.REJECTED: "单位来问时要有答复",
}
"""The statuses that need a reason, and the sentence that says what it is for."""


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """What a person wants to become of an article."""

    article: int
    """Id in the ledger."""
    status: ArticleStatus
    """The status wanted; `published` is refused, it comes from the sign-off of an issue."""
    who: str
    """Name of the person, for the record."""
    note: str = ""
    """The reason, "" for none. Returning needs one, which is sent to the department, and so does rejecting."""
    department: str | None = None
    """The department that the article is confirmed to be of, by any name of the register; None leaves it as it is."""
    seen_version: int | None = None
    """The article's version that the person was looking at, None for any."""
    notify: bool = True
    """Whether the department of a returned article is written to. For other statuses nothing is written."""
    letter_waits: timedelta = timedelta()
    """How long the letter about a returned article stays in the outbox at least: the time in which the decision can be
    undone with its letter."""


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """What a decision has changed."""

    article: ArticleRecord
    """The article as it now stands."""
    before: ArticleStatus
    """The status that it had."""
    learned_sender: str = ""
    """The address that is from now on registered as the department's, "" for none."""
    notice: ReturnNotice | None = None
    """What the department of a returned article is sent; None for any other status."""
    confirms: bool = False
    """Whether the decision also confirmed of which department the article is."""

    @property
    def may_be_undone(self) -> bool:
        """Whether the decision has changed the status and nothing else that would stay (service.article.undo)."""
        return self.before is not self.article.status and not self.confirms


def decide(office: Office, request: DecisionRequest) -> DecisionResult:
    """Changes an article's status, in one transaction with all that follows from it.

    Adopting an article of an unknown sender confirms its department; returning one does so where the department is
    named. A confirmed department's address is learned (`learn_sender`). A returned article goes back with a letter.
    Raises BadUsage for an unknown article or department, an article that is merged into another, returning or rejecting
    without a reason, returning twice, and a change that is not made by hand; Changed where the article is not the
    version seen. A decision that is made already is not recorded again, whoever asks for it.
    """
    at = office.now()
    with office.ledger.writing() as ledger:
        return decide_within(office, ledger, articles.article_named(ledger, request.article), request, at=at)


def decide_within(
    office: Office, ledger: Transaction, before: ArticleRecord, request: DecisionRequest, *, at: datetime
) -> DecisionResult:
    """`decide`, as a part of the caller's transaction. before: the article as read in it."""
    article_changes.refuse_changed(before, request.seen_version)
    refuse_merged(ledger, before.id)
    returns = request.status is ArticleStatus.RETURNED
    note = reason_in(request) if returns or request.status is not before.status else request.note.strip()
    if returns and before.status is ArticleStatus.RETURNED:
        raise BadUsage(f"稿件 {before.id}《{before.manuscript.title}》已经退改，正等单位再报。")
    if _is_made(office, ledger, before, replace(request, note=note)):
        return DecisionResult(before, before.status)
    current = _with_department(office, ledger, before, request, at)
    after = article_changes.change_status(ledger, current, request.status, who=request.who, note=note, at=at)
    learned = ""
    if after.confirmed and not before.confirmed and after.department:
        confirmed = ConfirmedLetter(after.bulletin, after.letter_sha256, after.department, request.who)
        learned = learn_sender(office, ledger, confirmed, at=at)
    # After the address was learned: the letter goes to registered senders alone.
    notice = None
    if returns:
        notice = notify_department(
            office, ledger, before, note, wanted=request.notify, waits=request.letter_waits, at=at
        )
    result = DecisionResult(after, before.status, learned, notice, after.confirmed and not before.confirmed)
    record_change(
        ledger,
        NewChange(
            bulletin=after.bulletin,
            who=request.who,
            subject="article",
            subject_id=after.id,
            summary=_summary(before, result),
            why=note,
            at=at,
        ),
    )
    return result


def _is_made(office: Office, ledger: Transaction, before: ArticleRecord, request: DecisionRequest) -> bool:
    """Whether the article is already as the request wants it, with the same reason where that gives one. An article of
    an unknown sender that is adopted is not: adopting it again confirms its department."""
    if (
        before.status is not request.status
        or before.status is ArticleStatus.PUBLISHED
        or (request.status is ArticleStatus.ADOPTED and not before.confirmed)
    ):
        return False
    if request.department is not None:
        wanted = department_named(office, ledger, office.bulletin(before.bulletin), request.department).name
        if wanted != before.department:
            return False
    last = last_decisions(ledger, [before.id]).get(before.id)
    return not request.note or (last is not None and last.note == request.note)


def reason_in(request: DecisionRequest) -> str:
    """The reason, without surrounding white space. Raises BadUsage for one that is too long, and for none where an
    article goes back to its department or is not wanted."""
    reason, status = request.note.strip(), request.status
    if not reason and status in _WHY_A_REASON:
        raise BadUsage(f"请写明{status.chinese}的原因：{_WHY_A_REASON[status]}。")
    if status in _WHY_A_REASON and len(reason) > _LONGEST_REASON:
        raise BadUsage(f"{status.chinese}的原因太长（{len(reason)} 字），请不要超过 {_LONGEST_REASON} 字。")
    return reason


def _with_department(
    office: Office, ledger: Transaction, before: ArticleRecord, request: DecisionRequest, at: datetime
) -> ArticleRecord:
    """The article with the department that the person named. `change_status` confirms that of an adopted one."""
    if request.department is None:
        return before
    name = department_named(office, ledger, office.bulletin(before.bulletin), request.department).name
    if request.status is ArticleStatus.RETURNED and not before.confirmed:
        article_changes.confirm_by_editor(ledger, before.id, name, who=request.who, at=at)
    else:
        article_changes.assign(ledger, before.id, name)
    return articles.reread(ledger, before)


def _summary(before: ArticleRecord, result: DecisionResult) -> str:
    """The line of the record of changes."""
    after, notice = result.article, result.notice
    title, moved = after.manuscript.title, after.department != before.department
    if moved and after.status is before.status and after.confirmed is before.confirmed:
        return f"《{title}》由{before.department or '单位待定'}改归{after.department}"
    parts = [f"《{title}》由{before.status.chinese}改为{after.status.chinese}"]
    if moved:
        parts.append(f"单位定为{after.department}")
    if result.confirms:
        parts.append("来源已确认")
    if result.learned_sender:
        parts.append(f"记住 {result.learned_sender} 是它的地址")
    if notice is not None:
        parts.append(f"没有寄信（{notice.why_not}）" if notice.why_not else f"已写信给 {notice.to}")
    return "，".join(parts)
