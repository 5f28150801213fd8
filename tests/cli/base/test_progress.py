"""Progress on a terminal, in a pipe, and where nobody looks."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from cli.base.progress import progress


def shown(*, in_words: bool, on_terminal: bool) -> str:
    file = io.StringIO()
    with progress(Console(file=file, force_terminal=on_terminal, width=80), in_words=in_words) as report:
        for done in range(3):
            report("取信", done, 2)
        report("读稿", 0, None)
    return file.getvalue()


def test_a_pipe_gets_one_line_for_each_kind_of_work() -> None:
    assert shown(in_words=True, on_terminal=False) == "取信 ……\n读稿 ……\n"


def test_a_pipe_gets_nothing_unless_words_are_asked_for() -> None:
    assert shown(in_words=False, on_terminal=False) == ""


@pytest.mark.parametrize("in_words", [True, False])
def test_a_terminal_gets_a_bar_for_each_kind_of_work(in_words: bool) -> None:
    drawn = shown(in_words=in_words, on_terminal=True)
    assert "取信" in drawn
    assert "2/2" in drawn
    assert "读稿" in drawn
