"""What the commands answer with --json: the shapes of design.md section 5.3. Other programs rely on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from archive import outbox
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.letters import LetterRecord
from archive.outbox import OutboxRecord
from archive.senders import LearnedSender
from archive.transaction import Transaction
from service.letters.take_in import TakenIn
from service.office import Office
from values.manuscript import Picture, Table

Json = dict[str, Any]


def message_rows(office: Office, letters: Sequence[LetterRecord]) -> list[Json]:
    return [
        {
            "sha256": letter.sha256,
            "bulletin": letter.bulletin,
            "mailbox": letter.account,
            "uid": letter.uid,
            "received_at": office.local(letter.received_at).isoformat(),
            "from": letter.sender,
            "subject": letter.subject,
            "verdict": letter.verdict.value,
            "reason": letter.reason,
            "attempts": letter.attempts,
            "articles": list(letter.articles),
        }
        for letter in letters
    ]


def sender_rows(office: Office, learned: Sequence[LearnedSender]) -> list[Json]:
    return [
        {
            "bulletin": one.bulletin,
            "address": one.address,
            "department": one.department,
            "learned_at": office.local(one.learned_at).isoformat(),
            "learned_by": one.learned_by,
        }
        for one in learned
    ]


def article_rows(office: Office, articles: Sequence[ArticleRecord]) -> list[Json]:
    return [
        {
            "id": article.id,
            "bulletin": article.bulletin,
            "status": article.status.value,
            "confirmed": article.confirmed,
            "section": article.section,
            "department": article.department,
            "title": article.manuscript.title,
            "byline": article.manuscript.byline,
            "revision": article.revision,
            "text": article.manuscript.text,
            "house_lines": list(article.manuscript.house_lines),
            "findings": [finding.as_json() for finding in article.findings],
            "pictures": sum(isinstance(block, Picture) for block in article.manuscript.blocks),
            "tables": sum(isinstance(block, Table) for block in article.manuscript.blocks),
            "source": {"sha256": article.letter_sha256, "attachment": article.attachment},
            "received_at": office.local(article.received_at).isoformat(),
            "issue": article.issue,
            "issue_label": article.issue_label,
            "position": article.position,
            "for_supplement": article.for_supplement,
        }
        for article in articles
    ]


def issue_rows(issues: Sequence[IssueRecord]) -> list[Json]:
    return [issue_row(issue) | {"date": issue.dated.isoformat(), "status": issue.status.value} for issue in issues]


def issue_row(issue: IssueRecord) -> Json:
    return {
        "bulletin": issue.bulletin,
        "number": issue.number.number,
        "label": issue.number.label,
        "supplement": issue.number.supplement,
        "revision": issue.revision,
        "articles": [article_id for article_id, _ in issue.articles],
        "files": list(issue.files),
    }


def outbox_rows(office: Office, ledger: Transaction, letters: Sequence[OutboxRecord]) -> list[Json]:
    """`raw`: the letter itself; all of it is ASCII. `possibly_twice`: an earlier attempt may have arrived too."""
    return [
        {
            "id": one.id,
            "bulletin": one.bulletin,
            "kind": one.kind.value,
            "to": [one.to],
            "subject": one.subject,
            "state": one.delivery.state.value,
            "letter": one.letter,
            "message_id": one.message_id,
            "created_at": office.local(one.created_at).isoformat(),
            "attempts": one.delivery.attempts,
            "possibly_twice": one.delivery.unanswered > 0 and one.delivery.attempts > 1,
            "next_attempt_at": _moment(office, one.delivery.next_attempt_at),
            "sent_at": _moment(office, one.delivery.sent_at),
            "answer": {"code": one.delivery.answer_code, "text": one.delivery.answer},
            "raw": outbox.raw_letter(ledger, one.id, office.data_dir).decode(),
        }
        for one in letters
    ]


def _moment(office: Office, moment: datetime | None) -> str | None:
    return office.local(moment).isoformat() if moment else None


def taken_in(result: TakenIn) -> Json:
    return {
        "stored": result.stored,
        "new": result.new,
        "verdicts": {verdict.value: count for verdict, count in sorted(result.verdicts.items())},
        "errors": list(result.errors),
    }
