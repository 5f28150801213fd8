"""The parts of the output for a person, as plain values: lines and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Styled:
    """A piece of text. It may come from a letter: nothing in it is markup."""

    text: str
    style: str = ""
    """A style of rich, as "green"; "" for plain text."""


@dataclass(frozen=True, slots=True)
class OutputLine:
    """A line of the output."""

    parts: tuple[Styled, ...]
    wrapped: bool = True
    """Whether it is broken at the terminal's width. Paths and links are not: a person copies them."""


@dataclass(frozen=True, slots=True)
class OutputTable:
    """A table of the output."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Styled, ...], ...]
    """As many cells each as there are headings."""


Shown = OutputLine | OutputTable
"""A part of the output for a person."""


def line(text: str, style: str = "", *, wrapped: bool = True) -> OutputLine:
    """A line in one style."""
    return OutputLine((Styled(text, style),), wrapped)
