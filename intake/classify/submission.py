"""`Message` → `Submission`: whose it is and which parts are manuscripts; or why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake.classify.attached_pictures import Shares, attached_pictures, photographs_within, shared_out
from intake.classify.automatic import MachineSign, machine_sign
from intake.classify.doubts import doubts_about_forwarding, doubts_about_sender
from intake.classify.fixed_layout import Beside, each_once, fixed_beside
from intake.classify.no_manuscript import (
    CLOUD,
    has_cloud_attachment,
    has_documents,
    homeless_pictures,
    pictures_within,
    unread_attachments,
    why_no_manuscript,
)
from intake.parse.file_kinds import is_named_word, is_owner_file
from intake.parse.message import Message, Part
from intake.read.pasted.pasted import pasted_article
from values.address import is_unattended
from values.department import KnownDepartment, department_named_in, department_of_sender
from values.errors import NoManuscript
from values.machine_mail import MachineMail
from values.reason import Reason

_IGNORED: Final = {
    MachineMail.OUR_OWN: "本刊邮箱自己发出的信，不是来稿",
    MachineMail.AUTO_REPLY: "自动回复，不是来稿",
    MachineMail.GENERATED: "系统自动发出的信，不是来稿",
    MachineMail.BOUNCE: "退信通知，不是来稿",
    MachineMail.READ_RECEIPT: "已读回执，不是来稿",
    MachineMail.LIST_MAIL: "群发邮件（邮件列表或广告订阅），不是来稿",
}
_NOTICE: Final = "系统通知，不是来稿"
_LONGEST_GUESSED_FROM: Final = 200
_BRACKETED: Final = re.compile("【([^【】]{1,100})】")


@dataclass(frozen=True, slots=True)
class Ignored:
    """A letter that is no submission and is never answered. reason: Chinese."""

    reason: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A letter with manuscripts.

    department: the canonical name when exactly one department has the sender's address, else None.
    candidates: the names when several share it. manuscripts: at least one, in the letter's order.
    section: as the subject's 【】 names it, "" for none. doubts: Chinese, why the sender may not be who it seems.
    unread: what else was attached and cannot be read; one sentence each.
    originals: who first wrote the forwarded manuscripts, address → names of the departments that have it; only those
    that are registered. pasted: the one manuscript is the letter's own text, as `read_pasted` takes it.
    pictures: those sent beside each manuscript, in the manuscripts' order. left_in_letter: how many photographs in the
    letter's text are none of these.
    remarks: Chinese, what else is worth knowing though nobody need do anything; one sentence each.
    guess: for an unknown sender, the department that the sender's name or the subject speaks of; None for none.
    """

    department: str | None
    candidates: tuple[str, ...]
    manuscripts: tuple[Part, ...]
    section: str
    doubts: tuple[str, ...]
    unread: tuple[Reason, ...] = ()
    originals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pasted: bool = False
    pictures: tuple[tuple[Part, ...], ...] = ()
    left_in_letter: int = 0
    remarks: tuple[str, ...] = ()
    guess: str | None = None

    @property
    def is_from_nobody(self) -> bool:
        """Neither the sender nor the first writer of a forwarded letter is registered."""
        return self.department is None and not self.candidates and not self.originals

    @property
    def unknown_sender(self) -> str:
        """Why nobody knows whose it is. Chinese."""
        if self.candidates:
            return f"{'、'.join(self.candidates)}共用这个发件地址，稿件没有署其中哪个单位"
        return "发件地址不在单位名录中"


