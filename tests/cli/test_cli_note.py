"""`note`: the editor's note of the next issue."""

from __future__ import annotations

from tests.support.command_line import CommandLine


def test_note_keeps_a_paragraph_a_line(command_line: CommandLine) -> None:
    kept = command_line.run_json("note", "第一段\n\n第二段")
    assert kept.document == {"bulletin": "wuxing", "supplement": False, "editors_note": ["第一段", "第二段"]}


def test_note_of_the_supplement_is_its_own(command_line: CommandLine) -> None:
    assert command_line.run("note", "增刊", "--supplement").output.startswith("下一期增刊的按语已记下，共 1 段")


def test_an_empty_note_is_none(command_line: CommandLine) -> None:
    assert command_line.run("note", "").output == "本期没有按语。\n"
