"""图题: recognises the captions of pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from intake.read.source import SourceBlock, SourceParagraph
from values.manuscript import Picture
from values.ordinals import label_of, points_of

_LONGEST: Final = 60
"""Characters of a caption; the shortest paragraphs of the printed sample issue have 55 and more, and end with a full
stop."""
_NUMBERED: Final = (
    r"图\s?(?:[\d一二三四五六七八九十]{1,3}(?:[-－—.]\d{1,2})?\s?(?:[:：.．、\s—]|(?![\d年月日个家名项]))|[:：])"
)
_ABOVE: Final = re.compile(_NUMBERED)
_LABELLED: Final = re.compile(
    rf"[（(【]?(?:{_NUMBERED}|[▲△↑◆]|(?:上|下|左|右|本)?图(?:片|中)?(?:为|是)|(?:上|下|左|右)图|图片?(?:说明|来源)|"
    r"(?:摄影|供图|摄|图|图源)\s?[:：/／])"
)
_CREDIT: Final = re.compile(r"[（(][^（）()]{0,24}(?:摄影?|供图|图源|提供)[^（）()]{0,24}[）)][。.]?$")
_SMALLER: Final = 0.5
"""Points below the size of the body that make a line small: half a step of Word's list of sizes."""


def captioned(
    blocks: Sequence[SourceBlock], size: float | None, is_other: Callable[[SourceParagraph], bool]
) -> list[SourceBlock]:
    """The blocks, with each caption moved into its picture.

    A caption follows its picture; it may precede it only when it is numbered (图1). After several pictures it belongs
    to the last. size: of the body, in points; None when unknown. is_other: whether a short line is recognised as
    something else, such as a signature.
    """
    captioned_blocks: list[SourceBlock] = []
    for block in blocks:
        above = captioned_blocks[-1] if captioned_blocks else None
        if isinstance(block, Picture) and isinstance(above, SourceParagraph) and _is_above(above):
            captioned_blocks[-1] = replace(block, caption=above.text)
        elif (
            isinstance(block, SourceParagraph)
            and isinstance(above, Picture)
            and not above.caption
            and _is_below(block, size, is_other)
        ):
            captioned_blocks[-1] = replace(above, caption=block.text)
        else:
            captioned_blocks.append(block)
    return captioned_blocks


def _is_above(line: SourceParagraph) -> bool:
    return _is_short(line) and line.text[-1] != "。" and _ABOVE.match(line.text) is not None


def _is_below(line: SourceParagraph, size: float | None, is_other: Callable[[SourceParagraph], bool]) -> bool:
    if not _is_short(line) or line.page_break_before:
        return False
    if _LABELLED.match(line.text) or _CREDIT.search(line.text):
        return True
    if is_other(line):
        return False
    plain = label_of(line.text) is None and not points_of(line.text) and not line.bold and line.outline_level is None
    larger = line.size is not None and size is not None and line.size > size
    return plain and not larger and (line.centred or _is_small(line, size)) and line.text[-1] not in "：；，"


def _is_small(line: SourceParagraph, size: float | None) -> bool:
    return line.size is not None and size is not None and line.size <= size - _SMALLER


def _is_short(line: SourceParagraph) -> bool:
    """Whether it is one line of at most one sentence. One with raised characters stays a paragraph, which keeps
    them."""
    text = line.text
    if len(text) > _LONGEST or "\n" in text or line.marks:
        return False
    return "。" not in _CREDIT.sub("", text)[:-1]
