"""更正 in words: “第二段 12 应为 21”, “把甲改为乙”, as people write it to an editor. Pure.

What is read here is shown to the editor and never changes a text by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from intake.outcome import AskedCorrection

MOST: Final = 10
"""Corrections of one letter; who has more sends the text again."""
_LONGEST: Final = 60
"""Characters of words that are corrected."""
_PARAGRAPH: Final = re.compile(r"第\s*([一二三四五六七八九十\d]{1,3})\s*自?然?段")
_QUOTES: Final = "“”\"「」『』‘’'"
_PIECE: Final = rf"[{_QUOTES}]([^{_QUOTES}\n]{{1,{_LONGEST}}})[{_QUOTES}]"
_BARE: Final = rf"([^\s{_QUOTES}，。；;：:、（）()]{{1,{_LONGEST}}})"
_BECOMES: Final = (
    r"(?:(?:有误|写错了?|错了|不对|是错的|误写)\s*[,，]?\s*)?"
    r"(?:应当?改为|应更正为|应当?是|应当?为|更正为|修改为|改为|改成|更改为|换成|替换为)"
)
_BOTH_QUOTED: Final = re.compile(rf"{_PIECE}[^{_QUOTES}\n。；]{{0,6}}?{_BECOMES}\s*[:：]?\s*{_PIECE}")
_BARE_PAIR: Final = re.compile(rf"(?:[将把由]\s*)?{_BARE}\s*{_BECOMES}\s*[:：]?\s*{_BARE}")
_SENTENCE: Final = re.compile(r"[。；;\n]+")
_LEAD: Final = re.compile(r"^.*?(?:中的?|里的?|的|[:：]|[将把由])(?=[^的中里]+$)")
"""What stands before the wrong words in an unquoted sentence: 第二段中的, 正文里, 数字."""


def asked_corrections(text: str) -> tuple[AskedCorrection, ...]:
    """The corrections in the order of the letter; () where none is written so that the words are certain.

    text: the writer's own words. A paragraph that a sentence names holds for the sentence.
    """
    asked = list(dict.fromkeys(each for line in _SENTENCE.split(text) for each in _in_sentence(line)))
    return tuple(asked) if len(asked) <= MOST else ()


def _in_sentence(sentence: str) -> Iterator[AskedCorrection]:
    named = _PARAGRAPH.search(sentence)
    paragraph = named[1] if named else ""
    words = sentence[named.end() :] if named else sentence
    quoted = list(_BOTH_QUOTED.finditer(words))
    for match in quoted or _BARE_PAIR.finditer(words):
        wrong, right = match[1].strip(), match[2].strip()
        if not quoted:
            wrong = _LEAD.sub("", wrong)
            right = right.removesuffix("吗")
        if wrong and right and wrong != right:
            yield AskedCorrection(paragraph, wrong, right)
