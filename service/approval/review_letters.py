"""The letters of an approval: to the people of the step that is asked, and to the editors when it is decided."""

from __future__ import annotations

from archive import approvals, issue_letters
from archive.transaction import Transaction
from courier.compose_issue import review_letter, review_result_letter
from service.approval.changed_since import changes_for
from service.approval.reviewers import LINK_LIFETIME, make_link
from service.by_mail.answer_way import answer_way
from service.issue.drafted import DraftedIssue
from service.letters.letters_out import letterhead_of, queue_later
from service.office import Office
from settings.model import BulletinSettings
from values.approval import ApprovalAct, ApprovalEvent, ApprovalState, StepProgress
from values.outgoing import OutgoingLetter, ReviewRequest, ReviewResult


def ask(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, drafted: DraftedIssue, state: ApprovalState
) -> tuple[str, ...]:
    """Queues a letter with a one-time link to each person who is asked now; returns their addresses.

    () without a mail server or without a desk, to which a link would lead.
    """
    waiting = state.waiting
    if waiting is None or not office.settings.smtp.host or office.settings.desk.listen is None:
        return ()
    for person in waiting.missing:
        ask_person(office, ledger, bulletin, drafted, waiting, person.address)
    return tuple(person.address for person in waiting.missing)


def ask_person(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    drafted: DraftedIssue,
    waiting: StepProgress,
    address: str,
) -> None:
    """Queues a letter with a new link to one person of the step; earlier links of the person are void."""
    draft, at = drafted.draft, office.now()
    events = approvals.events_of(ledger, draft.id)
    put_forward = next(event for event in reversed(events) if event.act is ApprovalAct.PUT_FORWARD)
    changed = changes_for(ledger, drafted, events, address)
    url, digest = make_link(office, ledger, draft, waiting.step.name, address)
    request = ReviewRequest(
        about=(bulletin.id, "review", digest),
        title=bulletin.title,
        label=draft.number.label,
        revision=draft.revision,
        step=waiting.step.name,
        put_forward_by=put_forward.who,
        note=put_forward.remark,
        articles=tuple((article.title, article.unit) for article in drafted.snapshot.articles),
        changes=changed.changes.lines if changed else (),
        url=url,
        expires_at=office.local(at + LINK_LIFETIME),
        answer=answer_way(office, ledger, bulletin, draft.id, address),
    )
    out = review_letter(request, letterhead_of(office, bulletin), address, at=office.local(at))
    _queue(office, ledger, out, drafted)


def report(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, drafted: DraftedIssue, event: ApprovalEvent
) -> None:
    """Queues a letter to each editor: the draft was sent back, or the last step has approved it."""
    if not office.settings.smtp.host:
        return
    draft, desk = drafted.draft, office.settings.desk
    titles = {article.id: article.title for article in drafted.snapshot.articles}
    page = f"/b/{bulletin.id}/issue{'/supplement' if draft.number.supplement else ''}"
    result = ReviewResult(
        about=(bulletin.id, "reviewed", str(draft.id), str(draft.revision), event.step, event.at.isoformat()),
        title=bulletin.title,
        label=draft.number.label,
        revision=event.revision,
        outcome="已退回" if event.act is ApprovalAct.SENT_BACK else "可签发",
        step=event.step,
        who=event.who,
        remark=event.remark,
        remarks=tuple((titles.get(remark.article, ""), remark.text) for remark in event.remarks),
        desk_url=f"{desk.public_url}{page}" if desk.listen is not None else "",
    )
    for editor in dict.fromkeys(bulletin.editors):
        out = review_result_letter(result, letterhead_of(office, bulletin), editor, at=office.local(office.now()))
        _queue(office, ledger, out, drafted)


def _queue(office: Office, ledger: Transaction, out: OutgoingLetter, drafted: DraftedIssue) -> None:
    at = office.now()
    queue_later(office, ledger, out, drafted.draft.bulletin, at, at=at)
    issue_letters.link_letter(ledger, out.message_id, drafted.draft.id, drafted.draft.revision)
