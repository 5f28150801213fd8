"""Whatever is damaged in a letter or its manuscript, a reading comes out: tests/fuzz.py does the same for an hour."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.outcome import Reading
from intake.parse.message import parse_message
from intake.read.docx.package import is_docx
from intake.reading import read_letter
from intake.register import Register
from programs.answers import encode
from tests.support.damage import DOCX_DAMAGES, LETTER_DAMAGES, Damage, damaged, lines_repeated
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from values.letter import Verdict

LETTERS = [path.read_bytes() for path in sorted(Path("demo/letters").glob("*.eml"))]
MANUSCRIPTS = [part.data for raw in LETTERS for part in parse_message(raw).parts if is_docx(part.data)]
REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, False)


def steps(damages: tuple[Damage, ...]) -> st.SearchStrategy[list[tuple[Damage, int]]]:
    return st.lists(st.tuples(st.sampled_from(damages), st.integers(0, 1 << 32)), min_size=1, max_size=4)


def with_all(data: bytes, other: bytes, changes: list[tuple[Damage, int]]) -> bytes:
    for damage, dice in changes:
        data = damaged(data, other, damage, Random(dice))
    return data


@given(st.sampled_from(LETTERS), st.sampled_from(LETTERS), steps(LETTER_DAMAGES))
@settings(max_examples=150, deadline=None)
def test_damaged_letter_becomes_a_reading(raw: bytes, other: bytes, changes: list[tuple[Damage, int]]) -> None:
    reading = read_letter(with_all(raw, other, changes), REGISTER)
    assert isinstance(reading, Reading)
    assert encode(reading)


@given(st.sampled_from(MANUSCRIPTS), st.sampled_from(MANUSCRIPTS), steps(DOCX_DAMAGES))
@settings(max_examples=150, deadline=None)
def test_letter_with_a_damaged_manuscript_becomes_a_reading(
    docx: bytes, other: bytes, changes: list[tuple[Damage, int]]
) -> None:
    reading = read_letter(raw_letter(File("稿件.docx", with_all(docx, other, changes))), REGISTER)
    assert reading.articles or reading.reason.for_clerk
    assert encode(reading)


@pytest.mark.parametrize("dice", range(20))
def test_letter_whose_lines_are_repeated_still_has_its_sender(dice: int) -> None:
    head, line, body = LETTERS[0].partition(b"\r\n\r\n")
    reading = read_letter(head + line + lines_repeated(body, b"", Random(dice)), REGISTER)
    assert reading.sender == "jtj@example.org"
    assert reading.verdict is not Verdict.PENDING
