"""`Message` → `Submission`: whose it is and which parts are manuscripts; or why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intake.attachments import is_named_word, is_owner_file
from intake.automatic import NOTICE, automatic_sign, is_unanswerable
from intake.doubts import doubts_about_sender
from intake.message import Message, Part
from intake.no_manuscript import CLOUD, has_cloud_attachment, has_documents, unread_attachments, why_no_manuscript
from values.department import KnownDepartment, department_of_sender
from values.errors import NoManuscript

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
    unread: Chinese, what else was attached and cannot be read; one sentence each.
    """

    department: str | None
    candidates: tuple[str, ...]
    manuscripts: tuple[Part, ...]
    section: str
    doubts: tuple[str, ...]
    unread: tuple[str, ...] = ()


def classify(
    message: Message,
    departments: Sequence[KnownDepartment],
    *,
    own_addresses: Collection[str],
    sections: Sequence[str],
    is_manuscript: Callable[[bytes], bool],
    authserv_id: str = "",
) -> Submission | Ignored:
    """What the letter is.

    A registered department's letter with a document in it is ignored only for a certain sign (`automatic_sign`):
    a gateway's Precedence, List-Unsubscribe or a subject must not lose a submission. Anyone else's is ignored for
    every sign: senders of advertisements attach documents too.

    Raises NoManuscript, with what to ask the sender for, when a person's letter holds no manuscript.
    """
    sign = automatic_sign(message, own_addresses)
    if sign is not None and sign.certain:
        return Ignored(sign.reason)
    owners = department_of_sender(message.sender, departments)
    manuscripts = _manuscripts(message.parts, is_manuscript)
    if sign is not None and not (owners and (manuscripts or has_documents(message))):
        return Ignored(sign.reason)
    if not manuscripts:
        if is_unanswerable(message.sender) and not owners and not has_documents(message):
            return Ignored(NOTICE)
        raise NoManuscript(why_no_manuscript(message))
    names = tuple(dict.fromkeys(owner.name for owner in owners))
    return Submission(
        department=names[0] if len(names) == 1 else None,
        candidates=names if len(names) > 1 else (),
        manuscripts=manuscripts,
        section=_section(message.subject, sections),
        doubts=doubts_about_sender(message, departments, registered=bool(owners), authserv_id=authserv_id),
        unread=_unread(message, manuscripts),
    )


def _manuscripts(parts: Iterable[Part], is_manuscript: Callable[[bytes], bool]) -> tuple[Part, ...]:
    """The parts that are manuscripts by their bytes, each content once.

    A damaged file that is called .docx stays: reading it tells what is wrong with it.
    """
    found: dict[bytes, Part] = {}
    for part in parts:
        if part.data in found or is_owner_file(part):
            continue
        if is_manuscript(part.data) or is_named_word(part):
            found[part.data] = part
    return tuple(found.values())


def _unread(message: Message, manuscripts: Sequence[Part]) -> tuple[str, ...]:
    taken = {part.data for part in manuscripts}
    rest = (part for part in message.parts if part.data not in taken and not is_owner_file(part))
    unread = unread_attachments(rest)
    return (CLOUD, *unread) if has_cloud_attachment(message) else unread


def _section(subject: str, sections: Sequence[str]) -> str:
    named = ("".join(name.split()) for name in _BRACKETED.findall(subject))
    return next((name for name in named if name and name in sections), "")
