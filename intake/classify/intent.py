"""What a letter announces: an article, a later text of an earlier one (换稿), something for one (补充), or a withdrawal
(撤稿)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from intake.outcome import Intent
from intake.parse.message import Message
from intake.parse.quoting import own_text

_LONGEST_LETTER: Final = 400
"""Characters of the sender's own text; a longer one is an article, whose words announce nothing."""
_CORRECTS: Final = re.compile(
    r"更正|勘误|订正|修改稿|修订稿|修改后的?稿|改后稿|改稿|换稿|替换稿|重新报送|"
    r"以(?:此|本|这|该)[份次稿件封篇]{0,2}(?:稿件?)?为准|(?:前|上|原|之前的?)一?[稿件篇份次封]+(?:[^，。；]{0,6})作废|替换(?:前|上|之前|原)"
)
_FINAL: Final = re.compile("最新稿|最终稿|终稿|定稿")
_WITHDRAWS: Final = re.compile(
    r"撤稿|撤回|(?:申请|要求|请予?)撤(?:下|掉|销)|(?:请)?(?:勿|不要|暂不|不再|停止|取消)(?:采用|刊发|刊登|刊用|编发|投稿)"
)
_ADDS: Final = re.compile(
    r"补充(?:一下|如下|[:：]|的?(?:[一两二三几\d]+[段篇张份处条点个]|材料|说明|内容|稿件?|照片|图片|数据|附件|段落|文字))|"
    r"(?:补[发报寄交送]|再补|另补|补上|补一|追加|续报)(?!选|贴|助|偿|水)"
)
_TITLE: Final = re.compile("《([^《》]{2,80})》")


def intent_of(message: Message, names: Iterable[str]) -> Intent:
    """By the subject, the sender's own short text and the names of the manuscripts. names: of the manuscripts.

    A letter with a manuscript is never a withdrawal: the manuscript outweighs the words.
    """
    names = tuple(names)
    words = (message.subject, _short_own_text(message))
    if not names and any(map(_WITHDRAWS.search, words)):
        return Intent.WITHDRAWAL
    if any(map(_CORRECTS.search, (*words, *names))):
        return Intent.CORRECTION
    if any(map(_ADDS.search, (*words, *names))):
        return Intent.ADDITION
    return Intent.FINAL if any(map(_FINAL.search, (*words, *names))) else Intent.NEW


def announces_correction(message: Message) -> bool:
    """Whether subject or own short text say that something is corrected."""
    return any(map(_CORRECTS.search, (message.subject, _short_own_text(message))))


def announces_addition(message: Message) -> bool:
    """Whether subject or own short text say that something is added to an article."""
    return any(map(_ADDS.search, (message.subject, _short_own_text(message))))


def titles_named(message: Message) -> tuple[str, ...]:
    """The titles in 《》 in the subject and in the sender's own text, each once."""
    return tuple(dict.fromkeys(_TITLE.findall(f"{message.subject}\n{_short_own_text(message)}")))


def _short_own_text(message: Message) -> str:
    """The sender's own text without quoted letters; "" when it is too long for a cover letter."""
    text = own_text(message.text[: 10 * _LONGEST_LETTER])
    return text if len(text) <= _LONGEST_LETTER else ""
