"""What a letter wants: bring an article, replace one it brought before (换稿), or take one back (撤稿)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from intake.parse.message import Message
from intake.parse.quoting import own_text

_LONGEST_LETTER: Final = 400
"""Own words beyond this are an article, and what an article speaks of is no wish of its sender."""
_CORRECTS: Final = re.compile(
    r"更正|勘误|订正|修改稿|修订稿|修改后的?稿|改后稿|改稿|换稿|替换稿|重新报送|"
    r"以(?:此|本|这|该)[份次稿件封篇]{0,2}(?:稿件?)?为准|(?:前|上|原|之前的?)一?[稿件篇份次封]+(?:[^，。；]{0,6})作废|替换(?:前|上|之前|原)"
)
_FINAL: Final = re.compile("最新稿|最终稿|终稿|定稿")
_WITHDRAWS: Final = re.compile(
    r"撤稿|撤回|(?:申请|要求|请予?)撤(?:下|掉|销)|(?:请)?(?:勿|不要|暂不|不再|停止|取消)(?:采用|刊发|刊登|刊用|编发|投稿)"
)
_TITLE: Final = re.compile("《([^《》]{2,80})》")


class Intent(StrEnum):
    """new: an article. correction: a later text of an article sent before. withdrawal: an article shall not appear.

    final: calls itself the last text; many do that when they send the first.
    """

    NEW = "new"
    FINAL = "final"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


def intent_of(message: Message, names: Iterable[str]) -> Intent:
    """As the subject, the sender's own short words and the names of the manuscripts say. names: of the manuscripts.

    A letter with a manuscript never withdraws: what it brings is more than what it says.
    """
    names = tuple(names)
    words = (message.subject, _own_words(message))
    if not names and any(map(_WITHDRAWS.search, words)):
        return Intent.WITHDRAWAL
    if any(map(_CORRECTS.search, (*words, *names))):
        return Intent.CORRECTION
    return Intent.FINAL if any(map(_FINAL.search, (*words, *names))) else Intent.NEW


def titles_named(message: Message) -> tuple[str, ...]:
    """The titles in 《》 of which the subject and the sender's own words speak, each once."""
    return tuple(dict.fromkeys(_TITLE.findall(f"{message.subject}\n{_own_words(message)}")))


def _own_words(message: Message) -> str:
    words = own_text(message.text[: 10 * _LONGEST_LETTER])
    return words if len(words) <= _LONGEST_LETTER else ""
