"""An office whose drafts are approved before the sign-off, and what its people do, in few words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from archive import approvals, articles, issues, outbox
from archive.issues import IssueRecord
from archive.outbox import OutboxRecord
from service.approval.decide_review import ReviewDecision, ReviewOutcome, decide_review
from service.approval.draft_state import state_of
from service.approval.put_forward import PutForward, put_forward
from service.approval.reviewers import Reviewer, open_link
from service.article.edit import edit_title
from service.issue.assemble import assemble
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in, office_at, write_config
from tests.support.outboxes import sending
from values.approval import ApprovalEvent, ApprovalState, ApprovalWay, ArticleRemark
from values.outgoing import LetterKind

EDITOR = "王编辑"
FIRST, SECOND, LAST = "zhang@office.example", "li@office.example", "ban@office.example"
STEPS = f'''
[[bulletin.approval]]
step = "审核"
people = ["张主任 <{FIRST}>", "{SECOND}"]
need = "any"

[[bulletin.approval]]
step = "签发"
people = ["办主任 <{LAST}>"]
'''
ALL_OF_THEM = STEPS.replace('need = "any"', 'need = "all"')


@contextmanager
def approving_office(home: Path, *, steps: str = STEPS, desk: str = "", articles: str = "甲乙") -> Iterator[Office]:
    """With articles of these names handed in, and a mail server that nothing is sent to."""
    editors = '"wang@office.example"'
    text = f"{desk}\n{sending(None, editors=editors)}{steps}"
    with office_at(write_config(home, text), AT, JIANBAO_IMAP_PASSWORD="pw") as office:
        hand_in(office, *articles)
        yield office


def drafted(office: Office) -> IssueRecord:
    """The draft of the present ledger, made anew where something has changed; nobody is mailed."""
    made = assemble(office, office.bulletin(None), AT.date(), mailed_to=())
    assert made is not None
    return made.issue


def forward(office: Office, note: str = "") -> PutForward:
    """The present ledger is drafted and put forward by the editor."""
    return put_forward(office, office.bulletin(None), drafted(office).number.number, EDITOR, note=note)


def retitle(office: Office, article_id: int, title: str) -> None:
    """The editor changes a title; the draft is as before until it is made again."""
    with office.ledger.reading() as ledger:
        seen = articles.article_named(ledger, article_id).version
    edit_title(office, article_id, title, EDITOR, seen=seen)


def draft_of(office: Office) -> IssueRecord:
    with office.ledger.reading() as ledger:
        draft = issues.open_draft(ledger, "wuxing")
    assert draft is not None
    return draft


def state_now(office: Office) -> ApprovalState:
    with office.ledger.reading() as ledger:
        return state_of(ledger, office.bulletin(None), draft_of(office))


def events_now(office: Office) -> list[ApprovalEvent]:
    with office.ledger.reading() as ledger:
        return list(approvals.events_of(ledger, draft_of(office).id))


def reviewed(
    office: Office,
    address: str,
    *,
    approves: bool = True,
    remark: str = "",
    remarks: dict[int, str] | None = None,
    revision: int | None = None,
) -> ReviewOutcome:
    """What a person at the desk decides about the present revision, or another."""
    draft = draft_of(office)
    at = tuple(ArticleRemark(article, text) for article, text in (remarks or {}).items())
    seen = draft.revision if revision is None else revision
    decision = ReviewDecision(draft.id, seen, approves, remark, at)
    return decide_review(office, office.bulletin(None), Reviewer(address, address[:2], ApprovalWay.DESK), decision)


def letters(office: Office, kind: LetterKind) -> list[OutboxRecord]:
    """The letters out of that kind, in the order they were written."""
    with office.ledger.reading() as ledger:
        return [record for record in outbox.letters_out(ledger) if record.kind is kind]


def text_of(office: Office, record: OutboxRecord) -> str:
    """The text of a letter out."""
    with office.ledger.reading() as ledger:
        raw = outbox.raw_letter(ledger, record.id, office.data_dir)
    body = message_from_bytes(raw, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def token_for(office: Office, address: str) -> str:
    """Of the last link that was mailed to the address."""
    mailed = [record for record in letters(office, LetterKind.REVIEW) if record.to == address]
    match = re.search(r"/approve/(\S+)", text_of(office, mailed[-1]))
    assert match is not None
    return match[1]


def by_link(office: Office, token: str, *, approves: bool = True, remark: str = "") -> ReviewOutcome:
    """What the holder of the link decides about the present revision."""
    draft = draft_of(office)
    with office.ledger.reading() as ledger:
        reviewer = open_link(office, ledger, token).reviewer
    decision = ReviewDecision(draft.id, draft.revision, approves, remark)
    return decide_review(office, office.bulletin(None), reviewer, decision, token=token)
