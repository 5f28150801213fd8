"""`Message` → `Submission`: its manuscripts and their department; or why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake.classify.attached_pictures import (
    PictureShares,
    attached_pictures,
    photographs_within,
    pictures_within,
    share_pictures,
)
from intake.classify.attachments import is_icon
from intake.classify.automatic import MachineSign, machine_sign
from intake.classify.cloud import cloud_attachment, linked_document
from intake.classify.fixed_layout import notes_on_fixed
from intake.classify.list_rewriting import list_writer
from intake.classify.manuscripts import SentManuscripts, manuscripts_of
from intake.classify.no_manuscript import (
    QUERY,
    QUESTION,
    REQUEST,
    has_documents,
    unplaced_pictures,
    unread_attachments,
    why_no_manuscript,
)
from intake.classify.ownership import Ownership, ownership_of
from intake.classify.query import asks_for_submissions
from intake.classify.recall import recall_of
from intake.classify.words import WordsKind, kind_of_words
from intake.parse.file_kinds import is_owner_file
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Message, Part
from intake.read.pasted.article import added_text
from intake.read.pasted.reading import TextDoubt
from intake.register import Register
from values.address import is_unattended
from values.department import department_of_sender
from values.errors import NoManuscript, WrittenToEditor
from values.letter import AddedByHand
from values.machine_mail import MachineMail
from values.reason import Reason

_IGNORED: Final = {
    MachineMail.OUR_OWN: "本刊邮箱自己发出的信，不是来稿",
    MachineMail.AUTO_REPLY: "自动回复，不是来稿",
    MachineMail.GENERATED: "系统自动发出的信，不是来稿",
    MachineMail.BOUNCE: "退信通知，不是来稿",
    MachineMail.READ_RECEIPT: "已读回执，不是来稿",
    MachineMail.CALENDAR: "日程邀请或对邀请的答复，不是来稿",
    MachineMail.LIST_MAIL: "群发邮件（邮件列表或广告订阅），不是来稿",
}
_NOTICE: Final = "系统通知，不是来稿"
_THANKS: Final = "致谢或告知收到的信，不是来稿"
_BRACKETED: Final = re.compile("【([^【】]{1,100})】")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A letter that is no submission and is never answered."""

    reason: str
    """Chinese."""


@dataclass(frozen=True, slots=True)
class SentPictures:
    """附图: pictures that a letter brings next to its manuscripts."""

    of_each: tuple[tuple[Part, ...], ...] = ()
    """Those of every manuscript, in the manuscripts' order."""
    left_in_letter: int = 0
    """How many photographs in the letter's text are none of these."""


@dataclass(frozen=True, slots=True)
class AttachmentNotes:
    """Attachments that are not read."""

    unread: tuple[Reason, ...] = ()
    """What cannot be read, with what to ask for; a sentence each. The letter is flagged for them."""
    remarks: tuple[str, ...] = ()
    """What is worth knowing and needs no action; Chinese, a sentence each."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A letter with manuscripts."""

    owner: Ownership
    manuscripts: tuple[Part, ...]
    """At least one, in the letter's order."""
    pasted: bool
    """The first manuscript is the letter's own text, as `read_pasted` takes it; the only one, unless it was added by
    hand."""
    doubts_about_text: TextDoubt
    """Of a pasted one."""
    section: str
    """栏目, as the subject's 【】 names it; "" for none."""
    pictures: SentPictures
    notes: AttachmentNotes


def classify(message: Message, register: Register) -> Submission | Ignored:
    """What the letter is: its parts have been unpacked and recognised (`Part.manuscript_format`).

    Raises NoManuscript, with what to ask the sender for, when a person's letter holds no manuscript; WrittenToEditor
    when it is not meant to hold one.
    """
    own = frozenset(address.strip().lower() for address in register.own_addresses)
    registered = bool(department_of_sender(message.sender, register.departments))
    sign = machine_sign(message, own)
    sent = manuscripts_of(
        message,
        register.departments,
        may_be_pasted=registered or not is_unattended(message.sender),
        may_be_doubtful=registered,
    )
    forwarded = sent.forwarded_by_others(own) if _is_ours(sign) else SentManuscripts()
    through_list = sign is not None and sign.kind is MachineMail.LIST_MAIL
    expected = registered or (through_list and list_writer(message, register.departments) is not None)
    ignored = None if forwarded else _ignored(message, sign, sent, expected=expected)
    if ignored is not None:
        return ignored
    manuscripts = forwarded or sent
    if not manuscripts:
        return _without_manuscript(message)
    owner = ownership_of(message, manuscripts.parts, register, ours=bool(forwarded))
    doubt = TextDoubt.PERHAPS_A_LETTER if manuscripts.doubtful else TextDoubt.IN_A_LETTER
    return _submission(message, register, manuscripts, owner, doubt)