def classify(
    message: Message,
    departments: Sequence[KnownDepartment],
    *,
    own_addresses: Collection[str],
    sections: Sequence[str],
    is_manuscript: Callable[[bytes], bool],
    authserv_id: str = "",
    is_legacy: Callable[[Part], bool] = lambda _part: False,
    is_fixed: Callable[[Part], bool] = lambda _part: False,
) -> Submission | Ignored:
    """What the letter is.

    A registered department's letter with a document in it is ignored only for a certain sign (`machine_sign`):
    a gateway's Precedence, List-Unsubscribe or a subject must not lose a submission. Anyone else's is ignored for
    every sign: senders of advertisements attach documents too. Our own mail is ignored, except what it forwards.

    is_legacy: whether a part is a manuscript that must be converted first. is_fixed: whether it is a PDF or OFD, which
    is a manuscript only where there is no other.
    Raises NoManuscript, with what to ask the sender for, when a person's letter holds no manuscript.
    """
    own = frozenset(address.strip().lower() for address in own_addresses)
    sign = machine_sign(message, own)
    owners = department_of_sender(message.sender, departments)
    manuscripts = _manuscripts(message.parts, lambda part: is_manuscript(part.data) or is_legacy(part), is_fixed)
    pasted = () if manuscripts else _pasted(message, answerable=bool(owners) or not is_unattended(message.sender))
    passed_on = _passed_on(sign, manuscripts or pasted, own)
    brings = owners and (manuscripts or has_documents(message))
    if sign is not None and not passed_on and (sign.certain or not brings):
        return Ignored(_IGNORED[sign.kind])
    manuscripts = passed_on or manuscripts or pasted
    if not manuscripts:
        if is_unattended(message.sender) and not owners and not has_documents(message):
            return Ignored(_NOTICE)
        raise NoManuscript(why_no_manuscript(message))
    names = _names(owners)
    originals = _originals(manuscripts, departments)
    known = bool(owners)
    shares = shared_out(attached_pictures(message, within=bool(pasted)), manuscripts)
    doubts = doubts_about_sender(message, departments, registered=known, authserv_id=authserv_id)
    doubts += doubts_about_forwarding(message.sender, manuscripts, originals, registered=known, ours=bool(passed_on))
    taken = {part.data for part in manuscripts}
    fixed = [part for part in message.parts if part.data not in taken and not part.unopened and is_fixed(part)]
    beside = fixed_beside(fixed, manuscripts)
    return Submission(
        department=names[0] if len(names) == 1 else None,
        candidates=names if len(names) > 1 else (),
        manuscripts=manuscripts,
        section=_section(message.subject, sections),
        doubts=doubts,
        unread=_unread(message, (*manuscripts, *fixed), beside, shares, pasted=bool(pasted)),
        originals=originals,
        pasted=bool(pasted),
        pictures=shares.of_each,
        left_in_letter=0 if pasted else len(photographs_within(message)),
        remarks=(beside.copies,) if beside.copies else (),
        guess=None if known else _guess(message, departments),
    )


def _guess(message: Message, departments: Sequence[KnownDepartment]) -> str | None:
    texts = (message.sender_name, message.subject)
    found = (department_named_in(text[:_LONGEST_GUESSED_FROM], departments) for text in texts)
    return next((department.name for department in found if department is not None), None)


def _names(owners: Iterable[KnownDepartment]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner.name for owner in owners))


def _passed_on(sign: MachineSign | None, manuscripts: Iterable[Part], own: Collection[str]) -> tuple[Part, ...]:
    """What the office itself forwards to its mailbox: manuscripts in letters of others. () for any other letter."""
    if sign is None or not sign.certain or sign.kind is not MachineMail.OUR_OWN:
        return ()
    return tuple(part for part in manuscripts if part.origin and part.origin not in own)


def _originals(manuscripts: Iterable[Part], departments: Sequence[KnownDepartment]) -> dict[str, tuple[str, ...]]:
    origins = dict.fromkeys(part.origin for part in manuscripts if part.forwarded and part.origin)
    found = {origin: _names(department_of_sender(origin, departments)) for origin in origins}
    return {origin: names for origin, names in found.items() if names}


def _pasted(message: Message, *, answerable: bool) -> tuple[Part, ...]:
    """The letter's text as its manuscript, where nothing else could be meant."""
    if not answerable or has_documents(message) or has_cloud_attachment(message):
        return ()
    article = pasted_article(message)
    return (article,) if article else ()


def _manuscripts(
    parts: Iterable[Part], is_manuscript: Callable[[Part], bool], is_fixed: Callable[[Part], bool]
) -> tuple[Part, ...]:
    """The parts that are manuscripts by their bytes, each content once; PDF and OFD only where there is no other.

    A damaged file that is called .docx stays: reading it tells what is wrong with it.
    """
    found: dict[bytes, Part] = {}
    fixed: dict[bytes, Part] = {}
    for part in parts:
        if part.data in found or part.unopened or is_owner_file(part.name):
            continue
        if is_fixed(part):
            fixed.setdefault(part.data, part)
        elif is_manuscript(part) or is_named_word(part.name, part.data):
            found[part.data] = part
    return tuple(found.values()) or each_once(fixed.values())


def _unread(
    message: Message, told: Sequence[Part], beside: Beside, shares: Shares, *, pasted: bool
) -> tuple[Reason, ...]:
    """told: the parts that are manuscripts, or spoken of in `beside`."""
    placed = {part.data for pictures in shares.of_each for part in pictures}
    taken = placed | {part.data for part in (*told, *shares.homeless)}
    rest = (part for part in message.parts if part.data not in taken and not is_owner_file(part.name))
    unread = (
        *unread_attachments(rest),
        *map(Reason.alike, filter(None, [beside.others])),
        *homeless_pictures(shares.homeless),
    )
    small = [part for part in pictures_within(message) if part.data not in placed] if pasted else []
    if small:
        unread = (*unread, Reason.alike(f"正文里的图片（{len(small)} 张）没有读入"))
    return (CLOUD, *unread) if has_cloud_attachment(message) else unread


def _section(subject: str, sections: Sequence[str]) -> str:
    named = ("".join(name.split()) for name in _BRACKETED.findall(subject))
    return next((name for name in named if name and name in sections), "")
