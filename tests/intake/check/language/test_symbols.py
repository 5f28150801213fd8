"""The symbols that are counted: characters, numbers, Latin words, and boundaries."""

from __future__ import annotations

import pytest

from intake.check.language.symbols import Symbols, symbols_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", Symbols("\n", (-1,))),
        ("甲乙", Symbols("\n甲乙\n", (-1, 0, 1, 2))),
        ("共12.5万元", Symbols("\n共0万元\n", (-1, 0, 1, 5, 6, 7))),
        ("用APP办", Symbols("\n用a办\n", (-1, 0, 1, 4, 5))),
        ("12.5", Symbols("\n0\n", (-1, 0, 4))),
        ("甲。", Symbols("\n甲\n", (-1, 0, 1))),
        (" （2022年）", Symbols("\n0年\n", (-1, 2, 6, 7))),
        ("“甲”，乙。", Symbols("\n甲\n乙\n", (-1, 1, 2, 4, 5))),
    ],
)
def test_line_is_read_as_symbols_with_their_places(line: str, expected: Symbols) -> None:
    assert symbols_of(line) == expected
