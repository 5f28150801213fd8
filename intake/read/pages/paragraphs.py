"""From lines to paragraphs.

A line begins a paragraph when it is indented, centred or of another size, or when the line above ended although there
was room. Otherwise it continues the paragraph, also across the end of a column or page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from intake.read.pages.lines import PageLine, is_wide
from intake.read.source import SourceParagraph
from values.manuscript import Mark
from values.ordinals import label_of, points_of

# Factors are of the size of a line, that is, in characters, unless they say otherwise.
_INDENTED: Final = 1.2
"""From the left edge: more is an indent. GB/T 9704-2012 7.3.3 has two characters, some offices one and a half."""
_ROOM: Final = 0.3
"""Room beyond the first part of the next line that shows that a line ended early; less is the rounding of
justification."""
_DEEP: Final = 4.0
"""From the left edge: a line that begins there is set at the right, or hangs below the first line of an item."""
_SAME: Final = 0.3
"""Edges this close are the same."""
_CENTRED: Final = 0.6
"""Half of what the two sides of a centred line may differ by."""
_SHORTER: Final = 1.0
"""Free on both sides of a centred line."""
_TWO: Final = 2.0
"""The indent of a paragraph (GB/T 9704-2012 7.3.3)."""
_NEAR_TWO: Final = 0.25
"""How near to _TWO an indent is that indent, so that the line is no centred one."""
_OTHER_SIZE: Final = 0.7
"""Points: a difference that is no rounding; Word's smallest step is half a point."""
_LARGER: Final = 1.0
"""Points above the size of the body; as in `structure.title`."""
_WIDE_GAP: Final = 1.45
"""Of the usual distance of lines: more is white space between paragraphs."""
_LARGEST_BODY: Final = 18.0
"""Points (小二): text is not set larger where there is smaller text as well; a title of five lines is."""
_FEWEST: Final = 3
"""Lines that must share an edge."""
_MOST_HANGING: Final = 30
"""Lines of one item of a list that are looked back over."""
_RARELY: Final = 12
"""One line in so many may be at the indent by chance, as centred ones are."""
_LEAST_SHARE: Final = 6
"""One line in so many, at least, must reach the right edge of justified text."""
_WIDEST_INDENT: Final = 2.6
"""The indent of a first line, at most."""
_MARGIN: Final = 0.15
"""Of the width of the paper: the widest usual margin (3.17 cm of A4, the default of Word and WPS)."""
_FEW: Final = 12
"""Lines: with fewer, the leftmost one is at the edge of the text, and no line beyond the right edge is by chance."""
_NEARLY_FULL: Final = 3.0
"""Room at the end of the first line of an item that goes on: less than the longest part that may not be broken."""
_LABELLED: Final = re.compile(
    r"(?:报|送|发|抄\s?送|抄\s?报|主\s?送|联系人|联系电话|电话|附件\d{0,2}|供稿|撰稿|来源|作者|审核|签发|编辑|责任编辑)\s?[:：]"
)
"""How a line for the office begins, or the note that names the annexes."""
_GAP: Final = re.compile(r"\S(?:\u3000{2,}| {4,})\S")
_LABEL: Final = re.compile(r"(?:^|[\u3000 ])[\u4e00-\u9fff\u3000 ]{2,12}[:：]")
_HANGING: Final = "，。、；：！？”’）》"
"""What may hang over the right margin."""
_SENTENCE_ENDS: Final = "。！？”"
_PARAGRAPH_ENDS: Final = "。！？”；：…"
_BLANKS: Final = " \u3000\u00a0"


