"""Small documents of config.toml, and the one mistake that is reported in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.load import parse_settings
from settings.model import Settings
from values.errors import BadConfig

BULLETIN = """\
[[bulletin]]
id = "wuxing"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"
"""
MAILBOX = """\
[bulletin.mailbox]
host = "imap.163.com"
username = "zgqwxzfb@163.com"
"""


def read(text: str) -> Settings:
    """The settings of a config.toml in /srv."""
    return parse_settings(text.encode(), name="config.toml", home=Path("/srv"))


def reason(text: str) -> str:
    """The sentence about the only mistake, without file and line."""
    with pytest.raises(BadConfig) as refused:
        read(text)
    assert len(refused.value.problems) == 1, refused.value.problems
    return refused.value.problems[0].partition(" 行 ")[2]


def with_bulletin(line: str) -> str:
    """A document with this line in [[bulletin]]."""
    return f"{BULLETIN}{line}\n{MAILBOX}"


def with_mailbox(line: str) -> str:
    """A document with this line in [bulletin.mailbox]."""
    return f"{BULLETIN}{MAILBOX}{line}\n"


def with_top(text: str) -> str:
    """A document that begins with this text."""
    return f"{text}\n{BULLETIN}{MAILBOX}"


def with_departments(*tables: str) -> str:
    """A document with these lines, each string in a [[bulletin.department]] of its own."""
    return BULLETIN + MAILBOX + "".join(f"[[bulletin.department]]\n{table}\n" for table in tables)
