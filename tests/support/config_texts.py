"""A small config.toml, and what its parser makes of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.load import parse_settings
from settings.model import Settings
from values.errors import BadConfig

SMALL = """\
[[bulletin]]
id = "wuxing"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"

[bulletin.mailbox]
host = "imap.163.com"
username = "zgqwxzfb@163.com"
"""

HOME = Path("/srv/jianbao")


def read(text: str) -> Settings:
    return parse_settings(text.encode(), name="config.toml", home=HOME)


def problems(text: str | bytes) -> tuple[str, ...]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(BadConfig) as refused:
        parse_settings(data, name="config.toml", home=HOME)
    return refused.value.problems


def with_bulletin_key(line: str) -> str:
    return SMALL.replace("\n\n[bulletin.mailbox]", f"\n{line}\n\n[bulletin.mailbox]")
