"""Output as JSON and for a person."""

from __future__ import annotations

import io
import json

import pytest

from cli.base.output import Output, print_error
from cli.base.output_parts import OutputTable, Shown, Styled, line


def not_wanted() -> list[Shown]:
    pytest.fail("the other form was asked for")


def test_give_writes_one_json_document_and_does_not_make_the_other_form() -> None:
    file = io.StringIO()
    Output(file, {}, as_json=True).give(lambda: {"label": "第70期", "files": []}, not_wanted)
    assert file.getvalue() == '{\n  "label": "第70期",\n  "files": []\n}\n'


def test_give_shows_lines_and_tables_and_does_not_make_the_document() -> None:
    file = io.StringIO()
    shown: list[Shown] = [line("共 1 篇。"), OutputTable(("编号", "标题"), ((Styled("1"), Styled("甲", "green")),))]
    Output(file, {}, as_json=False).give(not_wanted, lambda: shown)
    lines = file.getvalue().splitlines()
    assert lines[0] == "共 1 篇。"
    assert ["编号" in lines[2], "标题" in lines[2]] == [True, True]
    assert ["1" in lines[4], "甲" in lines[4]] == [True, True]


@pytest.mark.parametrize(("as_json", "written"), [(True, '{\n  "sent": 1\n}\n'), (False, "发出 1 封。\n")])
def test_give_line_is_a_document_or_a_sentence(as_json: bool, written: str) -> None:
    file = io.StringIO()
    Output(file, {}, as_json=as_json).give_line({"sent": 1}, "发出 1 封。")
    assert file.getvalue() == written


def test_show_writes_for_a_person_even_where_json_is_asked_for() -> None:
    file = io.StringIO()
    Output(file, {}, as_json=True).show([line("请打开：")])
    assert file.getvalue() == "请打开：\n"


def test_text_from_letters_is_no_markup() -> None:
    file = io.StringIO()
    Output(file, {}, as_json=False).show([line("主题 [bold]重要[/bold] :smile:")])
    assert file.getvalue() == "主题 [bold]重要[/bold] :smile:\n"


def test_json_keeps_every_character_of_a_letter() -> None:
    file = io.StringIO()
    Output(file, {}, as_json=True).give(lambda: ["𠮷\u2028\x00"], not_wanted)
    assert json.loads(file.getvalue()) == ["𠮷\u2028\x00"]


def test_print_error_keeps_each_line_whole() -> None:
    file = io.StringIO()
    print_error(file, f"第一行 {'长' * 200}\n第二行")
    assert file.getvalue() == f"第一行 {'长' * 200}\n第二行\n"