def classify_added(message: Message, added: AddedByHand, register: Register) -> Submission:
    """The text and the files of a letter that a person added by hand, all of the department that the person named.

    Raises NoManuscript when there are none: only pictures, or files that cannot be read.
    """
    text = added_text(message, register.departments)
    files = manuscripts_of(message, may_be_pasted=False).parts
    sent = SentManuscripts((text, *files) if text else files, pasted=text is not None)
    if not sent:
        raise NoManuscript(why_no_manuscript(message))
    return _submission(message, register, sent, Ownership(added.department), TextDoubt.NONE)


def _without_manuscript(message: Message) -> Ignored:
    """A letter that only thanks is ignored. Raises NoManuscript for any other, or WrittenToEditor."""
    files = has_documents(message) or cloud_attachment(message) or attached_pictures(message, within=True)
    if files or recall_of(message) is not None:
        raise NoManuscript(why_no_manuscript(message))
    if asks_for_submissions(message):
        raise WrittenToEditor(QUERY, asks=True, queries=True)
    match kind_of_words(message):
        case WordsKind.THANKS:
            return Ignored(_THANKS)
        case WordsKind.QUESTION:
            raise WrittenToEditor(QUESTION, asks=True)
        case WordsKind.REQUEST | WordsKind.SUBMISSION if (linked := linked_document(message)) is not None:
            raise NoManuscript(linked)
        case WordsKind.REQUEST:
            raise WrittenToEditor(REQUEST, asks=False)
        case WordsKind.SUBMISSION:
            raise NoManuscript(why_no_manuscript(message))


def _is_ours(sign: MachineSign | None) -> bool:
    """Whether the office itself sent the letter to its mailbox: what it forwards there is a submission of others."""
    return sign is not None and sign.certain and sign.kind is MachineMail.OUR_OWN


def _ignored(message: Message, sign: MachineSign | None, sent: SentManuscripts, *, expected: bool) -> Ignored | None:
    """Why the letter is no submission; None when it may be one.

    expected: it is a registered department's, or a list has rewritten it and names a department's writer. Such a letter
    with a document in it is ignored only for a certain sign (`machine_sign`): a gateway's Precedence, List-Unsubscribe
    or a subject must not lose a submission. Anyone else's is ignored for every sign: senders of advertisements attach
    documents too.
    """
    documents = bool(sent) or has_documents(message)
    if sign is not None and (sign.certain or not (expected and documents)):
        return Ignored(_IGNORED[sign.kind])
    if not documents and not expected and is_unattended(message.sender):
        return Ignored(_NOTICE)
    return None


def _submission(
    message: Message, register: Register, sent: SentManuscripts, owner: Ownership, doubt: TextDoubt
) -> Submission:
    shares = share_pictures(attached_pictures(message, within=sent.pasted), sent.parts)
    return Submission(
        owner=owner,
        manuscripts=sent.parts,
        pasted=sent.pasted,
        doubts_about_text=doubt,
        section=_section(message.subject, register.sections),
        pictures=SentPictures(shares.of_each, 0 if sent.pasted else len(photographs_within(message))),
        notes=_notes(message, sent, shares),
    )


def _notes(message: Message, sent: SentManuscripts, shares: PictureShares) -> AttachmentNotes:
    read = {part.data for part in sent.parts}
    fixed = [part for part in message.parts if part.data not in read and _is_fixed_layout(part)]
    on_fixed = notes_on_fixed(fixed, sent.parts)
    placed = {part.data for pictures in shares.of_each for part in pictures}
    named = read | placed | {part.data for part in (*fixed, *shares.unplaced)}
    rest = (part for part in message.parts if part.data not in named and not is_owner_file(part.name))
    unread = [
        *unread_attachments(rest),
        *map(Reason.alike, filter(None, [on_fixed.independent])),
        *unplaced_pictures(shares.unplaced),
    ]
    within = pictures_within(message) if sent.pasted else []
    small = [part for part in within if part.data not in placed and not is_icon(part)]
    if small:
        unread.append(Reason.alike(f"正文里的图片（{len(small)} 张）没有读入"))
    if sent.pasted and message.remote_pictures:
        sentence = f"正文里有 {message.remote_pictures} 张图片只是网上的链接，没有下载，没有收入。请把图片作附件发来。"
        unread.append(Reason.alike(sentence))
    if cloud := cloud_attachment(message):
        unread.insert(0, cloud)
    return AttachmentNotes(tuple(unread), (on_fixed.copies,) if on_fixed.copies else ())


def _is_fixed_layout(part: Part) -> bool:
    return part.manuscript_format is ManuscriptFormat.FIXED_LAYOUT and not part.unopened


def _section(subject: str, sections: Sequence[str]) -> str:
    named = ("".join(name.split()) for name in _BRACKETED.findall(subject))
    return next((name for name in named if name and name in sections), "")
