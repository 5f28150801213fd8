"""Letters in the output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

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
    Verdict.DECIDED: "green",
    Verdict.IGNORED: "bright_black",
    Verdict.PENDING: "bright_black",
    Verdict.SEALED: "red",
}


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
