"""Letters in the output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from archive.letters import LetterRecord
from cli.base.output_parts import OutputLine, OutputTable, Styled, line
from service.office import Office
from values.letter import Verdict

_COLOURS: Final = {
    Verdict.ARTICLE: "green",
    Verdict.FLAGGED: "yellow",
    Verdict.UNCONFIRMED: "yellow",
    Verdict.DUPLICATE: "cyan",
    Verdict.QUARANTINED: "red",
    Verdict.QUESTION: "yellow",
    Verdict.ANSWERED: "green",
    Verdict.IGNORED: "bright_black",
    Verdict.PENDING: "bright_black",
    Verdict.SEALED: "red",
}


_QUESTIONS: Final = {Verdict.QUESTION: "open", Verdict.ANSWERED: "answered"}
"""Of a letter to the editor, which has the verdict `quarantined` for other programs: whether it has its answer."""


def message_rows(office: Office, letters: Sequence[LetterRecord]) -> list[dict[str, Any]]:
    """`messages` in design.md 5.3."""
    return [
        {
            "sha256": letter.sha256,
            "bulletin": letter.bulletin,
            "mailbox": letter.account,
            "uid": letter.uid,
            "received_at": office.local(letter.received_at).isoformat(),
            "from": letter.sender,
            "subject": letter.subject,
            "verdict": letter.verdict.for_programs,
            "question": _QUESTIONS.get(letter.verdict),
            "reason": letter.reason,
            "attempts": letter.attempts,
            "articles": list(letter.articles),
            **_removal(office, letter),
        }
        for letter in letters
    ]


def _removal(office: Office, letter: LetterRecord) -> dict[str, Any]:
    """Of a letter whose content was erased or destroyed: who, when, why."""
    if letter.removal is None:
        return {}
    removal = letter.removal
    at = office.local(removal.at).isoformat()
    return {"removed": {"kind": removal.kind.value, "at": at, "who": removal.who, "why": removal.why}}


def message_table(office: Office, letters: Sequence[LetterRecord]) -> OutputTable:
    """A row a letter, its time on the office's clock."""
    return OutputTable(
        ("收到", "发件人", "主题", "结果", "说明"),
        tuple(
            (
                Styled(f"{office.local(letter.received_at):%m-%d %H:%M}"),
                Styled(letter.sender or ("（已删除）" if letter.removal else "（不明）")),
                Styled(letter.subject or _no_subject(letter)),
                _result(letter),
                Styled(letter.reason),
            )
            for letter in letters
        ),
    )


def _no_subject(letter: LetterRecord) -> str:
    if letter.removal is not None:
        return f"（{letter.removal.kind.chinese}）"
    return "（已封存）" if letter.verdict is Verdict.SEALED else "（无主题）"


def _result(letter: LetterRecord) -> Styled:
    if letter.removal is not None:
        return Styled(f"{letter.removal.kind.chinese}（原为{letter.verdict.chinese}）", "bright_black")
    return Styled(letter.verdict.chinese, _COLOURS[letter.verdict])


def error_lines(errors: Iterable[str]) -> list[OutputLine]:
    """A red line for each sentence about a letter or mailbox that could not be read."""
    return [line(error, "red") for error in errors]
