"""The letters of the second scenario: always the same bytes."""

from __future__ import annotations

import re

import pytest

from tools.make_other_ways import FOLDER, letters

LETTERS = letters()


def test_tool_writes_exactly_the_letters_of_the_scenario() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == LETTERS


@pytest.mark.parametrize("name", LETTERS)
def test_every_line_ends_as_on_the_wire(name: str) -> None:
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", LETTERS[name])
    assert max(map(len, LETTERS[name].split(b"\r\n"))) <= 998, "RFC 5322 2.1.1"
