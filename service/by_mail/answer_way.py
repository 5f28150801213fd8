"""How a person may answer a letter about a draft: the code that it carries, and the address for the answer."""

from __future__ import annotations

from archive import articles, issues, mailed_drafts
from archive.issues import IssueRecord
from archive.mailed_drafts import AnswerCode, MailedArticle, MailedDraft
from archive.transaction import Transaction
from service.office import Office
from settings.model import BulletinSettings
from values.address import is_sendable
from values.answer_code import answer_code, code_fingerprint, plus_address
from values.outgoing import AnswerWay


def answer_way(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, issue_id: int, person: str
) -> AnswerWay:
    """For a letter about the present revision of the draft to that person. With the first one its articles are
    recorded: an answer means these, and what somebody else changes later is not overruled by it. A further letter about
    the same revision shows no more of them, so that nothing moves."""
    person = person.lower()
    draft = issues.issue_with_id(ledger, issue_id)
    if mailed_drafts.mailed_draft_of(ledger, issue_id, draft.revision, person) is None:
        mailed_drafts.record_mailed_draft(ledger, issue_id, draft.revision, person, _contents(ledger, draft))
    used = mailed_drafts.count_used(ledger, issue_id, draft.revision, person)
    code = answer_code(office.key(), issue_id, (draft.revision, draft.sha256), person, used)
    mailed_drafts.add_code(ledger, code_fingerprint(code), AnswerCode(issue_id, draft.revision, person, None))
    mailbox = bulletin.mailbox
    plus = mailbox.plus_address and is_sendable(mailbox.username)
    return AnswerWay(code, plus_address(mailbox.username, code) if plus else "", signs=bulletin.sign_by_mail)


def _contents(ledger: Transaction, draft: IssueRecord) -> MailedDraft:
    """The revision as its file shows it: also for a letter that is written after later changes."""
    records = articles.articles_with_ids(ledger, [id for id, _ in draft.articles])
    statuses = {record.id: record.status for record in records}
    contents = tuple(MailedArticle(id, revision, statuses[id]) for id, revision in draft.articles)
    return MailedDraft(contents, mailed_drafts.last_change_in(ledger, draft.id, draft.revision))