@dataclass(frozen=True, slots=True)
class TextFrame:
    """The left and right edge of the text of a column, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PageSetting:
    """How the text of a document is set."""

    frames: Mapping[tuple[int, int], TextFrame]
    """By `PageLine.column`."""
    size: float
    """Of the body, in points."""
    pitch: float
    """The usual distance of its baselines, in points."""
    indents: bool
    """Whether its paragraphs begin with an indent."""


def setting_of(running: Sequence[PageLine], lines: Sequence[PageLine], width: float) -> PageSetting:
    """The setting of a document. running: its lines of running text, from which the edges of the text are derived;
    the rows of a table may be wider. lines: all lines. width: of the paper, in points.

    A column with few lines takes its edges from the others.
    """
    size = _body_size(_off_the_middle(running, width))
    columns: dict[tuple[int, int], list[PageLine]] = {}
    for line in lines:
        columns.setdefault(line.column, [])
    for line in running:
        columns[line.column].append(line)
    whole = {
        kind: _frame([line for line in running if line.column[1] == kind], size, 0.0 if kind else width)
        for kind in {kind for _, kind in columns}
    }
    frames = {column: _settled(own, whole[column[1]], size) for column, own in columns.items()}
    steps = [
        below.baseline - line.baseline
        for line, below in pairwise(running)
        if line.column == below.column and line.size == below.size == size and below.baseline > line.baseline
    ]
    indented = [line for line in running if abs(line.left - frames[line.column].left - _TWO * size) <= _SAME * size]
    return PageSetting(frames, size, median(steps) if steps else 2 * size, len(indented) > len(running) / _RARELY)


def begins_paragraph(lines: Sequence[PageLine], at: int, setting: PageSetting, centred: Sequence[bool]) -> bool:
    """Whether lines[at], which is not the first, begins a paragraph. centred: for each line, whether it is centred."""
    above, line = lines[at - 1], lines[at]
    if _lists_labels(above) or _lists_labels(line):
        return True
    if abs(above.size - line.size) > _OTHER_SIZE or centred[at - 1] != centred[at] or _is_apart(above, line, setting):
        return True
    frame = setting.frames[above.column]
    if not centred[at] and _is_set_right(above, line, frame):
        return True
    room = frame.right - above.right + (above.left - frame.left if centred[at] else 0.0)
    if room > line.first + _ROOM * line.size:
        return True
    if above.text.rstrip(_BLANKS)[-1:] in _SENTENCE_ENDS and (
        _is_numbered(line.text) or _LABELLED.match(line.text) or _stands_alone(line, setting)
    ):
        return True
    return not centred[at] and _is_indented(line, setting) and not _hangs(lines, at, setting)


def paragraph_of(lines: Sequence[PageLine], *, centred: bool) -> SourceParagraph:
    """The lines joined to a paragraph: with a space between words, and none next to a Chinese character."""
    text = ""
    marks: list[Mark] = []
    for line in lines:
        indent = len(line.text) - len(line.text.lstrip(_BLANKS))
        text = _before_next(text, line.text[indent:])
        shift = len(text) - indent
        marks += (Mark(mark.start + shift, mark.end + shift, mark.kind) for mark in line.marks)
        text += line.text[indent:]
    text = text.rstrip(_BLANKS)
    longest = max(lines, key=lambda line: len(line.text))
    size = max(line.size for line in lines)
    return SourceParagraph(
        text=text,
        marks=tuple(mark for mark in marks if mark.end <= len(text)),
        size=round(2 * size) / 2,
        centred=centred,
        bold=longest.bold,
    )


def centred_lines(lines: Sequence[PageLine], setting: PageSetting) -> list[bool]:
    """For each line, whether it is centred.

    A large line that fills its width counts as centred when a neighbour of the same size is: both are lines of a title.
    """
    centred = [_is_centred(line, setting) for line in lines]
    for at in _there_and_back(len(lines)):
        for neighbour in (at - 1, at + 1):
            if 0 <= neighbour < len(lines) and centred[neighbour]:
                centred[at] = centred[at] or _continues_title(lines[at], lines[neighbour], setting)
    return centred


def _there_and_back(length: int) -> Iterable[int]:
    return (*range(length), *reversed(range(length)))


def _continues_title(line: PageLine, neighbour: PageLine, setting: PageSetting) -> bool:
    alike = line.size == neighbour.size > setting.size + _LARGER
    upper, lower = sorted((line, neighbour), key=lambda line: line.baseline)
    return alike and not _is_apart(upper, lower, setting)


def _is_centred(line: PageLine, setting: PageSetting) -> bool:
    """Whether a line has equal room on both sides. With two characters on either side it is a paragraph, unless it is
    large."""
    frame = setting.frames[line.column]
    before, after = line.left - frame.left, frame.right - line.right
    if min(before, after) < _SHORTER * line.size or abs(before - after) > 2 * _CENTRED * line.size:
        return False
    return line.size > setting.size + _LARGER or abs(before - _TWO * line.size) > _NEAR_TWO * line.size


def _is_indented(line: PageLine, setting: PageSetting) -> bool:
    blanks = len(line.text) - len(line.text.lstrip(_BLANKS))
    return blanks > 1 or line.left - setting.frames[line.column].left > _INDENTED * line.size


def _hangs(lines: Sequence[PageLine], at: int, setting: PageSetting) -> bool:
    """Whether the line belongs to a hanging item: indented lines below a first one that is not."""
    above, line = lines[at - 1], lines[at]
    if above.column != line.column:
        return False
    if abs(above.left - line.left) <= _SAME * line.size:  # as deep as the line above, which is full
        first = next(
            (
                earlier
                for earlier in reversed(lines[max(0, at - _MOST_HANGING) : at])
                if abs(earlier.left - line.left) > _SAME * line.size
            ),
            line,
        )
        reaches = setting.frames[line.column].right - first.right < _NEARLY_FULL * line.size
        return first.column == line.column and first.left < line.left and reaches
    below = lines[at + 1] if at + 1 < len(lines) else None
    full = setting.frames[line.column].right - line.right < line.size
    same = below is not None and below.column == line.column and abs(below.left - line.left) <= _SAME * line.size
    return same and full and above.left < line.left - _INDENTED * line.size


def _lists_labels(line: PageLine) -> bool:
    """Whether a line has several labels with typed gaps between them: 报送单位：区民政局　　审核人：张敏."""
    colons = line.text.count("：") + line.text.count(":")
    return colons > 1 and _GAP.search(line.text) is not None and len(_LABEL.findall(line.text)) > 1


def _is_set_right(above: PageLine, line: PageLine, frame: TextFrame) -> bool:
    """Whether the line above stands at the right by itself, as a unit or a date does: it begins in the right half, or
    deep in the line and ends where this one does, or this one goes back to the left."""
    deep = above.left - frame.left > _DEEP * above.size
    if not deep or above.column != line.column:
        return False
    same_end = abs(above.right - line.right) <= _SAME * line.size < abs(above.left - line.left)
    back = above.left - line.left > _TWO * line.size
    return same_end or back or above.left > (frame.left + frame.right) / 2


def _is_numbered(text: str) -> bool:
    points = points_of(text)
    return label_of(text) is not None or bool(points and points[0].start == 0)


def _stands_alone(line: PageLine, setting: PageSetting) -> bool:
    """Whether a line is no end of a paragraph: it is short and ends no sentence, like a heading, a unit or a date."""
    text = line.text.rstrip(_BLANKS)
    return setting.frames[line.column].right - line.right > _SHORTER * line.size and text[-1:] not in _PARAGRAPH_ENDS


def _is_apart(above: PageLine, line: PageLine, setting: PageSetting) -> bool:
    """Whether there is more space between two lines than between lines of a paragraph."""
    if above.column != line.column:
        return False
    usual = setting.pitch * max(1.0, line.size / setting.size)
    return line.baseline - above.baseline > _WIDE_GAP * usual


def _off_the_middle(lines: Sequence[PageLine], width: float) -> Sequence[PageLine]:
    """The lines that are not centred on the page with room on both sides, as a title of many lines is; all of them
    where nothing else is there. width: of the paper, in points."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    off = [
        line
        for line in lines
        if abs(line.left + line.right - width) > 2 * _CENTRED * line.size
        or min(line.left - left, right - line.right) < _SHORTER * line.size
    ]
    return off or lines


