"""Where answers go: standard output, as one JSON document or as words for a person; and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TextIO

from rich.console import Console
from rich.text import Text

# Exit statuses (design.md 5.2).
DONE: Final = 0
IN_PART: Final = 1
BAD_USAGE: Final = 2
UNAVAILABLE: Final = 3

_PIPE_WIDTH: Final = 120


def console_for(file: TextIO, environ: Mapping[str, str]) -> Console:
    """A console as wide as the terminal or $COLUMNS; for a pipe or file, wider than rich's 80 that break sentences."""
    width = None if file.isatty() or "COLUMNS" in environ else _PIPE_WIDTH
    return Console(file=file, highlight=False, width=width)


@dataclass(frozen=True, slots=True)
class Answers:
    """The one answer of a command."""

    console: Console
    as_json: bool

    def give(self, document: object, words: Callable[[Console], None]) -> None:
        if self.as_json:
            self.console.file.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        else:
            words(self.console)

    def say(self, document: object, line: str) -> None:
        self.give(document, lambda console: console.print(Text(line)))
