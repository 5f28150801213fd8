"""Progress, shown while a command works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.text import Text

from service.letters.receive import ReportProgress, no_progress


@contextmanager
def progress(console: Console, *, in_words: bool = False) -> Iterator[ReportProgress]:
    """On a terminal, a bar for each kind of work. Elsewhere, with `in_words` a line for each, else nothing."""
    if console.is_terminal:
        with _bars(console) as report:
            yield report
    elif in_words:
        yield _lines(console)
    else:
        yield no_progress


@contextmanager
def _bars(console: Console) -> Iterator[ReportProgress]:
    """The bars are erased at the end of the block."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(what: str, done: int, of: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done, total=of)

        yield report


def _lines(console: Console) -> ReportProgress:
    reported: set[str] = set()

    def report(what: str, _done: int, _of: int | None) -> None:
        if what not in reported:
            console.print(Text(f"{what} ……"))
        reported.add(what)

    return report