def _body_size(lines: Iterable[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    usual = [size for size in sizes if size <= _LARGEST_BODY] or list(sizes)
    return max(usual, key=lambda size: (sizes[size], -size))


def _settled(own: Sequence[PageLine], whole: TextFrame, size: float) -> TextFrame:
    """The edges of a column: its own where it has enough lines, else those of `whole`. Mirrored margins move both
    edges."""
    if len(own) < _FEWEST:
        return whole
    frame = _frame(own, size, 0.0)
    left = frame.left if abs(frame.left - whole.left) < size else whole.left
    right = _edge([line.right for line in own], size)
    return TextFrame(left, right if right is not None else whole.right + left - whole.left)


def _frame(lines: Sequence[PageLine], size: float, width: float) -> TextFrame:
    """The leftmost edge that several lines share, and the right edge that most of them reach.

    A line that begins an indent further left than those shares the edge of the text with what it continues. Ragged text
    has no such right edge, nor have few lines; then both margins are taken to be equal. width: of the paper, 0 for a
    column.
    """
    lefts = sorted(line.left for line in lines)
    shared = [left for left, following in pairwise(lefts) if following - left <= _SAME * size]
    left = shared[0] if shared else lefts[0]
    if left - lefts[0] <= _WIDEST_INDENT * size or len(lefts) < _FEW:
        left = lefts[0]
    right = _edge([line.right for line in lines], size)
    if right is None:
        right = max(line.right - size * (line.text.rstrip(_BLANKS)[-1:] in _HANGING) for line in lines)
        left = min(left, width - right, _MARGIN * width) if width else left
        right = max(right, width - left)
    return TextFrame(left, right)


def _edge(rights: Sequence[float], size: float) -> float | None:
    """The right edge of justified text, None for ragged text. Punctuation may hang beyond it.

    It is the rightmost place that enough lines reach: shorter lines may share one too, as the names of units do.
    """
    groups = Counter(round(right / (_SAME * size)) for right in rights)
    shared = [place for place, count in groups.items() if count >= _FEWEST and count >= len(rights) / _LEAST_SHARE]
    beyond = _FEWEST if len(rights) >= _FEW else 1
    if not shared or sum(right > (max(shared) + 1) * _SAME * size + 2 * size for right in rights) >= beyond:
        return None
    place = max(shared)
    return max(right for right in rights if round(right / (_SAME * size)) == place)


def _before_next(text: str, following: str) -> str:
    """The text so far, with a space at its end where the next line begins another Latin word (UAX #14)."""
    before, after = text.rstrip(_BLANKS), following[:1]
    if not before or not after:
        return before
    if is_wide(before[-1]) and is_wide(after):
        return before
    if len(before) < len(text):
        return f"{before} "
    if is_wide(before[-1]) or is_wide(after) or before[-1] in "-/\u2010" or not before[-1].isalnum():
        return before + (" " if before[-1] in ",.;:!?)" and after.isalnum() and after.isascii() else "")
    return f"{before} "
