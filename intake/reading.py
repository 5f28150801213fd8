"""One letter, from raw bytes to its outcome: parse, classify, read, structure, check. Pure; runs in a child process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from intake.check.checks import check
from intake.classify.archives import open_archives
from intake.classify.doubts import doubts_about_sender
from intake.classify.submission import Ignored, Submission, classify
from intake.parse.message import Message, Part, parse_message
from intake.read.docx.package import is_docx
from intake.read.docx.reader import read_docx
from intake.read.legacy import NOTHING_CONVERTED, Converted, is_legacy, must_be_converted, read_legacy
from intake.read.pasted import read_pasted, title_of_subject
from intake.read.source import SourceDocument
from intake.read.structure import structure
from values.department import KnownDepartment, department_of_sender
from values.errors import NeedsEditor
from values.letter import Verdict
from values.manuscript import Finding, Manuscript, Media, Picture, Severity
from values.outgoing import LetterHead


@dataclass(frozen=True, slots=True)
class Register:
    """What a bulletin knows when it reads a letter.

    own_addresses: what comes from them is our own mail. hold_unknown: articles from unknown senders wait for a person.
    authserv_id: the mail server whose Authentication-Results are believed, "" for none.
    """

    departments: tuple[KnownDepartment, ...]
    own_addresses: frozenset[str]
    sections: tuple[str, ...]
    hold_unknown: bool
    authserv_id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One manuscript of a letter, read. `attachment`: the sender's file name, as text only.

    content_sha256: of the file's bytes; text_sha256: of its words and pictures, white space apart.
    concerns: Chinese, what in the file needs the editor's eye.
    """

    manuscript: Manuscript
    findings: tuple[Finding, ...]
    media: tuple[Media, ...]
    department: str | None
    section: str
    attachment: str
    content_sha256: str
    text_sha256: str
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a letter, before the ledger has been asked whether it is a duplicate. `reason` is Chinese.

    concerns: Chinese, what in a letter with drafts needs somebody's eye. head: what an answer depends on.
    unconverted: files that need LibreOffice first. The reading tells what is to be done without; with one, the letter
    is read again.
    """

    sender: str
    subject: str
    message_id: str
    verdict: Verdict
    reason: str
    drafts: tuple[Draft, ...] = ()
    unconverted: tuple[bytes, ...] = ()
    concerns: tuple[str, ...] = ()
    head: LetterHead = field(default_factory=LetterHead)

    def texts(self) -> Iterator[str]:
        """Every text in it that is going to be stored."""
        yield from (self.sender, self.subject, self.message_id, self.reason)
        for draft in self.drafts:
            yield from (draft.attachment, draft.section, draft.department or "")
            manuscript = draft.manuscript
            yield from (manuscript.title, manuscript.byline or "", manuscript.text, *manuscript.house_lines)
            yield from (text for finding in draft.findings for text in (finding.message, finding.suggestion or ""))


def read_letter(raw: bytes, register: Register, converted: Converted = NOTHING_CONVERTED) -> Reading:
    """Reads a letter to its outcome. Never raises for what a letter may hold; a defect of the program does raise.

    converted: what LibreOffice made of the letter's files in older formats, as far as that is known.
    """
    message = parse_message(raw)
    message = replace(message, parts=open_archives(message.parts))
    try:
        submission = classify(
            message,
            register.departments,
            own_addresses=register.own_addresses,
            sections=register.sections,
            is_manuscript=is_docx,
            authserv_id=register.authserv_id,
            is_legacy=is_legacy,
        )
    except NeedsEditor as error:
        return _outcome(message, register, Verdict.QUARANTINED, str(error))
    if isinstance(submission, Ignored):
        return _outcome(message, register, Verdict.IGNORED, submission.reason)
    drafts: list[Draft] = []
    failures: list[str] = []
    for part in submission.manuscripts:
        try:
            drafts.append(_read_manuscript(part, message, submission, register, converted))
        except NeedsEditor as error:
            failures.append(f"{part.name or '附件'}：{error}")
    unconverted = tuple(part.data for part in submission.manuscripts if must_be_converted(part, converted))
    if not drafts:
        reason = "；".join(failures)
        return replace(_outcome(message, register, Verdict.QUARANTINED, reason), unconverted=unconverted)
    concerns = _concerns(submission, drafts, failures, message.defects)
    verdict, reason = _verdict(submission, drafts, concerns, register)
    found = _outcome(message, register, verdict, reason)
    return replace(found, drafts=tuple(drafts), concerns=concerns, unconverted=unconverted)


def read_header(raw: bytes, size: int, limit: int, register: Register) -> Reading:
    """A letter of which only the header was taken, because it is larger than the limit (both in bytes)."""
    reason = (
        f"来信有 {size / 1e6:.0f} MB，超过上限 {limit / 1e6:.0f} MB，只收下了信头，全文仍在邮箱里。"
        "请登录邮箱网页查看，或请对方压缩图片后重发。"
    )
    return header_of(raw, register, Verdict.QUARANTINED, reason)


def header_of(raw: bytes, register: Register, verdict: Verdict, reason: str) -> Reading:
    """What the header alone tells of a letter: who wrote it, and about what."""
    return _outcome(parse_message(raw), register, verdict, reason)


def _outcome(message: Message, register: Register, verdict: Verdict, reason: str) -> Reading:
    head = _head(message, register)
    return Reading(message.sender, message.subject, message.message_id, verdict, reason, head=head)


def _head(message: Message, register: Register) -> LetterHead:
    registered = bool(department_of_sender(message.sender, register.departments))
    doubts = doubts_about_sender(message, register.departments, registered=registered, authserv_id=register.authserv_id)
    return LetterHead(
        sender=message.sender,
        to=message.to,
        message_id=message.message_id,
        references=message.references,
        headers=message.headers,
        trusted=registered and not doubts,
    )


def _read_manuscript(
    part: Part, message: Message, submission: Submission, register: Register, converted: Converted
) -> Draft:
    document = read_pasted(part) if submission.pasted else _document(part, converted)
    structured = structure(
        document, register.departments, register.sections, fallback_title=part.name or title_of_subject(message.subject)
    )
    section = structured.section or submission.section
    structured = replace(structured, section=section)
    department = _department(submission, part, structured.byline_department)
    findings = check(structured, document.omissions, department, register.departments)
    if submission.department is None and (department is None or _from_nobody(submission)):
        findings = (Finding("unknown-sender", Severity.WARNING, _unknown_sender(submission)), *findings)
    return Draft(
        manuscript=structured.manuscript,
        findings=findings,
        media=document.media,
        department=department,
        section=section,
        attachment=part.name,
        content_sha256=hashlib.sha256(part.data).hexdigest(),
        text_sha256=_text_sha256(structured.manuscript),
        concerns=tuple(omission.message for omission in document.omissions if omission.serious),
    )


def _document(part: Part, converted: Converted) -> SourceDocument:
    return read_legacy(part, converted) if is_legacy(part) else read_docx(part.data)


def _department(submission: Submission, part: Part, signed: str | None) -> str | None:
    """Whose it is: by the address of who wrote it first, else of the sender; as signed, where units share an address or
    the address is unknown."""
    original = submission.originals.get(part.origin, ())
    candidates = original or submission.candidates
    if len(original) == 1:
        return original[0]
    if not original and submission.department is not None:
        return submission.department
    if candidates:
        return signed if signed in candidates else None
    return signed


def _from_nobody(submission: Submission) -> bool:
    """Neither the sender nor the first writer of a forwarded letter is registered."""
    return submission.department is None and not submission.candidates and not submission.originals


def _unknown_sender(submission: Submission) -> str:
    if submission.candidates:
        return f"{'、'.join(submission.candidates)}共用这个发件地址，稿件没有署其中哪个单位"
    return "发件地址不在单位名录中"


def _text_sha256(manuscript: Manuscript) -> str:
    pictures = [block.sha256 for block in manuscript.blocks if isinstance(block, Picture)]
    words = "".join((manuscript.title + manuscript.text).split())
    return hashlib.sha256("\n".join([words, *pictures]).encode("utf-8", "surrogatepass")).hexdigest()


def _concerns(
    submission: Submission, drafts: list[Draft], failures: list[str], defects: tuple[str, ...]
) -> tuple[str, ...]:
    concerns = [*defects, *submission.unread, *(f"另有附件未能读出（{failure}）" for failure in failures)]
    concerns += [concern for draft in drafts for concern in draft.concerns]
    return tuple(dict.fromkeys(concerns))


def _verdict(
    submission: Submission, drafts: list[Draft], concerns: tuple[str, ...], register: Register
) -> tuple[Verdict, str]:
    titles = "、".join(f"《{draft.manuscript.title}》" for draft in drafts)
    unknown = submission.department is None and any(draft.department is None for draft in drafts)
    unknown = unknown or _from_nobody(submission)
    if submission.doubts or (unknown and register.hold_unknown):
        doubts = submission.doubts or (_unknown_sender(submission),)
        guess = next((draft.department for draft in drafts if draft.department), None)
        hint = f"，署名像是{guess}" if guess else ""
        return Verdict.UNCONFIRMED, f"{titles}已读出，等待确认来源：{'；'.join(doubts)}{hint}"
    owner = "、".join(dict.fromkeys(draft.department or "单位不明" for draft in drafts))
    if concerns:
        return Verdict.FLAGGED, f"{owner}{titles}已成稿，请留意：{'；'.join(concerns)}"
    return Verdict.ARTICLE, f"{owner}{titles}已成稿"
