"""Letters out: what causes one, the rendered letter, and the states of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from values.finding import Finding
from values.letter import Verdict
from values.machine_mail import MachineMail
from values.reason import Reason


class LetterKind(StrEnum):
    RECEIPT = "receipt"
    REJECTION = "rejection"
    RETURNED = "returned"
    DRAFT = "draft"
    ALARM = "alarm"

    @property
    def chinese(self) -> str:
        return _KIND_IN_CHINESE[self]

    @property
    def answers_a_letter(self) -> bool:
        """Whether it goes to the sender of a letter, who must not be written to too often (RFC 3834)."""
        return self in (LetterKind.RECEIPT, LetterKind.REJECTION, LetterKind.RETURNED)


_KIND_IN_CHINESE = {
    LetterKind.RECEIPT: "收稿",
    LetterKind.REJECTION: "退件",
    LetterKind.RETURNED: "退修",
    LetterKind.DRAFT: "送审",
    LetterKind.ALARM: "告警",
}


class OutboxState(StrEnum):
    """possibly_sent: the letter was handed over, or was about to be, and no answer is known."""

    QUEUED = "queued"
    SENT = "sent"
    POSSIBLY_SENT = "possibly_sent"
    FAILED = "failed"

    @property
    def chinese(self) -> str:
        return _STATE_IN_CHINESE[self]


_STATE_IN_CHINESE = {
    OutboxState.QUEUED: "待发",
    OutboxState.SENT: "已发",
    OutboxState.POSSIBLY_SENT: "可能已发",
    OutboxState.FAILED: "发不出",
}


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A letter as it will go over the wire, byte for byte (RFC 5322, CRLF). message_id: with angle brackets."""

    kind: LetterKind
    to: str
    subject: str
    message_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Who wrote to whom, and what the header tells about the kind of letter. Addresses are lower case.

    to: To and Cc. message_id, references: with angle brackets. machine: which kind of machine wrote the
    letter, None for a person. wants_no_answer: its program asks that no machine answers.
    trusted: the sender is a department's address, and nothing about the letter makes that doubtful.
    """

    sender: str = ""
    to: tuple[str, ...] = ()
    message_id: str = ""
    references: tuple[str, ...] = ()
    machine: MachineMail | None = None
    wants_no_answer: bool = False
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class SettledArticle:
    """A manuscript of a settled letter. `id`: the article it became, or the one it repeats (`repeated`).

    revision: above 1 when it replaces an earlier text of that article.
    """

    id: int
    title: str
    characters: int
    pictures: int
    tables: int
    findings: tuple[Finding, ...] = ()
    repeated: bool = False
    revision: int = 1


@dataclass(frozen=True, slots=True)
class SettledLetter:
    """A letter that has just got its verdict.

    fetched: it came from the mailbox, not from an imported file. concerns: what in the letter
    needs somebody's eye. withdraws: it takes its articles back. only_words: it brings no manuscript and no file that
    may be one.
    """

    id: int
    bulletin: str
    sha256: str
    received_at: datetime
    fetched: bool
    head: LetterHead
    subject: str
    verdict: Verdict
    reason: Reason
    concerns: tuple[Reason, ...] = ()
    articles: tuple[SettledArticle, ...] = ()
    withdraws: bool = False
    only_words: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedArticle:
    """An article that goes back to its department. about: what tells this time from every other one. reason: as the
    editor wrote it, on one or several lines. subject: of the letter that brought it."""

    about: tuple[str, ...]
    id: int
    title: str
    subject: str
    reason: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a letter has come.

    unanswered: attempts that began and whose answer is not known; more than none means that the letter may have
    arrived already. next_attempt_at: None when nobody but a person will send it again. answer: of the server, last.
    """

    state: OutboxState
    give_up_at: datetime
    next_attempt_at: datetime | None
    attempts: int = 0
    unanswered: int = 0
    last_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    answer_code: int | None = None
    answer: str = ""
