"""The output for a person, drawn by rich."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.base.output_parts import OutputLine, OutputTable, Shown, Styled
from values.whole_number import whole_number

_PIPE_WIDTH: Final = 120
"""Columns where the width is unknown; rich's own 80 would break most sentences."""
_NEVER_WRAPPED: Final = frozenset({"收到", "结果", "编号", "状态", "期号", "日期"})
"""Headings of columns whose cells are short: the others give way."""


def terminal(file: TextIO, environ: Mapping[str, str]) -> Console:
    """As wide as the terminal or $COLUMNS; for a pipe or file, as wide as our sentences need."""
    columns = whole_number(environ.get("COLUMNS", ""))
    width = columns if columns is not None else None if file.isatty() else _PIPE_WIDTH
    return Console(file=file, highlight=False, width=width)


def error_terminal(file: TextIO) -> Console:
    """Standard error: progress and errors."""
    return Console(file=file, highlight=False)


def print_shown(console: Console, shown: Iterable[Shown]) -> None:
    """Prints lines and tables in their order."""
    for part in shown:
        if isinstance(part, OutputLine):
            console.print(Text.assemble(*map(_text, part.parts)), soft_wrap=not part.wrapped)
        else:
            console.print(_table(part))


def _table(table: OutputTable) -> Table:
    drawn = Table(header_style="bold", show_lines=False, pad_edge=False)
    for heading in table.headings:
        drawn.add_column(heading, overflow="fold", no_wrap=heading in _NEVER_WRAPPED)
    for row in table.rows:
        drawn.add_row(*map(_text, row))
    return drawn


def _text(part: Styled) -> Text:
    return Text(part.text, style=part.style)
