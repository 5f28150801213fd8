"""How wide the output for a person is, and what is broken at that width."""

from __future__ import annotations

import io

import pytest

from cli.base.output_parts import OutputTable, Styled, line
from cli.base.terminal import print_shown, terminal


@pytest.mark.parametrize(
    ("environ", "width"),
    [
        ({}, 120),
        ({"COLUMNS": "77"}, 77),
        ({"COLUMNS": "wide"}, 120),
        ({"COLUMNS": "²"}, 120),
        ({"COLUMNS": "9" * 5000}, 120),
    ],
)
def test_a_pipe_is_as_wide_as_columns_says_or_as_our_sentences_need(environ: dict[str, str], width: int) -> None:
    assert terminal(io.StringIO(), environ).width == width


def test_a_sentence_is_broken_at_the_width_and_a_path_is_not() -> None:
    file = io.StringIO()
    path = f"/srv/{'jianbao/' * 10}70-r1.docx"
    print_shown(terminal(file, {"COLUMNS": "40"}), [line("句" * 30), line(path, "bold green", wrapped=False)])
    assert file.getvalue().splitlines() == ["句" * 20, "句" * 10, path]


def test_a_long_cell_folds_and_short_columns_stay_whole() -> None:
    file = io.StringIO()
    table = OutputTable(("日期", "说明"), ((Styled("2022-11-08"), Styled("长" * 40)),))
    print_shown(terminal(file, {"COLUMNS": "50"}), [table])
    shown = file.getvalue()
    assert "2022-11-08" in shown
    assert shown.count("长") == 40
    assert max(map(len, shown.splitlines())) <= 50
