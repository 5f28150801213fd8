"""约稿: articles on a topic that an office asks departments for, and how far each of them has come."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class CommissionStanding(StrEnum):
    """How far a department is with what it was asked for."""

    AWAITED = "awaited"
    """待报: it has sent nothing, and the deadline is not over."""
    DONE = "done"
    """按时: it has sent an article before the deadline."""
    LATE = "late"
    """迟到: its first article came after the deadline."""
    MISSED = "missed"
    """欠稿: it has sent nothing, and the deadline is over."""

    @property
    def chinese(self) -> str:
        return _STANDING_IN_CHINESE[self]


_STANDING_IN_CHINESE: Final = {
    CommissionStanding.AWAITED: "待报",
    CommissionStanding.DONE: "按时",
    CommissionStanding.LATE: "迟到",
    CommissionStanding.MISSED: "欠稿",
}


_VERSION_BYTES: Final = 6
"""Of a digest: the same number for two states of a commission is out of the question, and forms carry it in digits."""


class LinkState(StrEnum):
    """Whether an article counts as the answer to a commission."""

    LINKED = "linked"
    """It counts."""
    UNCONFIRMED = "unconfirmed"
    """It counts as soon as somebody confirms who has sent it (认领)."""
    PROPOSED = "proposed"
    """It counts when an editor says so: the match is doubtful, or nobody vouches for the sender."""
    UNLINKED = "unlinked"
    """An editor has said that it is none; no later letter links it again."""


class LinkWay(StrEnum):
    """By what an article was recognised as the answer to a commission."""

    REFERENCE = "reference"
    """Its letter answers a letter about the commission (In-Reply-To, References)."""
    SUBJECT = "subject"
    """The number or the topic of the commission is in the subject of its letter or in the name of its file."""
    TITLE = "title"
    """The topic is in its title alone."""
    EDITOR = "editor"
    """An editor has said so."""

    @property
    def chinese(self) -> str:
        return _WAY_IN_CHINESE[self]


_WAY_IN_CHINESE: Final = {
    LinkWay.REFERENCE: "回复约稿信",
    LinkWay.SUBJECT: "主题或文件名",
    LinkWay.TITLE: "标题",
    LinkWay.EDITOR: "编辑指定",
}


@dataclass(frozen=True, slots=True)
class CommissionAnswer:
    """An article that answers a commission, or may do so."""

    article: int
    """Id of the article."""
    title: str
    departments: tuple[str, ...]
    """Canonical names of those that sign it; () where none is known."""
    received_at: datetime
    """When the letter came that brought its first text."""
    is_confirmed: bool
    """Whether its sender is confirmed."""
    state: LinkState
    way: LinkWay

    @property
    def counts(self) -> bool:
        """Whether it counts as an answer of its departments."""
        return self.state is LinkState.LINKED or (self.state is LinkState.UNCONFIRMED and self.is_confirmed)

    @property
    def is_proposal(self) -> bool:
        """Whether an editor is to say if it is an answer."""
        return not self.counts and self.state is not LinkState.UNLINKED


@dataclass(frozen=True, slots=True)
class Commission:
    """A commission, with what has come so far."""

    id: int
    """Its number, which letters about it name: 约稿 3号."""
    bulletin: str
    """Id of the bulletin."""
    topic: str
    demands: str
    """What the article should be like, on one or several lines; "" for nothing in particular."""
    due_at: datetime
    """The deadline; aware."""
    departments: tuple[str, ...]
    """Canonical names of those that are asked, in the order of the contents page."""
    made_by: str
    made_at: datetime
    cancelled_at: datetime | None = None
    """None: it stands."""
    answers: tuple[CommissionAnswer, ...] = ()
    """The earliest first; without those that an editor has unlinked."""

    @property
    def label(self) -> str:
        """As letters and pages name it."""
        return commission_label(self.id)

    @property
    def version(self) -> int:
        """A number that changes with the deadline, with cancelling, with who is asked and with what has come: a form
        names the one that its page showed."""
        answers = [(answer.article, answer.departments, answer.state.value, answer.counts) for answer in self.answers]
        cancelled = self.cancelled_at is not None
        shown = repr((self.due_at.timestamp(), cancelled, self.departments, answers))
        return int.from_bytes(hashlib.sha256(shown.encode()).digest()[:_VERSION_BYTES])

    @property
    def counted(self) -> tuple[CommissionAnswer, ...]:
        """The answers that count."""
        return tuple(answer for answer in self.answers if answer.counts)

    @property
    def proposals(self) -> tuple[CommissionAnswer, ...]:
        """The articles of which an editor is to say whether they are answers."""
        return tuple(answer for answer in self.answers if answer.is_proposal)

    def answers_of(self, department: str) -> tuple[CommissionAnswer, ...]:
        """The answers of a department that count, whoever of it has sent them."""
        return tuple(answer for answer in self.counted if department in answer.departments)

    def standing_of(self, department: str, at: datetime) -> CommissionStanding:
        """How far a department is at that moment. What comes exactly at the deadline is not late."""
        came = [answer.received_at for answer in self.answers_of(department)]
        if came:
            return CommissionStanding.DONE if min(came) <= self.due_at else CommissionStanding.LATE
        return CommissionStanding.AWAITED if at <= self.due_at else CommissionStanding.MISSED

    def standing_in(self, standing: CommissionStanding, at: datetime) -> tuple[str, ...]:
        """The departments that are that far at that moment, in their order."""
        return tuple(name for name in self.departments if self.standing_of(name, at) is standing)

    def is_open(self, at: datetime) -> bool:
        """Whether an answer is still awaited from anybody, in time or late."""
        if self.cancelled_at is not None:
            return False
        awaited = (CommissionStanding.AWAITED, CommissionStanding.MISSED)
        return at <= self.due_at or any(self.standing_of(name, at) in awaited for name in self.departments)


def commission_label(id: int) -> str:
    """约稿 3号."""
    return f"约稿 {id}号"


@dataclass(frozen=True, slots=True)
class CommissionRequest:
    """A commission as the letters about it to one department name it."""

    about: tuple[str, ...]
    """Distinguishes the letter from every other of its kind: its Message-ID is made of it."""
    id: int
    """The number of the commission."""
    department: str
    """Canonical name."""
    topic: str
    demands: str
    """As the editor wrote it, on one or several lines; "" for nothing in particular."""
    due_at: datetime
    """In the office's time zone."""
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class UrgingRequest:
    """A letter to a department that has sent nothing for the next issue."""

    about: tuple[str, ...]
    """Distinguishes the letter from every other of its kind: its Message-ID is made of it."""
    department: str
    """Canonical name."""
    title: str
    """Of the bulletin, with its kind."""
    due_at: datetime | None
    """When the next draft is made, in the office's time zone; None: no time is set."""
