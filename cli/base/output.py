"""Standard output of a command: one JSON document, or lines and tables for a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from cli.base.output_parts import Shown, line

if TYPE_CHECKING:
    from rich.console import Console


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
