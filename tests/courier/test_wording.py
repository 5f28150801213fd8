"""What comes from outside is one line, or lines, in the words of a letter."""

from __future__ import annotations

import pytest

from courier.wording import line, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  甲\t乙\r\nBcc: x@example.org ", "甲 乙 Bcc: x@example.org"),
        ("甲\u202e乙\x00\ud800丙", "甲乙丙"),
        ("", ""),
    ],
)
def test_line_has_no_line_end_and_no_control_character(text: str, expected: str) -> None:
    assert line(text) == expected


def test_line_is_cut_to_its_length() -> None:
    assert (line("甲乙丙", 3), line("甲乙丙丁", 3)) == ("甲乙丙", "甲乙…")


def test_lines_are_those_that_say_something() -> None:
    assert lines("先核对。\r\n\n \u200b\n 再报。\u2028完") == ["先核对。", "再报。", "完"]
