"""Lines → paragraphs: a line begins one when it is indented, centred or of another size, or when the line above it
ended though there was room. What nothing parts is one paragraph, also over the end of a column or page."""

from __future__ import annotations

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

_INDENTED: Final = 1.2
"""Characters from the left edge at which a paragraph begins (GB/T 9704 7.3.3: two)."""
_ROOM: Final = 0.3
_SAME: Final = 0.3
_CENTRED: Final = 0.6
_SHORTER: Final = 1.0
"""Characters free on both sides of a centred line."""
_TWO: Final = 2.0
_NEAR_TWO: Final = 0.25
_OTHER_SIZE: Final = 0.7
"""Points."""
_LARGER: Final = 1.0
_WIDE_GAP: Final = 1.45
_FEWEST: Final = 3
_MOST_HANGING: Final = 30
_RARELY: Final = 12
"""One line in so many is indented by chance, as a centred one."""
_SENTENCE_ENDS: Final = "。！？”"
_BLANKS: Final = " \u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Frame:
    """The left and right edge of a column's text, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set. size: of its body, in points. pitch: between its lines. indents: paragraphs begin so."""

    frames: Mapping[tuple[int, int], Frame]
    size: float
    pitch: float
    indents: bool


def setting_of(lines: Sequence[PageLine], width: float) -> Setting:
    """Found out from all the lines; the edges of a page with few lines are those of the others. width: of the paper."""
    size = _body_size(lines)
    columns: dict[tuple[int, int], list[PageLine]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    whole = {
        kind: _frame([line for line in lines if line.column[1] == kind], size, 0.0 if kind else width)
        for kind in {kind for _, kind in columns}
    }
    frames = {column: _settled(own, whole[column[1]], size) for column, own in columns.items()}
    steps = [
        below.baseline - line.baseline
        for line, below in pairwise(lines)
        if line.column == below.column and line.size == below.size == size and below.baseline > line.baseline
    ]
    indented = [line for line in lines if abs(line.left - frames[line.column].left - _TWO * size) <= _SAME * size]
    return Setting(frames, size, median(steps) if steps else 2 * size, len(indented) > len(lines) / _RARELY)


def begins(lines: Sequence[PageLine], at: int, setting: Setting, centred: Sequence[bool]) -> bool:
    """Whether a paragraph begins with a line, the first excepted. centred: which of the lines are."""
    above, line = lines[at - 1], lines[at]
    if abs(above.size - line.size) > _OTHER_SIZE or centred[at - 1] != centred[at] or _gapes(above, line, setting):
        return True
    frame = setting.frames[above.column]
    room = frame.right - above.right + (above.left - frame.left if centred[at] else 0.0)
    if room > line.first + _ROOM * line.size:
        return True
    if not setting.indents and above.text.rstrip(_BLANKS)[-1:] in _SENTENCE_ENDS and _is_numbered(line.text):
        return True
    return not centred[at] and _is_indented(line, setting) and not _hangs(lines, at, setting)


def paragraph_of(lines: Sequence[PageLine], *, centred: bool) -> SourceParagraph:
    """The lines joined: a space between words, none beside a Chinese character."""
    text = ""
    marks: list[Mark] = []
    for line in lines:
        indent = len(line.text) - len(line.text.lstrip(_BLANKS))
        text = _ready_for(text, line.text[indent:])
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


def centred_lines(lines: Sequence[PageLine], setting: Setting) -> list[bool]:
    """Which lines are centred. One that fills its width is, when it is set as a centred neighbour, larger than text."""
    found = [_is_centred(line, setting) for line in lines]
    for at in _there_and_back(len(lines)):
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(lines) and found[beside] and _goes_with(lines[at], lines[beside], setting):
                found[at] = True
    return found


def _there_and_back(length: int) -> Iterable[int]:
    return (*range(length), *reversed(range(length)))


def _goes_with(line: PageLine, beside: PageLine, setting: Setting) -> bool:
    alike = line.size == beside.size > setting.size + _LARGER
    upper, lower = sorted((line, beside), key=lambda one: one.baseline)
    return alike and not _gapes(upper, lower, setting)


def _is_centred(line: PageLine, setting: Setting) -> bool:
    """A line that fills all but two characters on either side is rather a paragraph of one line, unless it is large."""
    frame = setting.frames[line.column]
    before, after = line.left - frame.left, frame.right - line.right
    if min(before, after) < _SHORTER * line.size or abs(before - after) > 2 * _CENTRED * line.size:
        return False
    return line.size > setting.size + _LARGER or abs(before - _TWO * line.size) > _NEAR_TWO * line.size


def _is_indented(line: PageLine, setting: Setting) -> bool:
    blanks = len(line.text) - len(line.text.lstrip(_BLANKS))
    return blanks > 1 or line.left - setting.frames[line.column].left > _INDENTED * line.size


def _hangs(lines: Sequence[PageLine], at: int, setting: Setting) -> bool:
    """Whether lines are indented below a first one that is not: an item that hangs from its number."""
    above, line = lines[at - 1], lines[at]
    if above.column != line.column:
        return False
    if abs(above.left - line.left) <= _SAME * line.size:  # as deep as the line above, which is full
        first = next(
            (
                one
                for one in reversed(lines[max(0, at - _MOST_HANGING) : at])
                if abs(one.left - line.left) > _SAME * line.size
            ),
            line,
        )
        return first.column == line.column and first.left < line.left
    below = lines[at + 1] if at + 1 < len(lines) else None
    full = setting.frames[line.column].right - line.right < line.size
    same = below is not None and below.column == line.column and abs(below.left - line.left) <= _SAME * line.size
    return same and full and above.left < line.left - _INDENTED * line.size


def _is_numbered(text: str) -> bool:
    points = points_of(text)
    return label_of(text) is not None or bool(points and points[0].start == 0)


def _gapes(above: PageLine, line: PageLine, setting: Setting) -> bool:
    if above.column != line.column:
        return False
    usual = setting.pitch * max(1.0, line.size / setting.size)
    return line.baseline - above.baseline > _WIDE_GAP * usual


def _body_size(lines: Iterable[PageLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size))


def _settled(own: Sequence[PageLine], whole: Frame, size: float) -> Frame:
    """A column's own edges where enough lines show them; mirrored margins move both."""
    if len(own) < _FEWEST:
        return whole
    frame = _frame(own, size, 0.0)
    left = frame.left if abs(frame.left - whole.left) < size else whole.left
    right = _edge([line.right for line in own], size)
    return Frame(left, right if right is not None else whole.right + left - whole.left)


def _frame(lines: Sequence[PageLine], size: float, width: float) -> Frame:
    """left: the leftmost edge that several lines share. right: the one that most of them reach; where they reach none
    in common, as far as the left margin on the other side of the paper would let them."""
    lefts = sorted(line.left for line in lines)
    shared = [one for one, following in pairwise(lefts) if following - one <= _SAME * size]
    rights = [line.right for line in lines]
    left = shared[0] if shared else lefts[0]
    right = _edge(rights, size)
    return Frame(left, max([*rights, width - left - _TWO * size]) if right is None else right)


def _edge(rights: Sequence[float], size: float) -> float | None:
    """The right edge of justified text; of ragged text, None. Punctuation may hang beyond it."""
    groups = Counter(round(one / (_SAME * size)) for one in rights)
    place, count = max(groups.items(), key=lambda group: (group[1], group[0]))
    if count < _FEWEST or count < len(rights) / 6:
        return None
    return max(one for one in rights if round(one / (_SAME * size)) == place)


def _ready_for(text: str, following: str) -> str:
    """The text so far, so that the next line can be put to it. Latin words and numbers part at spaces (UAX #14)."""
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
