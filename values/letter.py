"""A letter as it came, and the verdict it ends in (design.md section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class Verdict(StrEnum):
    """What became of a letter. Every letter has exactly one, with a reason a clerk understands."""

    PENDING = "pending"
    ARTICLE = "article"
    FLAGGED = "flagged"
    UNCONFIRMED = "unconfirmed"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"

    @property
    def chinese(self) -> str:
        return _VERDICT_IN_CHINESE[self]


_VERDICT_IN_CHINESE = {
    Verdict.PENDING: "待读",
    Verdict.ARTICLE: "已成稿",
    Verdict.FLAGGED: "需留意",
    Verdict.UNCONFIRMED: "待认领",
    Verdict.DUPLICATE: "重复",
    Verdict.QUARANTINED: "待处理",
    Verdict.IGNORED: "不处理",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail server keeps a letter. A hint, never an identity: UIDVALIDITY may change (RFC 3501 2.3.1.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The raw bytes of one message, and when the office received it (aware; decides the bulletin's week).

    `place` is None for a letter that was imported from a file.
    """

    raw: bytes
    received_at: datetime
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ReadMark:
    """How a mailbox shows its human readers that a letter was read: a courtesy, never our memory.

    word: the flag or keyword that is set, or the folder the letter is moved to.
    """

    kind: Literal["flag", "keyword", "move"]
    word: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a letter, for a list. name: as the sender called it. kind: Chinese. size: octets.

    problem: Chinese, what is wrong with its bytes, "" for nothing.
    """

    name: str
    kind: str
    size: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """What stands in a letter, as plain text for a person to look at, without control and direction characters.

    sender_name: what is shown beside the address; anybody may write anything there. headers: (name, value) in the order
    they came, only those that tell who wrote to whom, when and how. text: the body, from HTML when there is no plain
    text. cut: more stands there than was taken.
    """

    sender_name: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    files: tuple[AttachedFile, ...] = ()
    cut: bool = False

    def texts(self) -> Iterator[str]:
        """Every text in it that is going to be stored."""
        yield from (self.sender_name, self.text)
        yield from (value for _, value in self.headers)
        yield from (text for file in self.files for text in (file.name, file.kind, file.problem))
