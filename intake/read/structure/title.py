"""标题: which of the first lines of a manuscript are its title, told by style, size, place and wording."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from intake.read.source import SourceParagraph
from intake.read.structure.byline import is_writers_line
from intake.read.structure.lines import looks
from values import rules
from values.finding import Finding
from values.ordinals import label_of, points_of

_STYLES: Final = ("title", "标题", "文章标题", "大标题", "主标题", "公文标题")
_FIRST_HEADING: Final = ("heading 1", "标题 1", "标题1")
_ENDS_SENTENCE: Final = "。；：，、;:,"
_LONGEST: Final = 60
_MOST_LINES: Final = 4
_LARGER: Final = 1.0
"""Points above the body's size that make a line stand out."""
_LONGEST_PREFACE: Final = 20
_MOST_PREFACES: Final = 3
_LONGEST_GUESSED: Final = 30
_LONGEST_SUBTITLE: Final = 45
_EXAMPLE: Final = re.compile(r"[（(]以.{2,40}为例[）)]")
_DASHES: Final = ("——", "――", "──", "－－", "--", "—", "―", "–")


Signs = Callable[[SourceParagraph, bool], bool]
"""Whether a line is a byline; the flag says that it stands where bylines stand, so that an unknown unit will do."""


@dataclass(frozen=True, slots=True)
class Title:
    """lines: the title as broken by its author, a subtitle (——以某校为例) last. guessed: nothing but its place told it.

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
        if _stands_out(line, size, below_others=skipped > 0) and could_be_title(line.text):
            count = _whole(lines[skipped:], _extent(lines[skipped:], size, signs), signs)
            texts = tuple(one.text for one in lines[skipped : skipped + count])
            before = tuple(one.text for one in lines[:skipped])
            return Title(texts, guessed=False, before=before, used=skipped + count)
        if len(line.text) > _LONGEST_PREFACE or label_of(line.text) or line.text[-1] in "。；":
            break
    if lines and _plausible(lines[0].text, followed_by_byline=len(lines) > 1 and signs(lines[1], True)):
        count = _whole(lines, _guessed_extent(lines, signs), signs)
        return Title(tuple(line.text for line in lines[:count]), guessed=True, before=(), used=count)
    return None


def is_set_as_title(line: SourceParagraph, size: float | None) -> bool:
    """Whether a line has a title's style or is larger than the body, whose size in points is given."""
    return line.style.strip().lower() in _STYLES or _is_large(line, size)


def printed_lines(title: Title | None, fallback: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The title's lines, and what the editor should know about where they come from."""
    if title is None:
        name = _title_of_name(fallback)
        message = f"稿件里没有找到标题，暂用“{name}”作标题。" if name else "稿件里没有找到标题。"
        rule = rules.TITLE_FROM_NAME if name else rules.TITLE_MISSING
        finding = rule.finding(message, suggestion="请补上标题，单独成行、居中。")
        return ((name,) if name else ()), (finding,)
    if title.guessed:
        message = f"标题没有居中、加大或使用标题样式，暂把第一行“{title.lines[0]}”当作标题。"
        finding = rules.TITLE_GUESSED.finding(message, suggestion="请核对标题。")
        return title.lines, (finding,)
    return title.lines, ()


def _title_of_name(name: str) -> str:
    """A file name or subject as a title: without folder and extension."""
    last = name.strip().replace("\\", "/")
    path = PurePosixPath(last)
    return (path.stem if 1 < len(path.suffix) <= 5 and path.suffix[1:].isascii() else last).strip()


def _stands_out(line: SourceParagraph, size: float | None, *, below_others: bool) -> bool:
    """Whether the looks say title. Below other lines only style and size count: a bold line there is a heading."""
    if is_set_as_title(line, size):
        return True
    first_heading = line.style.strip().lower() in _FIRST_HEADING or line.outline_level == 0
    return not below_others and (line.boxed or line.centred or line.bold or first_heading)


def _extent(lines: Sequence[SourceParagraph], size: float | None, signs: Signs) -> int:
    """How many of the lines belong to the title that begins with the first: those that are set as it is."""
    first, count, length = lines[0], 1, len(lines[0].text)
    for line in lines[1:_MOST_LINES]:
        length += len(line.text)
        same = looks(line) == looks(first)
        set_off = line.centred or line.boxed or is_set_as_title(line, size)
        if not (same and set_off) or length > 2 * _LONGEST or not could_be_title(line.text):
            break
        if signs(line, not _is_large(line, size)):
            break
        count += 1
    return count


def _guessed_extent(lines: Sequence[SourceParagraph], signs: Signs) -> int:
    """Two short lines above a byline are one title, though nothing sets them off."""
    if len(lines) < 3 or signs(lines[1], True) or not signs(lines[2], False):
        return 1
    return 2 if all(len(line.text) <= _LONGEST_GUESSED and could_be_title(line.text) for line in lines[:2]) else 1


def _whole(lines: Sequence[SourceParagraph], count: int, signs: Signs) -> int:
    """The extent without a writer's name above the byline, and with the subtitle."""
    if 1 < count < len(lines) and is_writers_line(lines[count - 1].text) and signs(lines[count], True):
        return count - 1
    below = [line.text for line in lines[count : count + 2]]
    if not below or not is_subtitle(below[0]) or any(map(is_subtitle, below[1:])):
        return count
    return count + 2 if _runs_on(lines[count : count + 3], signs) else count + 1


def _runs_on(lines: Sequence[SourceParagraph], signs: Signs) -> bool:
    """Whether the second line goes on with the subtitle that is the first: centred like it, no name, not the last."""
    if len(lines) < 3 or not lines[1].centred or looks(lines[0]) != looks(lines[1]):
        return False
    return could_be_title(lines[1].text) and not signs(lines[1], True) and not is_writers_line(lines[1].text)


def is_subtitle(text: str) -> bool:
    """Whether a line is a subtitle by its form: ——以文清小学为例."""
    marked = text.startswith(_DASHES) or _EXAMPLE.fullmatch(text) is not None
    return marked and len(text) <= _LONGEST_SUBTITLE and could_be_title(text)


def _is_large(line: SourceParagraph, size: float | None) -> bool:
    return line.size is not None and size is not None and line.size > size + _LARGER


def could_be_title(text: str) -> bool:
    """Whether a line that is set like a title may be one: short, one sentence at most, no numbered heading."""
    body = text.rstrip("。")
    return 0 < len(text) <= _LONGEST and "。" not in body and not label_of(text) and text[-1] not in "：:；;"


def _plausible(text: str, *, followed_by_byline: bool) -> bool:
    if not could_be_title(text) or points_of(text):
        return False
    return followed_by_byline or (len(text) <= 45 and text[-1] not in _ENDS_SENTENCE)
