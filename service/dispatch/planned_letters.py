"""The letters that a signed issue would cause: to the list of the bulletin, and to the departments that it prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import PurePosixPath
from typing import Literal

from archive import articles, issue_letters, issues
from archive.article_origins import origins_of
from archive.articles import ArticleRecord
from archive.corrections import corrected_by
from archive.files import read_unaltered
from archive.issue_letters import IssueLetter
from archive.issues import IssueFile, IssueRecord
from archive.letters import letter_with_sha256
from archive.outbox import OutboxRecord
from archive.transaction import Transaction
from courier.attachment import Enclosure
from courier.compose_issue import adoption_letter, circulation_letter
from intake.register import Register
from service.letters.letters_out import letterhead_of
from service.office import Office
from service.register.register import register_of
from service.register.unit_address import NO_ADDRESS, unit_address
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.issue import IssueStatus
from values.outgoing import OutboxState, OutgoingLetter, SignedIssue

DispatchKind = Literal["issue", "notices"]
"""issue: 印发, the signed issue to the list; notices: 采用通知 to the departments."""


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter that would go out, or is in the outbox already."""

    kind: DispatchKind
    department: str
    """To which a notice goes; "" for a copy of the issue."""
    out: OutgoingLetter | None
    """None where there is no address to write to."""
    record: OutboxRecord | None
    """How far it is; None: nobody has asked for it yet."""
    why_not: str = ""
    """Why no letter can be written, in Chinese; "" where one can."""

    @property
    def text(self) -> str:
        """What the recipient reads; "" where no letter can be written."""
        if self.out is None:
            return ""
        body = message_from_bytes(self.out.raw, policy=default).get_body(("plain",))
        return "" if body is None else str(body.get_content())


def planned_letters(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, issue: IssueRecord
) -> tuple[PlannedLetter, ...]:
    """All letters of a signed-off issue: the list in its order, then the departments in printed order.

    Raises BadUsage without a mail server, whose address the letters bear, and for an issue that is not signed off or
    whose files are not all made; StorageFailed, FileAltered.
    """
    if not office.settings.smtp.host:
        raise BadUsage("没有配置发信服务器（[smtp]），寄不了信。")
    if issue.status is not IssueStatus.SIGNED_OFF:
        raise BadUsage(f"{issue.number.label}还没有签发，不能印发，也不能寄采用通知。")
    printed = _printed(ledger, issue)
    if not printed:
        raise BadUsage(f"台账里没有{issue.number.label}的稿件（只登记了期号），不能印发。")
    about = (bulletin.id, issue.number.series, str(issue.number.number))
    titles = tuple((record.manuscript.title, _unit(record)) for record in printed)
    signed = SignedIssue(about, f"{bulletin.title}{bulletin.kind}", issue.number.label, titles)
    in_outbox = issue_letters.letters_about(ledger, issue.id)
    return (
        *_copies(office, bulletin, issue, signed, in_outbox),
        *_notices(office, ledger, bulletin, signed, printed, in_outbox),
    )


def _printed(ledger: Transaction, issue: IssueRecord) -> list[ArticleRecord]:
    by_id = {record.id: record for record in articles.articles_in_issue(ledger, issue.id)}
    return [by_id[id] for id, _ in issue.articles if id in by_id]


def _unit(record: ArticleRecord) -> str:
    return "、".join(record.departments) or record.department or record.manuscript.byline or ""


def _copies(
    office: Office,
    bulletin: BulletinSettings,
    issue: IssueRecord,
    signed: SignedIssue,
    in_outbox: Sequence[IssueLetter],
) -> Iterator[PlannedLetter]:
    recipients = tuple(dict.fromkeys(bulletin.circulate))
    if not recipients:
        return
    enclosure, at = _enclosure(office, bulletin, issue), office.local(office.now())
    for to in recipients:
        out = circulation_letter(signed, enclosure, letterhead_of(office, bulletin), to, at=at)
        yield PlannedLetter("issue", "", out, _record_of(in_outbox, out))


def _enclosure(office: Office, bulletin: BulletinSettings, issue: IssueRecord) -> Enclosure:
    """The PDF or, where none was made, the .docx."""
    files: dict[str, IssueFile] = {file.kind: file for file in issue.final}
    file = files.get("pdf") or files.get("docx")
    if file is None or "manifest" not in files:
        raise BadUsage(f"{issue.number.label}的文件还没有做齐，请先补齐再印发。")
    suffix = PurePosixPath(file.path).suffix
    data = read_unaltered(office.data_dir / file.path, file.sha256)
    return Enclosure(f"{bulletin.title}{issue.number.label}{suffix}", f"bulletin-{issue.number.folder}{suffix}", data)


def _notices(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    signed: SignedIssue,
    printed: Sequence[ArticleRecord],
    in_outbox: Sequence[IssueLetter],
) -> Iterator[PlannedLetter]:
    """One letter a department, for joint work one to each that signs it. 更正 is nothing to be thanked for."""
    register, at = register_of(office, ledger, bulletin), office.local(office.now())
    errata = corrected_by(ledger, [record.id for record in printed])
    printed = [record for record in printed if record.id not in errata]
    departments = dict.fromkeys(name for record in printed for name in record.departments)
    for department in departments:
        own = [record for record in printed if department in record.departments]
        to = _address(ledger, bulletin, register, department, own)
        if not to:
            yield PlannedLetter("notices", department, None, None, NO_ADDRESS)
            continue
        titles = tuple((record.manuscript.title, _unit(record)) for record in own)
        of_department = SignedIssue(signed.about, signed.title, signed.label, titles)
        letterhead = letterhead_of(office, bulletin)
        out = adoption_letter(of_department, department, letterhead, to, phone=bulletin.phone, at=at)
        sent = next((entry.record for entry in in_outbox if _is_notice_to(entry, department)), None)
        yield PlannedLetter("notices", department, out, sent or _record_of(in_outbox, out))


def _record_of(in_outbox: Sequence[IssueLetter], out: OutgoingLetter) -> OutboxRecord | None:
    return next((entry.record for entry in in_outbox if entry.record.message_id == out.message_id), None)


def _is_notice_to(entry: IssueLetter, department: str) -> bool:
    """Whether it is the notice of that department, to whichever address, and was not taken back."""
    return entry.department == department and entry.record.delivery.state is not OutboxState.TAKEN_BACK


def _address(
    ledger: Transaction, bulletin: BulletinSettings, register: Register, department: str, own: Sequence[ArticleRecord]
) -> str:
    """The registered address that sent the department's printed articles, the latest first, or else the first one that
    is registered for it; "" for none. Nothing is ever written to an address that the register does not have."""
    origins = origins_of(ledger, own)
    sources = (sha256 for record in reversed(own) for sha256 in (record.letter_sha256, *origins[record.id].letters))
    letters = (letter_with_sha256(ledger, bulletin.id, sha256) for sha256 in sources)
    senders = [letter.sender for letter in letters if letter is not None and letter.removal is None]
    return unit_address(register, department, senders)


def issue_signed(
    office: Office, bulletin: BulletinSettings, number: int, *, supplement: bool = False
) -> tuple[IssueRecord, tuple[PlannedLetter, ...]]:
    """The signed-off issue of that number with its letters. Raises as `planned_letters`."""
    with office.ledger.reading() as ledger:
        issue = issues.issue_numbered(ledger, bulletin.id, number, supplement=supplement)
        return issue, planned_letters(office, ledger, bulletin, issue)
