"""One letter, from raw bytes to its outcome: parse, classify, read, structure, check. Pure; runs in a child process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from intake.addition import addition_of
from intake.archives.opened import open_archives
from intake.classify.authentication import Authentication, authentication_of
from intake.classify.automatic import machine_sign, wants_no_answer
from intake.classify.doubts import doubts_about_sender
from intake.classify.editor_answer import ANSWER, codes_in, editor_answer, without_answer_codes
from intake.classify.inline_forward import with_forwarded_writer
from intake.classify.intent import intent_of
from intake.classify.no_manuscript import has_documents
from intake.classify.ownership import first_writer
from intake.classify.submission import Ignored, Submission, classify, classify_added
from intake.classify.withdrawal import withdrawal_of
from intake.edited_draft import drafts_in
from intake.manuscripts import articles_in
from intake.outcome import Intent, ReadArticle, Reading
from intake.parse.content import content_of
from intake.parse.message import Message, parse_message
from intake.read.docx.package import OpenedPackages
from intake.read.file_properties import letter_of_copy
from intake.read.formats import read_manuscript, with_formats
from intake.read.legacy.formats import conversion_of
from intake.read.pasted.reading import read_pasted
from intake.register import Register
from intake.secrecy.gate import PlacedMarking, marking_in_header, marking_in_letter, sealed_reason
from intake.secrecy.markings import office_words
from programs.conversion import NO_CONVERSIONS, Conversions
from values import rules
from values.department import department_of_sender
from values.draft_marks import DraftIdentity
from values.errors import NeedsEditor, WrittenToEditor
from values.letter import AddedByHand, Verdict
from values.mailed_answer import MailedAnswer
from values.outgoing import LetterHead
from values.reason import Reason, joined

_NO_ADDRESS: Final = "不明："
"""Before a From field that names no sender: what is shown of it must never equal an address."""


def read_letter(
    raw: bytes,
    register: Register,
    converted: Conversions = NO_CONVERSIONS,
    *,
    released: bool = False,
    added: AddedByHand | None = None,
) -> Reading:
    """Reads a letter to its outcome. Never raises for what a letter may hold; a defect of the program does raise.

    converted: what LibreOffice has made of the letter's files in older formats and drawings so far. released: an
    administrator has released it, so that a marking of secrecy does not seal it. added: who added it by hand, so that
    its text and its files are manuscripts of the department that the person named, and nothing about its sender is
    doubted.
    """
    parsed = parse_message(raw)
    codes, message = codes_in(parsed), without_answer_codes(parsed)
    packages = OpenedPackages()
    opened = replace(message, parts=with_formats(open_archives(message.parts), packages))
    placed = None if released else marking_in_letter(opened, converted, _words(register), packages)
    if placed is not None and placed.seals:
        return _sealed(message, placed)
    if added is None:
        written = with_forwarded_writer(opened, register.own_addresses, register.departments)
        answer = editor_answer(written, register, codes)
        drafts = drafts_in(written, converted, packages)
        if answer is not None:
            reading = _answer(written, register, answer)
        elif drafts:
            reading = _read_beside_drafts(written, drafts, codes, register, converted, packages)
        else:
            reading = _read(written, register, converted, packages)
    else:
        reading = _read_added(opened, added, register, converted, packages)
    if not released:
        reading = _waiting_for_gate(reading, opened, converted)
    return replace(_flagged(reading, placed), content=content_of(raw, message))


def _answer(message: Message, register: Register, answer: MailedAnswer) -> Reading:
    """The reading of an answer to a draft. Whether its sender is believed, the ledger decides."""
    return replace(_outcome(message, register, Verdict.QUESTION, ANSWER), answer=answer, only_words=True)


def _read_beside_drafts(
    message: Message,
    drafts: Mapping[str, DraftIdentity],
    codes: tuple[str, ...],
    register: Register,
    converted: Conversions,
    packages: OpenedPackages,
) -> Reading:
    """The reading of a letter that brings a draft that somebody has edited: no manuscript, but for the editor to look
    at. What else it brings is read as ever. Whether its sender is believed, the ledger decides."""
    rest = replace(message, parts=tuple(p for p in message.parts if hashlib.sha256(p.data).hexdigest() not in drafts))
    sign = machine_sign(message, register.own_addresses)
    brought = tuple(dict.fromkeys(drafts.values()))
    named = "、".join(dict.fromkeys(f"第 {draft.number} 期第 {draft.revision} 稿" for draft in brought))
    if has_documents(rest) or (sign is not None and sign.certain):
        return _with_drafts(_read(rest, register, converted, packages), brought, named)
    reason = Reason.alike(f"附件是改过的送审稿（{named}），不是来稿：请看会改什么，再照此改")
    answer = editor_answer(rest, register, codes, tuple(drafts))
    return replace(_outcome(message, register, Verdict.QUESTION, reason), answer=answer, drafts=brought)


def _with_drafts(reading: Reading, drafts: tuple[DraftIdentity, ...], named: str) -> Reading:
    """The reading of a letter that brings edited drafts besides what was read of it: an editor is to look at both."""
    if reading.verdict not in (Verdict.ARTICLE, Verdict.FLAGGED):
        return replace(reading, drafts=drafts)
    clause = f"附件里还有改过的送审稿（{named}），请看会改什么"
    separator = "；" if reading.verdict is Verdict.FLAGGED else "，请留意："
    reason = Reason(f"{reading.reason.for_clerk}{separator}{clause}", reading.reason.for_sender)
    return replace(reading, verdict=Verdict.FLAGGED, reason=reason, drafts=drafts)


def _waiting_for_gate(reading: Reading, message: Message, converted: Conversions) -> Reading:
    """The reading also asks for files in older formats that are no manuscripts: the gate is to look through them."""
    unread = [request for part in message.parts if (request := conversion_of(part, converted))]
    return replace(reading, unconverted=tuple(dict.fromkeys((*reading.unconverted, *unread))))


def _words(register: Register) -> tuple[str, ...]:
    return office_words(marking.marking for marking in register.word_list.secrecy_markings)


def _sealed(message: Message, placed: PlacedMarking) -> Reading:
    """Nothing of the letter but its address: no subject, no name, no Message-ID, no text."""
    seal = placed.seal
    return Reading(message.sender, "", "", Verdict.SEALED, Reason.alike(sealed_reason(seal)), seal=seal)


def _flagged(reading: Reading, placed: PlacedMarking | None) -> Reading:
    """The reading of a letter that says that it is not for the public: its editor is to decide."""
    if placed is None or not reading.articles:
        return reading
    message = f"{placed.place}标有“{placed.marking.text}”，请先确认可以刊登"
    finding = rules.NOT_FOR_PUBLIC.finding(f"{message}。")
    concern = Reason.alike(message)
    articles = tuple(replace(article, findings=(finding, *article.findings)) for article in reading.articles)
    reading = replace(reading, articles=articles, concerns=(concern, *reading.concerns))
    if reading.verdict is Verdict.UNCONFIRMED:
        return replace(reading, reason=joined("；", [reading.reason, concern]))
    separator = "；" if reading.verdict is Verdict.FLAGGED else "，请留意："
    return replace(reading, verdict=Verdict.FLAGGED, reason=joined(separator, [reading.reason, concern]))


def _read(message: Message, register: Register, converted: Conversions, packages: OpenedPackages) -> Reading:
    try:
        submission = classify(message, register)
    except NeedsEditor as error:
        return _without_manuscript(message, register, error)
    if isinstance(submission, Ignored):
        return _outcome(message, register, Verdict.IGNORED, Reason.alike(submission.reason))
    return _read_submission(message, submission, register, converted, packages)


def _read_added(
    message: Message, added: AddedByHand, register: Register, converted: Conversions, packages: OpenedPackages
) -> Reading:
    """The reading of a letter that a person added by hand; it names that person as its sender."""
    try:
        submission = classify_added(message, added, register)
    except NeedsEditor as error:
        reading = _outcome(message, register, Verdict.QUARANTINED, error.reason)
    else:
        reading = _read_submission(message, submission, register, converted, packages)
    pasted = reading.articles and not reading.articles[0].attachment
    return replace(
        reading,
        sender=added.who,
        vouched=True,
        reason=reading.reason.within(f"由{added.who}添加："),
        intent=Intent.NEW if pasted else reading.intent,  # words of an article announce nothing
    )


def _read_submission(
    message: Message, submission: Submission, register: Register, converted: Conversions, packages: OpenedPackages
) -> Reading:
    articles: list[ReadArticle] = []
    failures: list[Reason] = []
    waiting = [request for part in submission.manuscripts if (request := conversion_of(part, converted))]
    for part, pictures in zip(submission.manuscripts, submission.pictures.of_each, strict=True):
        try:
            document = (
                read_pasted(part, submission.doubts_about_text)
                if submission.pasted and part is submission.manuscripts[0]
                else read_manuscript(part, converted, packages)
            )
            waiting += document.undrawn
            of_file = articles_in(document, part, pictures, message, submission, register)
            if len(of_file) == 1:
                of_file = [replace(of_file[0], returned_by=letter_of_copy(part, converted, packages))]
            articles += of_file
        except NeedsEditor as error:
            also = f"随它的 {len(pictures)} 张附图也没有收入。" if pictures else ""
            failures.append(error.reason.within(f"{part.name or '附件'}：", also))
    unconverted = tuple(dict.fromkeys(waiting))
    if not articles:
        reason = joined("；", failures)
        return replace(_outcome(message, register, Verdict.QUARANTINED, reason), unconverted=unconverted)
    concerns = _concerns(submission, articles, failures, message.defects)
    verdict, reason = _verdict(submission, articles, concerns, register)
    return replace(
        _outcome(message, register, verdict, reason),
        articles=tuple(articles),
        concerns=concerns,
        unconverted=unconverted,
        intent=intent_of(message, [part.name for part in submission.manuscripts]),
    )


def _without_manuscript(message: Message, register: Register, error: NeedsEditor) -> Reading:
    """The reading of a letter in which there is nothing to be read as an article, for the reason of `error`."""
    withdrawal = withdrawal_of(message, register.departments, register.authserv_id)
    if withdrawal is not None:
        verdict = Verdict.FLAGGED if withdrawal.trusted else Verdict.QUARANTINED
        return replace(_outcome(message, register, verdict, Reason.alike(withdrawal.reason)), withdrawal=withdrawal)
    verdict = Verdict.QUESTION if isinstance(error, WrittenToEditor) else Verdict.QUARANTINED
    outcome = _outcome(message, register, verdict, error.reason)
    return replace(
        outcome,
        addition=addition_of(message, register) if outcome.head.trusted and not outcome.head.answer_to else None,
        only_words=not has_documents(message),
        asks=isinstance(error, WrittenToEditor) and error.asks,
        queries=isinstance(error, WrittenToEditor) and error.queries,
    )


def head_of(raw: bytes, register: Register) -> LetterHead:
    """What an answer to the letter depends on, with its sender as the register has it now."""
    parsed = without_answer_codes(parse_message(raw))
    message = with_forwarded_writer(parsed, register.own_addresses, register.departments)
    return _outcome(message, register, Verdict.PENDING, Reason.alike("")).head


def header_of(raw: bytes, register: Register, *, released: bool = False) -> Reading:
    """A letter of which only the header is read: its sender and subject; pending, or sealed by its subject."""
    message = without_answer_codes(parse_message(raw))
    placed = None if released else marking_in_header(message, _words(register))
    if placed is not None and placed.seals:
        return _sealed(message, placed)
    return replace(_outcome(message, register, Verdict.PENDING, Reason.alike("")), content=content_of(raw, message))


def _outcome(message: Message, register: Register, verdict: Verdict, reason: Reason) -> Reading:
    answers = tuple(dict.fromkeys(filter(None, (*message.references, message.in_reply_to))))
    head = _head(message, answers, register)
    sender = message.sender or (f"{_NO_ADDRESS}{message.sender_text}" if message.sender_text else "")
    vouched = authentication_of(message, register.authserv_id) is Authentication.PASSED
    sent_at = max(message.date, message.received) if message.date and message.received else None
    return Reading(
        sender=sender,
        subject=message.subject,
        message_id=message.message_id,
        verdict=verdict,
        reason=reason,
        answers=answers,
        vouched=vouched,
        head=head,
        sent_at=sent_at,
    )


def _head(message: Message, answers: tuple[str, ...], register: Register) -> LetterHead:
    registered = bool(department_of_sender(message.sender, register.departments))
    doubts = doubts_about_sender(message, register.departments, registered=registered, authserv_id=register.authserv_id)
    sign = machine_sign(message, register.own_addresses)
    return LetterHead(
        sender=message.sender,
        answer_to=first_writer(message, register.departments),
        to=message.to,
        message_id=message.message_id,
        references=answers,
        machine=sign.kind if sign else None,
        wants_no_answer=wants_no_answer(message),
        trusted=registered and not doubts,
    )


def _concerns(
    submission: Submission, articles: list[ReadArticle], failures: list[Reason], defects: tuple[str, ...]
) -> tuple[Reason, ...]:
    concerns = [*map(Reason.alike, defects), *submission.notes.unread]
    concerns += [failure.within("另有附件未能读出（", "）") for failure in failures]
    concerns += [concern for article in articles for concern in article.concerns]
    return tuple(dict.fromkeys(concerns))


def _verdict(
    submission: Submission, articles: list[ReadArticle], concerns: tuple[Reason, ...], register: Register
) -> tuple[Verdict, Reason]:
    titles = "、".join(f"《{article.manuscript.title}》" for article in articles)
    unknown = submission.owner.department is None and any(article.department is None for article in articles)
    unknown = unknown or submission.owner.is_from_nobody
    if submission.owner.doubts or (unknown and register.hold_unknown):
        doubts = submission.owner.doubts or (submission.owner.unknown_sender,)
        guess = next((article for article in articles if article.department), None)
        hint = f"，{'署名' if guess.manuscript.byline else '发件人或主题'}像是{guess.department}" if guess else ""
        return Verdict.UNCONFIRMED, Reason.alike(f"{titles}已读出，等待确认来源：{'；'.join(doubts)}{hint}")
    owner = "、".join(dict.fromkeys(article.department or "单位待定" for article in articles))
    if concerns:
        return Verdict.FLAGGED, Reason.alike(f"{owner}{titles}已成稿，请留意：{joined('；', concerns).for_clerk}")
    return Verdict.ARTICLE, Reason.alike(f"{owner}{titles}已成稿")
