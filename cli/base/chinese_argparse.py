"""The words of argparse in Chinese: of its help, and of its errors about what a person typed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Final

CHINESE: Final[Mapping[str, str]] = {
    "usage: ": "用法：",
    "positional arguments": "位置参数",
    "options": "选项",
    "subcommands": "命令",
    "%(heading)s:": "%(heading)s：",
    "show this help message and exit": "显示这段说明后退出",
    "show program's version number and exit": "显示版本后退出",
    " (default: %(default)s)": "（默认 %(default)s）",
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
    "%(prog)s: warning: %(message)s\n": "%(prog)s：提醒：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是 %(matches)s",
    "can't open '%(filename)s': %(error)s": "打不开 %(filename)s：%(error)s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "expected at most one argument": "后面最多写一个值",
    "expected %s argument": "后面要写 %s 个值",
    "expected %s arguments": "后面要写 %s 个值",
    "ignored explicit argument %r": "这一项不带值，不能写 %r",
    "invalid %(type)s value: %(value)r": "写的值 %(value)r 不合要求",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r；可以写 %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r；可以写 %(choices)s",
    "not allowed with argument %s": "不能和 %s 同时写",
    "one of the arguments %s is required": "%s 要写其中一个",
    "the following arguments are required: %s": "缺少：%s",
    "unrecognized arguments: %s": "不认识：%s",
    "unexpected option string: %s": "不认识：%s",
    "argument '%(argument_name)s' is deprecated": "%(argument_name)s 将要取消",
    "command '%(parser_name)s' is deprecated": "命令 %(parser_name)s 将要取消",
    "option '%(option)s' is deprecated": "选项 %(option)s 将要取消",
}
"""Every message of argparse (Python 3.11 to 3.13) that a person may see, by its own words."""


def speak_chinese() -> None:
    """Has argparse use these words, in this process.

    argparse looks its words up by two functions of gettext, under names of its module. A catalogue of gettext proper
    would need the environment to name Chinese, which the service's does not.
    """
    for name, function in (("_", _translated), ("ngettext", _translated_number)):
        if not callable(getattr(argparse, name, None)):  # else its messages would just stay English
            raise AssertionError(f"argparse has no {name}")
        setattr(argparse, name, function)


def _translated(message: str) -> str:
    return CHINESE.get(message, message)


def _translated_number(singular: str, plural: str, number: int) -> str:
    """Chinese has no plural."""
    return _translated(singular if number == 1 else plural)
