"""Output: one JSON document, or lines and tables for a person. What they are made of is plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


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


class Output:
    """Standard output of one command."""

    def __init__(self, file: TextIO, environ: Mapping[str, str], *, as_json: bool) -> None:
        self.as_json = as_json
        self._file = file
        self._environ = environ

    def give(self, document: Callable[[], object], shown: Callable[[], Iterable[Shown]]) -> None:
        """The result of the command. Only the form that is asked for is made."""
        if self.as_json:
            self._file.write(json.dumps(document(), ensure_ascii=False, indent=2) + "\n")
        else:
            self.show(shown())

    def give_line(self, document: object, text: str) -> None:
        """A result that is one sentence for a person."""
        self.give(lambda: document, lambda: [line(text)])

    def show(self, shown: Iterable[Shown]) -> None:
        """Lines and tables for a person, whatever form was asked for."""
        # Here, because rich takes longer to import than most commands with --json take altogether.
        from cli.base.terminal import print_shown

        print_shown(self.terminal, shown)

    @property
    def terminal(self) -> Console:
        """Standard output as rich draws on it."""
        from cli.base.terminal import terminal  # here for the same reason

        return terminal(self._file, self._environ)


def print_error(file: TextIO, text: str) -> None:
    """Writes each line of an error's text in red."""
    # Here, because most commands end without an error.
    from cli.base.terminal import error_terminal, print_shown

    print_shown(error_terminal(file), (line(each, "red", wrapped=False) for each in text.splitlines()))
