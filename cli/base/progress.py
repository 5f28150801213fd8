"""Showing what is going on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from service.letters.take_in import Tell, silent


@contextmanager
def progress(console: Console, *, in_words: bool = False) -> Iterator[Tell]:
    """A bar for each thing that is going on. Without a terminal: a line for each with `in_words`, else nothing."""
    if console.is_terminal:
        with _bars(console) as tell:
            yield tell
    elif in_words:
        yield _line_each(console)
    else:
        yield silent


@contextmanager
def _bars(console: Console) -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, of: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done, total=of)

        yield tell


def _line_each(console: Console) -> Tell:
    told: set[str] = set()

    def tell(what: str, _done: int, _of: int | None) -> None:
        if what not in told:
            console.print(Text(f"{what} ……"))
        told.add(what)

    return tell
