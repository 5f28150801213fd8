"""A letter as it came, and its verdict (design.md section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

FILES_ALONE: Final = "这封信由审稿台根据上传的文件生成。"
"""The text of a letter that was made of files at the desk."""


class Verdict(StrEnum):
    """What became of a letter. Every letter has exactly one, with a reason that a clerk understands."""

    PENDING = "pending"
    """待读: stored, not read yet."""
    ARTICLE = "article"
    """已成稿: it brought an article, or a later text of one, from a registered department."""
    FLAGGED = "flagged"
    """需留意: as ARTICLE, and something needs the editor's eye: macros, hidden text, an unreadable attachment."""
    UNCONFIRMED = "unconfirmed"
    """待认领: read, but its sender is unknown or doubtful. Until a person confirms its articles, they are in no issue
    and nobody is answered."""
    DUPLICATE = "duplicate"
    """重复: all that it brings is an article already."""
    QUARANTINED = "quarantined"
    """待处理: stored, and no article could be read from it. The reason says why; it can be read again."""
    QUESTION = "question"
    """待答复: it asks the editor something or says something else that the editor is to read; it brings no article."""
    ANSWERED = "answered"
    """已答复: as QUESTION, and an editor has answered it from the desk, or the service a 查询."""
    DECIDED = "decided"
    """已办理: it answers a letter of ours about a draft; what it decides was done, and its writer was replied to."""
    IGNORED = "ignored"
    """不处理: an automatic reply, a bounce, list mail, our own. Never answered."""
    SEALED = "sealed"
    """封存: it bears a marking of secrecy. Nothing of it is shown, searched, answered or printed; an administrator
    can release it."""

    @property
    def chinese(self) -> str:
        return _VERDICT_IN_CHINESE[self]

    @property
    def for_programs(self) -> str:
        """As programs of others read it (design.md section 5): their verdicts are a closed list, in which a letter to
        the editor is one that no article could be read from, and one that decided about a draft is no submission."""
        return _FOR_PROGRAMS.get(self, self).value


_FOR_PROGRAMS = {
    Verdict.QUESTION: Verdict.QUARANTINED,
    Verdict.ANSWERED: Verdict.QUARANTINED,
    Verdict.DECIDED: Verdict.IGNORED,
}
_VERDICT_IN_CHINESE = {
    Verdict.PENDING: "待读",
    Verdict.ARTICLE: "已成稿",
    Verdict.FLAGGED: "需留意",
    Verdict.UNCONFIRMED: "待认领",
    Verdict.DUPLICATE: "重复",
    Verdict.QUARANTINED: "待处理",
    Verdict.QUESTION: "待答复",
    Verdict.ANSWERED: "已答复",
    Verdict.DECIDED: "已办理",
    Verdict.IGNORED: "不处理",
    Verdict.SEALED: "封存",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail server keeps a letter. A hint, never an identity: UIDVALIDITY may change (RFC 3501 2.3.1.1)."""

    account: str
    """The user name at the mail server."""
    folder: str
    uidvalidity: int
    """0 when the server names none."""
    uid: int


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it came."""

    raw: bytes
    received_at: datetime
    """When the office received it (aware): decides in which issue its articles go."""
    place: Place | None = None
    """None for a letter that was imported from a file."""


@dataclass(frozen=True, slots=True)
class ReadMark:
    """How a mailbox shows people that a letter was read: a courtesy, never the record of it."""

    kind: Literal["flag", "keyword", "move"]
    word: str
    """The flag or keyword that is set, or the folder that the letter is moved to."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a letter, as a list shows it."""

    name: str
    """The sender's."""
    kind: str
    """Chinese."""
    size: int
    """Octets."""
    problem: str = ""
    """Chinese: what is wrong with its bytes; "" for nothing."""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """The content of a letter as plain text for a person, without control and direction characters."""

    sender_name: str = ""
    """The display name beside the address; anybody may write anything there."""
    headers: tuple[tuple[str, str], ...] = ()
    """(name, value) in their order, only those that say who wrote to whom, when and how."""
    text: str = ""
    """The body, from HTML when there is no plain text."""
    files: tuple[AttachedFile, ...] = ()
    cut: bool = False
    """Whether the letter holds more than was taken."""


@dataclass(frozen=True, slots=True)
class AddedByHand:
    """Who added a letter by hand (新增稿件), for which department."""

    department: str
    """Its canonical name, or the name that the person typed for one that the register does not have."""
    who: str
    """Name of the person."""


class RemovalKind(StrEnum):
    """How the content of a letter was removed; its row stays, with verdict and dates."""

    ERASED = "erased"
    """已删除: personal data has ended. What is printed stays."""
    DESTROYED = "destroyed"
    """已销毁: a sealed letter. Its bytes are refused in every bulletin from then on."""

    @property
    def chinese(self) -> str:
        return _REMOVAL_IN_CHINESE[self]


_REMOVAL_IN_CHINESE = {RemovalKind.ERASED: "已删除", RemovalKind.DESTROYED: "已销毁"}


@dataclass(frozen=True, slots=True)
class Removal:
    """Who removed the content of a letter, when, and why."""

    kind: RemovalKind
    who: str
    """Name of the person, or of the service's own process."""
    why: str
    """The reason that the person gave."""
    at: datetime
    """Aware."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Why a letter is sealed: all of its content that anybody sees."""

    marking: str
    """The marking of secrecy, as 机密★10年."""
    place: str
    """Where it stands, Chinese, without a word of the letter: 主题, 第 2 个附件的页眉."""
