"""标题: which of the first lines of a manuscript are its title, told by style, size, place and wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from intake.ordinals import label_of, points_of
from intake.source import SourceParagraph

_STYLES: Final = ("title", "标题", "文章标题", "大标题", "主标题", "公文标题")
_FIRST_HEADING: Final = ("heading 1", "标题 1", "标题1")
_ENDS_SENTENCE: Final = "。；：，、;:,"
_LONGEST: Final = 60
_MOST_LINES: Final = 4
_LARGER: Final = 1.0
"""Points above the body's size that make a line stand out."""
_LONGEST_PREFACE: Final = 20
_MOST_PREFACES: Final = 3


Signs = Callable[[SourceParagraph, bool], bool]
"""Whether a line is a byline; the flag says that it stands where bylines stand, so that an unknown unit will do."""


@dataclass(frozen=True, slots=True)
class Title:
    """lines: the title as broken by its author. guessed: nothing but its place told it.

    before: short lines above it, such as 附件1 or 简报投稿. used: how many of the lines given were taken.
    """

    lines: tuple[str, ...]
    guessed: bool
    before: tuple[str, ...]
    used: int


def find_title(lines: Sequence[SourceParagraph], size: float | None, signs: Signs) -> Title | None:
    """The title among the first lines of a manuscript; None when none of them is like one.

    size: the body's size in points, None when unknown.
    """
    for skipped, line in enumerate(lines[: _MOST_PREFACES + 1]):
        if signs(line, False):
            break
        if _stands_out(line, size, below_others=skipped > 0) and _could_be(line.text):
            count = _extent(lines[skipped:], size, signs)
            texts = tuple(one.text for one in lines[skipped : skipped + count])
            before = tuple(one.text for one in lines[:skipped])
            return Title(texts, guessed=False, before=before, used=skipped + count)
        if len(line.text) > _LONGEST_PREFACE or label_of(line.text) or line.text[-1] in "。；":
            break
    if lines and _plausible(lines[0].text, followed_by_byline=len(lines) > 1 and signs(lines[1], True)):
        return Title((lines[0].text,), guessed=True, before=(), used=1)
    return None


def title_of_name(name: str) -> str:
    """A file name or subject as a title: without folder and extension."""
    last = name.strip().replace("\\", "/")
    path = PurePosixPath(last)
    return (path.stem if 1 < len(path.suffix) <= 5 and path.suffix[1:].isascii() else last).strip()


def _stands_out(line: SourceParagraph, size: float | None, *, below_others: bool) -> bool:
    """Whether the looks say title. Below other lines only style and size count: a bold line there is a heading."""
    if _is_title_style(line) or _is_large(line, size):
        return True
    first_heading = line.style.strip().lower() in _FIRST_HEADING or line.outline_level == 0
    return not below_others and (line.boxed or line.centred or line.bold or first_heading)


def _extent(lines: Sequence[SourceParagraph], size: float | None, signs: Signs) -> int:
    """How many of the lines belong to the title that begins with the first: those that are set as it is."""
    first, count, length = lines[0], 1, len(lines[0].text)
    for line in lines[1:_MOST_LINES]:
        length += len(line.text)
        same = _setting(line) == _setting(first)
        set_off = line.centred or line.boxed or _is_title_style(line) or _is_large(line, size)
        if not (same and set_off) or length > 2 * _LONGEST or not _could_be(line.text):
            break
        if signs(line, not _is_large(line, size)):
            break
        count += 1
    return count


def _setting(line: SourceParagraph) -> tuple[str, float | None, bool, bool]:
    return line.style, line.size, line.centred, line.boxed


def _is_title_style(line: SourceParagraph) -> bool:
    return line.style.strip().lower() in _STYLES


def _is_large(line: SourceParagraph, size: float | None) -> bool:
    return line.size is not None and size is not None and line.size > size + _LARGER


def _could_be(text: str) -> bool:
    """Whether a line that is set like a title may be one: short, one sentence at most, no numbered heading."""
    body = text.rstrip("。")
    return 0 < len(text) <= _LONGEST and "。" not in body and not label_of(text) and text[-1] not in "：:；;"


def _plausible(text: str, *, followed_by_byline: bool) -> bool:
    if not _could_be(text) or points_of(text):
        return False
    return followed_by_byline or (len(text) <= 45 and text[-1] not in _ENDS_SENTENCE)
