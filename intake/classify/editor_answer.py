"""Answers to our letters about drafts, and the codes that letters carry."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from intake.classify.authentication import Authentication, authentication_of
from intake.classify.automatic import machine_sign
from intake.classify.no_manuscript import has_documents
from intake.classify.own_words import own_words
from intake.parse.file_kinds import PGP_MESSAGE
from intake.parse.message import Message
from intake.register import Register
from values.answer_code import fingerprints_in, without_codes
from values.department import department_of_sender
from values.mailed_answer import MailedAnswer
from values.reason import Reason

ANSWER: Final = Reason.alike("对送审稿的答复，等待办理。")
_ABOUT_A_DRAFT: Final = re.compile(r"<(?:draft|review|reviewed|decided)\.[0-9a-f]{24}\.[0-9a-f]{32}@[^<>@\s]{1,400}>")
"""Message-IDs of our letters about drafts (`values.vouching`)."""


def codes_in(message: Message) -> tuple[str, ...]:
    """Fingerprints of the codes in the letter's addresses, subject and texts."""
    texts = (*message.to, message.subject, message.text, message.html_text, *(body.text for body in message.bodies))
    return fingerprints_in(texts)


def without_answer_codes(message: Message) -> Message:
    """The letter as everything after this reads it: no code of it is stored, shown or logged."""
    return replace(
        message,
        to=tuple(dict.fromkeys(map(without_codes, message.to))),
        subject=without_codes(message.subject),
        text=without_codes(message.text),
        html_text=without_codes(message.html_text),
        bodies=tuple(replace(body, text=without_codes(body.text)) for body in message.bodies),
        forwarded_subjects=tuple(map(without_codes, message.forwarded_subjects)),
    )


def editor_answer(
    message: Message, register: Register, codes: tuple[str, ...], files: tuple[str, ...] = ()
) -> MailedAnswer | None:
    """The letter as an answer to a draft: one of an editor or approver that refers to such a letter of ours, or one of
    anybody that carries a code. None for any other, for a machine's, for an encrypted one, and for one that brings a
    document.

    codes: `codes_in` the letter, of which the message is without. files: SHA-256 of the edited drafts that the letter
    brings, of which the message is without; an editor who mails one need not answer a letter of ours.
    """
    direct = (message.in_reply_to, *reversed(message.references))
    about = tuple(dict.fromkeys(id for id in direct if _ABOUT_A_DRAFT.fullmatch(id)))
    decides = message.sender in register.deciders
    if not (codes or (decides and (about or files))) or not message.sender:
        return None
    if not decides and department_of_sender(message.sender, register.departments):
        return None  # an editor has passed our letter on to a department, and it answers with what was asked for
    if machine_sign(message, register.own_addresses) is not None or has_documents(message):
        return None
    if PGP_MESSAGE in message.text:
        return None
    return MailedAnswer(
        sender=message.sender,
        text=own_words(message),
        about=about,
        codes=codes,
        authenticated=authentication_of(message, register.authserv_id) is Authentication.PASSED,
        files=files,
    )
