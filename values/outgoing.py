"""Letters out: what causes one, the rendered letter, and the states of the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from values.address import with_ascii_domain
from values.draft_marks import DraftIdentity
from values.finding import Finding
from values.letter import Verdict
from values.listed_edits import ListedEdits
from values.machine_mail import MachineMail
from values.mailed_answer import MailedAnswer
from values.reason import Reason


class LetterKind(StrEnum):
    """What a letter out is for."""

    RECEIPT = "receipt"
    """收稿: tells the department what was read from its letter, and the problems found."""
    REJECTION = "rejection"
    """退件: tells the department why nothing could be read, and what to do."""
    ACKNOWLEDGED = "acknowledged"
    """已收: tells the writer of a question or a request that the editor has it."""
    SUBMISSIONS = "submissions"
    """查询答复: lists for a writer the submissions of the unit."""
    RETURNED = "returned"
    """退改: tells the department why an editor sends its article back."""
    ANSWER = "answer"
    """答复: what an editor writes from the desk to the sender of a letter."""
    DRAFT = "draft"
    """送审: brings a draft issue to an editor."""
    REVIEW = "review"
    """请审: asks a person of a step to approve a draft issue."""
    REVIEWED = "reviewed"
    """审核结果: tells an editor that a draft issue was sent back, or that every step has approved it."""
    CIRCULATED = "circulated"
    """印发: brings the signed issue to somebody on the list of the bulletin."""
    ADOPTION = "adoption"
    """采用通知: tells a department which of its articles a signed issue prints."""
    DECIDED = "decided"
    """办理结果: tells somebody who answered a draft by mail what was done, and what was not understood."""
    DIGEST = "digest"
    """近况: tells an editor how the week went."""
    COMMISSION = "commission"
    """约稿: asks a department for an article on a topic."""
    REMINDER = "reminder"
    """约稿提醒: reminds a department, before the deadline, of an article that it was asked for."""
    AMENDMENT = "amendment"
    """约稿变更: tells a department of another deadline, or that a commission is cancelled."""
    URGING = "urging"
    """催稿: asks a department that has sent nothing for the next issue."""
    WITHDRAWN = "withdrawn"
    """撤稿: tells an editor at once that a letter takes an article back."""
    ALARM = "alarm"
    """告警: tells the maintainer of a trouble that does not mend itself."""

    @property
    def chinese(self) -> str:
        return _KIND_IN_CHINESE[self]

    @property
    def is_never_doubled(self) -> bool:
        """Whether only a person sends it again where no answer of the server is known: it brings an issue."""
        return self in (LetterKind.DRAFT, LetterKind.CIRCULATED)

    @property
    def answers_a_letter(self) -> bool:
        """Whether it goes to the sender of a letter, who must not be written to too often (RFC 3834). An editor's own
        answer is none of these: no machine has decided on it."""
        return self in _ANSWERS


_ANSWERS = frozenset(
    {
        LetterKind.RECEIPT,
        LetterKind.REJECTION,
        LetterKind.ACKNOWLEDGED,
        LetterKind.SUBMISSIONS,
        LetterKind.RETURNED,
        LetterKind.DECIDED,
    }
)
_KIND_IN_CHINESE = {
    LetterKind.RECEIPT: "收稿",
    LetterKind.REJECTION: "退件",
    LetterKind.ACKNOWLEDGED: "已收",
    LetterKind.SUBMISSIONS: "查询答复",
    LetterKind.RETURNED: "退改",
    LetterKind.ANSWER: "答复",
    LetterKind.DRAFT: "送审",
    LetterKind.REVIEW: "请审",
    LetterKind.REVIEWED: "审核结果",
    LetterKind.CIRCULATED: "印发",
    LetterKind.ADOPTION: "采用通知",
    LetterKind.DECIDED: "办理结果",
    LetterKind.DIGEST: "近况",
    LetterKind.COMMISSION: "约稿",
    LetterKind.REMINDER: "约稿提醒",
    LetterKind.AMENDMENT: "约稿变更",
    LetterKind.URGING: "催稿",
    LetterKind.WITHDRAWN: "撤稿",
    LetterKind.ALARM: "告警",
}


class OutboxState(StrEnum):
    """How far a letter out has come."""

    QUEUED = "queued"
    """待发: waits for its next attempt."""
    SENT = "sent"
    """已发: the server has accepted it."""
    POSSIBLY_SENT = "possibly_sent"
    """发送结果不明: it was handed over, or was about to be, and no answer is known."""
    FAILED = "failed"
    """发不出: refused for good, or not accepted within 48 hours."""
    HELD = "held"
    """等放行: somebody looks at it first (`[smtp] hold`)."""
    DROPPED = "dropped"
    """不发: it was held, and a person decided against it."""
    TAKEN_BACK = "taken_back"
    """已收回: a person took it back before it was sent for the first time."""

    @property
    def chinese(self) -> str:
        return _STATE_IN_CHINESE[self]


_STATE_IN_CHINESE = {
    OutboxState.QUEUED: "待发",
    OutboxState.SENT: "已发",
    OutboxState.POSSIBLY_SENT: "发送结果不明",
    OutboxState.FAILED: "发不出",
    OutboxState.HELD: "等放行",
    OutboxState.DROPPED: "不发",
    OutboxState.TAKEN_BACK: "已收回",
}


@dataclass(frozen=True, slots=True)
class AnswerWay:
    """How the recipient of a letter about a draft may answer it."""

    code: str = field(repr=False)
    """By which the answer is recognised."""
    reply_to: str = field(default="", repr=False)
    """The address for the answer, which has the code in it; "" for the usual one."""
    signs: bool = False
    """An editor may sign off by answering."""


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A rendered letter."""

    kind: LetterKind
    to: str
    """An address."""
    subject: str
    message_id: str
    """With angle brackets."""
    raw: bytes
    """As it goes over the wire (RFC 5322, CRLF)."""


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What an answer to a letter depends on. Addresses are lower case, Message-IDs have angle brackets."""

    sender: str = ""
    to: tuple[str, ...] = ()
    """To and Cc."""
    message_id: str = ""
    references: tuple[str, ...] = ()
    """The Message-IDs that it answers."""
    machine: MachineMail | None = None
    """The kind of machine that wrote it; None for a person."""
    wants_no_answer: bool = False
    """Its program asks that no machine answers."""
    trusted: bool = False
    """The sender is a department's address, and nothing about the letter makes that doubtful."""
    answer_to: str = ""
    """For a forwarded letter, the registered address that wrote it: answers go there, not to the forwarder. "" for the
    sender."""

    @property
    def recipient(self) -> str:
        """To whom an answer goes, its domain as mail servers take it."""
        return with_ascii_domain(self.answer_to or self.sender)


