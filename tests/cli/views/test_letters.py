"""A letter as a row of a table."""

from __future__ import annotations

from datetime import UTC, datetime

from archive import letters
from archive.letters import LetterRecord
from cli.base.output_parts import Styled, line
from cli.views.letters import error_lines, message_table
from service.office import Office
from tests.support.ledger_rows import keep_letter
from values.letter import Place


def record(office: Office, *, place: Place | None) -> LetterRecord:
    with office.ledger.writing() as ledger:
        keep_letter(ledger, "来信", place=place, received_at=datetime(2022, 11, 8, 18, 30, tzinfo=UTC))
        [letter] = letters.letters(ledger)
    return letter


def test_a_table_says_what_is_not_known(office: Office) -> None:
    [row] = message_table(office, [record(office, place=None)]).rows
    assert [cell.text for cell in row] == ["11-09 02:30", "（不明）", "（无主题）", "待读", "已收到，还没有读"]


def test_a_verdict_has_a_colour(office: Office) -> None:
    [row] = message_table(office, [record(office, place=None)]).rows
    assert row[3] == Styled("待读", "bright_black")


def test_error_lines_are_red() -> None:
    assert error_lines(["UID 12 没有取到"]) == [line("UID 12 没有取到", "red")]
