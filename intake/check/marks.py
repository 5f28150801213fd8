"""Checks of punctuation marks: pairs, what stands between them, dashes, ellipses, document numbers (GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from intake.check.proof import CHINESE, Proof, at, every, wrong
from values import rules
from values.finding import Finding

_CLOSES: Final = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "〔": "〕"}
_OTHER: Final = {**_CLOSES, **{close: open for open, close in _CLOSES.items()}}
_ALIKE: Final = {"(": "（", ")": "）"}
_DEEPEST: Final = 8
"""Marks open at once that a closing one is looked for among: bounds the time, and nobody nests deeper."""
_MARK: Final = re.compile("[“”‘’《》〈〉（）()【】〔〕]")
_INNER: Final = {"“": "‘’", "《": "〈〉"}
_NUMBERED: Final = re.compile(r"(?:^|[。；;，,：:\s])[\dA-Za-z①-⑳一二三四五六七八九十]{1,2}$")
_BETWEEN: Final = re.compile("(?<=[》”])、(?=[《“])")
_DASH: Final = re.compile(rf"(?<={CHINESE})(?:-{{2,6}}|－{{2,6}}|─{{2,6}}|—{{3,8}}|－—|—－)(?={CHINESE})")
_ELLIPSIS: Final = re.compile(r"(?<![….。])(?:…(?!…)|\.{3,8}|。{3,8}|·{3,8}|…{3,8})(?![….])")
_FILE_NUMBER: Final = re.compile(
    rf"(?<={CHINESE})[\[［【（(]((?:19|20)\d\d)[\]］】）)](第?)(\d{{1,4}})号(?![楼线门院地厂路])"
)
_PADDED: Final = re.compile(r"〔((?:19|20)\d\d)〕(?:第(\d{1,4})|0(\d{1,3}))号")
_DOUBLED: Final = re.compile("[，、；：。]{2,6}")


def pairs(proof: Proof) -> Iterator[Finding]:
    """Quotation marks, brackets and title marks that do not open and close. Over paragraphs only “ may stay open:
    each paragraph of a long quotation opens anew (GB/T 15834 4.8.3.4)."""
    for line, following in pairwise((*(line for line in proof.lines if line.kind != "table"), None)):
        assert line is not None
        goes_on = following is not None and following.text.lstrip().startswith("“")
        for mark, start in _matched(line.text).unpaired:
            if not (mark == "“" and goes_on):
                where = "后面没有" if mark in _CLOSES else "前面没有"
                message = f"“{_around(line.text, start)}”里的“{mark}”{where}“{_OTHER[mark]}”。"
                yield at(line, (start, start + 1), rules.UNPAIRED, message, "请补上另一半，或删去。")


def nesting(proof: Proof) -> Iterator[Finding]:
    """“ within “, 《 within 《: inside they are ‘ and 〈 (GB/T 15834 4.8.3.3, 4.15)."""
    for line in proof.prose:
        for start in _matched(line.text).nested:
            mark = line.text[start]
            inner = _INNER[mark]
            message = f"“{_around(line.text, start)}”处，{mark}{_CLOSES[mark]}里面再用应写作{inner}。"
            yield at(line, (start, start + 1), rules.NESTING, message, inner)


@dataclass(slots=True)
class _Matched:
    """Of one line. unpaired: marks and where they stand. nested: where a pair opens within one of its kind."""

    unpaired: list[tuple[str, int]]
    nested: list[int]


def _matched(text: str) -> _Matched:
    open_marks: list[tuple[str, int]] = []
    closed: set[int] = set()
    inside: list[tuple[int, int]] = []
    unpaired: list[tuple[str, int]] = []
    for found in _MARK.finditer(text):
        mark, start = _ALIKE.get(found[0], found[0]), found.start()
        if mark in _CLOSES:
            open_marks.append((mark, start))
            continue
        last = open_marks[-_DEEPEST:]
        depth = next((i for i, (kind, _) in enumerate(reversed(last), 1) if _CLOSES[kind] == mark), None)
        if depth is not None:
            unpaired += last[len(last) - depth + 1 :]
            opened = last[len(last) - depth]
            del open_marks[len(open_marks) - depth :]
            closed.add(opened[1])
            around = [start for kind, start in open_marks[-_DEEPEST:] if kind == opened[0] in _INNER]
            inside += [(start, opened[1]) for start in around[-1:]]
        elif not _is_label_or_apostrophe(mark, text[max(0, start - 3) : start]):
            unpaired.append((mark, start))
    unpaired = sorted([*unpaired, *open_marks], key=lambda one: one[1])
    return _Matched(unpaired, [start for outer, start in inside if outer in closed])


def _is_label_or_apostrophe(mark: str, before: str) -> bool:
    return bool(mark == "）" and _NUMBERED.search(before)) or (mark == "’" and before[-1:].isascii())


def between_marks(proof: Proof) -> Iterator[Finding]:
    """A 顿号 between titles or quotations in a row ("usually" none: GB/T 15834-2011 4.5.3.5)."""
    message = "并列的书名号、引号之间通常不用顿号。"
    for line in proof.prose:
        for found in _BETWEEN.finditer(line.text):
            span = found.span()
            yield at(line, span, rules.COMMA_BETWEEN_MARKS, message, "删去顿号", replacement="")


def dashes(proof: Proof) -> Iterator[Finding]:
    """A dash written otherwise than ——, two ems (GB/T 15834 4.10). A single — joins places and is left alone."""
    return every(
        proof.prose,
        _DASH,
        rules.DASH,
        lambda found: (f"破折号“{found[0]}”应占两个字，写作“——”。", "——"),
        exact=True,
    )


def ellipses(proof: Proof) -> Iterator[Finding]:
    """An ellipsis otherwise than six dots, or twelve for whole paragraphs (GB/T 15834 4.11)."""
    for line in proof.prose:
        for found in _ELLIPSIS.finditer(line.text):
            if found[0] != "…………" and not _among_ascii(line.text, found):
                message = f"省略号“{found[0]}”应是六个点，写作“……”。"
                yield wrong(line, found.span(), rules.ELLIPSIS, message, "……")


def _among_ascii(text: str, found: re.Match[str]) -> bool:
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    return found[0].startswith(".") and bool(around) and around.isascii()


def file_number(proof: Proof) -> Iterator[Finding]:
    """The year of a document number stands in 〔〕, and neither 第 nor a zero before the number (GB/T 9704 7.2.5)."""
    for line in proof.lines:
        for found in (*_FILE_NUMBER.finditer(line.text), *_PADDED.finditer(line.text)):
            number = next(part for part in reversed(found.groups()) if part).lstrip("0")
            suggestion = f"〔{found[1]}〕{number}号"
            message = f"文号“{found[0]}”应写作“{suggestion}”。"
            yield wrong(line, found.span(), rules.FILE_NUMBER, message, suggestion)


def doubled_marks(proof: Proof) -> Iterator[Finding]:
    """Two marks where one belongs: ，， or 。，."""
    for line in proof.prose:
        for found in _DOUBLED.finditer(line.text):
            if found[0].strip("。") or len(found[0]) == 2:  # more 。 are meant as an ellipsis
                message = f"标点“{found[0]}”重复。"
                only = found[0][0] if len(set(found[0])) == 1 else None
                span = found.span()
                yield at(line, span, rules.DOUBLED_MARK, message, "请只留一个。", replacement=only)


def _around(text: str, start: int) -> str:
    return text[max(0, start - 4) : start + 5]
