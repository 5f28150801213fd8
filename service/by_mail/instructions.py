"""What the lines of an answer by mail ask for. Numbers are those of the draft's letter, from 1."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class SetStatus:
    """采用, 留用, 退改 or 退稿."""

    status: ArticleStatus
    numbers: tuple[int, ...]
    """In the order they are written, each once."""
    reason: str = ""
    """Why they are returned or rejected, on one or several lines; "" for none, and for any other status."""


@dataclass(frozen=True, slots=True)
class MoveTo:
    """An article goes elsewhere in the issue."""

    number: int
    place: Literal["before", "after", "first", "last", "up", "down"]
    other: int = 0
    """The article before or after which it goes; 0 for any other place."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two articles change places."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Retitle:
    """An article gets another title."""

    number: int
    title: str
    """One line."""


@dataclass(frozen=True, slots=True)
class WriteNote:
    """按语."""

    text: str
    """A paragraph a line; "" removes it."""


@dataclass(frozen=True, slots=True)
class SetDate:
    """印发日期."""

    month: int
    day: int
    year: int | None = None
    """None where it is not written: the one nearest to the draft's date."""


@dataclass(frozen=True, slots=True)
class Consent:
    """同意; with 签发 or 印发 it also asks for the sign-off, where its writer may sign off."""

    signs: bool = False


@dataclass(frozen=True, slots=True)
class SendBack:
    """退回 of the whole draft, by a person of a step."""

    remark: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """签发."""


@dataclass(frozen=True, slots=True)
class TakeEdits:
    """采纳改动: what a letter of ours has listed of an edited draft is taken over; 不采纳改动: it is not."""

    accepts: bool


Instruction: TypeAlias = (
    SetStatus | MoveTo | Exchange | Retitle | WriteNote | SetDate | Consent | SendBack | SignOff | TakeEdits
)


class Why(Enum):
    """Why a line is not followed."""

    NOT_UNDERSTOOD = "看不懂"
    NO_REASON = "没有写原因"
    """退改 and 退回 need one: somebody is to act on it."""
    NO_SUCH_NUMBER = "没有这个编号"
    NO_TEXT = "没有写内容"
    TOO_LONG = "太长了"
    NO_DATE = "没有这一天"
    CONTRADICTED = "与另一行矛盾"
    DEPENDS = "要等没看懂的几行弄清楚再办"
    """It means what the other lines leave, or everything: 其余, 全部, 同意, 签发."""
    NOTHING_LEFT = "没有剩下的稿件了"
    """其余 where the other lines name every article, 除 where every article is an exception."""


@dataclass(frozen=True, slots=True)
class FollowedLine:
    """A line that has exactly one meaning."""

    text: str
    """As it is written."""
    instructions: tuple[Instruction, ...]
    """At least one."""


@dataclass(frozen=True, slots=True)
class UnclearLine:
    """A line that changes nothing."""

    text: str
    """As it is written."""
    why: Why


@dataclass(frozen=True, slots=True)
class Understood:
    """An answer, line by line. Greetings, thanks and the signature are in neither."""

    followed: tuple[FollowedLine, ...] = ()
    unclear: tuple[UnclearLine, ...] = ()
