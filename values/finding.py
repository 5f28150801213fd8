"""Findings of the proofreader and the rules that make them. The rules themselves are in `values.rules`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters. The order is that of the reports: the gravest first."""

    ERROR = "error"
    """Surely wrong, or not to be printed."""
    WARNING = "warning"
    """Probably wrong: somebody must compare it with the source."""
    INFO = "info"
    """A matter of form, or a report of what was done."""

    @property
    def chinese(self) -> str:
        return {"error": "错误", "warning": "疑问", "info": "提示"}[self.value]


class Subject(StrEnum):
    """What a rule is about."""

    TITLE = "title"
    BYLINE = "byline"
    TEXT = "text"
    """The body."""
    FILE = "file"
    """What the file holds and the article does not, or holds otherwise."""
    LETTER = "letter"
    """The letter that brought the article, or its sender."""
    LEDGER = "ledger"
    """How the article compares with others; no reading of the file can find it."""


class Audience(StrEnum):
    """Who reads a finding, where it is an error or a warning."""

    EDITOR = "editor"
    """The editor alone: it is about what other departments have sent, who the sender may be, or what the office did."""
    RETURNED = "returned"
    """The department too, when an editor returns the article to it, having seen what the letter lists."""
    RECEIPT = "receipt"
    """The department too, in its receipt, which no person has seen before: the rule is rarely wrong, and what it finds
    is worth a second letter, since only the department can supply what is missing."""


class Recheck(StrEnum):
    """What becomes of a finding when an editor changes the text."""

    ANEW = "anew"
    """Dropped: a check of the new text finds it again where it still holds."""
    KEPT = "kept"
    """Carried along to the place of its characters; dropped with them. No check can make it again."""
    WITH_TITLE = "with_title"
    """Kept as long as the title is the same."""
    UNTIL_SAVED = "until_saved"
    """Kept through single fixes; dropped when an editor saves the article's text, having seen it."""


class FindingState(StrEnum):
    """What an editor has decided about a finding."""

    OPEN = "open"
    """Nothing yet: it is counted, and shown wherever findings are."""
    DISMISSED = "dismissed"
    """It does not apply here, or its word is one that the office always allows."""
    CHECKED = "checked"
    """An editor has compared it with the facts: the text is right."""

    @property
    def chinese(self) -> str:
        return {"open": "未处理", "dismissed": "忽略", "checked": "已核实"}[self.value]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was decided about a finding, and by whom."""

    state: FindingState
    """DISMISSED or CHECKED."""
    who: str
    """Name of the editor."""
    allowed_word: str = ""
    """The word of the office's list of allowed words that covers the finding; "": this very finding was settled."""


@dataclass(frozen=True, slots=True)
class Fix:
    """How findings of a rule are mended by putting their replacement in place."""

    label: str
    """Chinese: what several of them are called where all can be mended at once; "" where an article has one at most."""
    automatic: bool = False
    """Whether `auto_fix` may apply it at the reading: its replacement is right whatever is meant."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding, with everything that other modules ask about it."""

    name: str
    """Stable: stored in ledgers, shown in JSON."""
    subject: Subject
    severity: Severity
    """Of its findings, unless the check that makes one gives another."""
    recheck: Recheck
    fix: Fix | None = None
    """None: only a person can answer its findings."""
    audience: Audience = Audience.RETURNED
    other_severities: tuple[Severity, ...] = ()
    """Those that a check may give instead of `severity`."""
    concerns_word: bool = False
    """Whether its findings are about a word, which the office may allow always (总是允许)."""

    def finding(
        self,
        message: str,
        paragraph: int | None = None,
        start: int | None = None,
        end: int | None = None,
        suggestion: str | None = None,
        replacement: str | None = None,
    ) -> Finding:
        """A finding of this rule, as severe as the rule is by itself. The arguments are the fields of `Finding`."""
        return Finding(self, self.severity, message, paragraph, start, end, suggestion, replacement)


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the proofreader."""

    rule: Rule
    severity: Severity
    message: str
    """Chinese, a sentence."""
    paragraph: int | None = None
    """An index into `Manuscript.lines`; None for the article as a whole (title, byline, what was left out)."""
    start: int | None = None
    end: int | None = None
    """The characters [start, end) of that line; both None for all of it."""
    suggestion: str | None = None
    """Chinese: what to do, or the right words."""
    replacement: str | None = None
    """Exactly what replaces the characters, "" to delete them; None where only a person can decide.
    Without a paragraph it replaces the whole title, or the byline where the rule's subject is that."""
    settlement: Settlement | None = field(default=None, compare=False)
    """What an editor has decided about it, None: nothing. The ledger adds it when it reads an article; two readings of
    a text are the same, whatever was decided about their findings."""

    @property
    def state(self) -> FindingState:
        return self.settlement.state if self.settlement else FindingState.OPEN

    @property
    def is_open(self) -> bool:
        return self.settlement is None

    @property
    def place(self) -> tuple[int, int]:
        """Sorts findings: those about the whole first, then in the order of the text."""
        return (-1, 0) if self.paragraph is None else (self.paragraph, self.start or 0)

    def as_json(self) -> Mapping[str, str | int | None]:
        """As the contract (design 5.3) has it: the rule by its name."""
        return {
            "rule": self.rule.name,
            "severity": self.severity.value,
            "message": self.message,
            "paragraph": self.paragraph,
            "start": self.start,
            "end": self.end,
            "suggestion": self.suggestion,
            "replacement": self.replacement,
            "state": self.state.value,
            "settled_by": self.settlement.who if self.settlement else "",
        }


@dataclass(frozen=True, slots=True)
class LedgerNote:
    """A finding about a whole article that also is a clause of the reason of its letter."""

    rule: Rule
    clause: str
    """Chinese, without a full stop: clauses of a reason are joined with ；."""
    suggestion: str | None = None

    @property
    def finding(self) -> Finding:
        return self.rule.finding(f"{self.clause}。", suggestion=self.suggestion)
