"""Every message of this Python's argparse that a person may see has Chinese words."""

from __future__ import annotations

import argparse
import ast
import re
from pathlib import Path

import pytest

from cli.base.chinese_argparse import CHINESE, speak_chinese

FOR_DEVELOPERS = (
    *("'required' is an invalid argument", "%r is not callable", ".__call__() not defined", 'argument "-" with mode'),
    *("cannot have multiple subparser", "cannot merge actions", "conflicting ", "dest= is required"),
    *("invalid conflict_resolution", "invalid option string", "mutually exclusive arguments must be optional"),
)
"""Beginnings of messages about a parser that is made wrong."""


def messages() -> set[str]:
    """What argparse.py hands to gettext."""
    tree = ast.parse(Path(argparse.__file__).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    looked_up = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext")]
    texts = [argument.value for node in looked_up for argument in node.args if isinstance(argument, ast.Constant)]
    return {text for text in texts if isinstance(text, str)}


def test_every_message_for_a_person_is_translated() -> None:
    assert len(messages()) > 30
    assert {text for text in messages() if not text.startswith(FOR_DEVELOPERS)} <= CHINESE.keys()


@pytest.mark.parametrize("english", CHINESE)
def test_translation_has_no_other_places(english: str) -> None:
    places = re.compile(r"%(?:\(\w+\))?[sr]")
    assert set(places.findall(CHINESE[english])) <= set(places.findall(english))


def test_messages_with_numbers_and_kinds_are_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    speak_chinese()
    parser = argparse.ArgumentParser(prog="trial", exit_on_error=True)
    parser.add_argument("--pair", nargs=2)
    parser.add_argument("--size", type=int)
    for words, message in (
        (["--pair", "1"], "trial：错误：--pair：后面要写 2 个值\n"),
        (["--size", "x"], "trial：错误：--size：写的值 'x' 不合要求\n"),
    ):
        with pytest.raises(SystemExit):
            parser.parse_args(words)
        shown = capsys.readouterr().err
        assert shown.startswith("用法：trial ")
        assert shown.endswith(message)