@dataclass(frozen=True, slots=True)
class SettledArticle:
    """A manuscript of a settled letter."""

    id: int
    """Of the article that it became, or that it repeats."""
    title: str
    characters: int
    """Of the body, without white space."""
    pictures: int
    tables: int
    findings: tuple[Finding, ...] = ()
    repeated: bool = False
    """The article had the same text already."""
    revision: int = 1
    """Above 1 for a later text of the article."""
    added_pictures: int = 0
    """How many pictures the letter adds to an article that is otherwise as it was."""


@dataclass(frozen=True, slots=True)
class SettledLetter:
    """A letter that has just got its verdict."""

    id: int
    bulletin: str
    """Its id in config.toml."""
    sha256: str
    received_at: datetime
    fetched: bool
    """It came from the mailbox, not from an imported file."""
    head: LetterHead
    subject: str
    verdict: Verdict
    reason: Reason
    concerns: tuple[Reason, ...] = ()
    """What in the letter needs somebody's eye."""
    articles: tuple[SettledArticle, ...] = ()
    withdraws: bool = False
    """It takes its articles back."""
    vouched: bool = True
    """The mail server, or an answer to a letter of ours, shows that its sender wrote it; without, nothing that was
    decided is changed and nothing taken back."""
    only_words: bool = False
    """It brings no manuscript, and no file that may be one."""
    asks: bool = False
    """Of a letter to the editor (`Verdict.QUESTION`): it asks something."""
    queries: bool = False
    """It asks for the list of the unit's submissions, and for nothing else."""
    note: str = ""
    """What the writer of a letter to the editor is told besides; Chinese, "" for nothing."""
    old: bool = False
    """It was old when it was fetched."""
    answer: MailedAnswer | None = None
    """It answers one of our letters about a draft, or carries a code of one."""
    drafts: tuple[DraftIdentity, ...] = ()
    """Which drafts its files say they are that somebody has edited."""


@dataclass(frozen=True, slots=True)
class ReturnedArticle:
    """An article that goes back to its department."""

    about: tuple[str, ...]
    """Distinguishes this return from every other: the Message-ID of its letter is made of it."""
    id: int
    title: str
    subject: str
    """Of the letter that brought the article."""
    reason: str
    """As the editor wrote it, on one or several lines."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A draft issue that somebody is asked to approve."""

    about: tuple[str, ...]
    """Distinguishes this request from every other: the Message-ID of its letter is made of it."""
    title: str
    """Of the bulletin."""
    label: str
    """第70期."""
    revision: int
    step: str
    """Name of the step."""
    put_forward_by: str
    """Name of the editor."""
    note: str
    """The editor's words to the approvers; "" for none."""
    articles: tuple[tuple[str, str], ...]
    """(title, unit) in printed order."""
    changes: tuple[str, ...]
    """What has changed since the revision that the person decided about last, in Chinese; () for the first time."""
    url: str
    """The one-time link."""
    expires_at: datetime
    """Of the link; in the office's time zone."""
    answer: AnswerWay
    """How the person approves without the link."""


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What became of a draft issue that was put forward."""

    about: tuple[str, ...]
    """Distinguishes this result from every other: the Message-ID of its letter is made of it."""
    title: str
    """Of the bulletin."""
    label: str
    """第70期."""
    revision: int
    outcome: str
    """已退回 or 可签发."""
    step: str
    """Name of the step that decided last."""
    who: str
    """Name of the person who decided last."""
    remark: str
    """About the whole; "" for none."""
    remarks: tuple[tuple[str, str], ...]
    """(title of the article, remark)."""
    desk_url: str
    """Of the issue at the desk; "" where there is no desk."""


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A line of an answer that was not followed."""

    text: str
    """As its writer wrote it."""
    why: str
    """Chinese."""


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What became of an answer to a draft."""

    about: tuple[str, ...]
    """Distinguishes this answer from every other: the Message-ID of the reply is made of it."""
    title: str
    """Of the bulletin."""
    label: str
    """第70期."""
    answered: int
    """Number of the revision that was answered."""
    revision: int
    """Number of the last revision, which may be a new one."""
    done: tuple[str, ...]
    """What was done; Chinese, a clause each."""
    refused: tuple[AnsweredLine, ...]
    """What was understood and not done."""
    unclear: tuple[AnsweredLine, ...]
    """What was not understood."""
    articles: tuple[tuple[str, str], ...]
    """(title, department) of the last revision, in printed order; () for an issue that is closed."""
    notes: tuple[str, ...] = ()
    """What else the writer should know; Chinese, a sentence each."""
    by_editor: bool = True
    """The writer is an editor, to whom examples of decisions are shown; False for a person of a step alone."""
    edits: ListedEdits | None = None
    """What an edited draft would change; None where the reply lists nothing."""


@dataclass(frozen=True, slots=True)
class SignedIssue:
    """A signed issue as the letters about it name it."""

    about: tuple[str, ...]
    """Distinguishes the issue from every other: the Message-IDs of its letters are made of it."""
    title: str
    """Of the bulletin, with its kind."""
    label: str
    """第70期."""
    articles: tuple[tuple[str, str], ...]
    """(title, unit): of the whole issue, or of the articles of one department, in printed order."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery of a letter out, as far as it has come."""

    state: OutboxState
    give_up_at: datetime
    """From then on a refused attempt is the last."""
    next_attempt_at: datetime | None
    """None when only a person sends it again."""
    attempts: int = 0
    unanswered: int = 0
    """Attempts whose answer is not known; above 0 the letter may have arrived."""
    last_attempt_at: datetime | None = None
    sent_at: datetime | None = None
    answer_code: int | None = None
    """The server's last reply code (RFC 5321 4.2); None for no reply."""
    answer: str = ""
    """The server's last words."""
