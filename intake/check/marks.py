"""Checks of punctuation marks: pairs, dashes, ellipses, what is between them, document numbers (GB/T 15834)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import CHINESE, Proof, ProofLine, correction_at, finding_at, findings_of_matches
from values import rules
from values.finding import Finding

_CLOSES: Final = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "【": "】", "〔": "〕"}
_OTHER: Final = {**_CLOSES, **{close: open for open, close in _CLOSES.items()}}
_ALIKE: Final = {"(": "（", ")": "）"}
_NEW_TEXT: Final = re.compile("(?:修改为|[条款项])：“.?$")
_INDENT: Final = 8
"""Blanks that a paragraph begins with at most."""
_PARAGRAPHS: Final = {"“": 30, "（": 3}
"""Over so many paragraphs a quotation or a note in brackets may go on; title marks over none."""
_DEEPEST: Final = 8
"""Open marks among which the partner of a closing one is searched: bounds the time, and nobody nests deeper."""
_MARK: Final = re.compile("[“”‘’《》〈〉（）()【】〔〕]")
_INNER: Final = {"“": "‘’", "《": "〈〉"}
_NUMBERED: Final = re.compile(r"(?:^|[。；;，,：:\s])[\dA-Za-z①-⑳一二三四五六七八九十]{1,2}$")
_QUOTED: Final = r"(?:《[^《》]{1,60}》|“[^“”]{1,60}”)(?:（[^（）]{1,40}）)?"
_BETWEEN: Final = line_pattern(rf"(?<!、){_QUOTED}(?:、{_QUOTED})+(?!、)", "》、", "”、", "）、")
"""A row of nothing but titles and quotations. Where some member bears no marks of its own, 、 is needed."""
_BETWEEN_TWO: Final = re.compile("(?<=[》”])、(?=[《“])")
_DASH: Final = line_pattern(
    rf"(?<={CHINESE})(?:-{{2,6}}|－{{2,6}}|─{{2,6}}|—{{3,8}}|－—|—－)(?={CHINESE})",
    *("--", "－－", "──", "———", "－—", "—－"),
)
_ELLIPSIS: Final = line_pattern(
    r"(?<![….。])(?:…(?!…)|\.{3,8}|。{3,8}|·{3,8}|…{3,8})(?![….])", "…", "...", "。。。", "···"
)
_FILE_NUMBER: Final = line_pattern(
    rf"(?<={CHINESE})[\[［【（(]((?:19|20)\d\d)[\]］】）)](第?)(\d{{1,4}})号(?![楼线门院地厂路])", "号"
)
_PADDED: Final = re.compile(r"〔((?:19|20)\d\d)〕(?:第(\d{1,4})|0(\d{1,3}))号")
_DOUBLED: Final = re.compile("[，、；：。][，、；：。]{1,5}")


def pairs(proof: Proof) -> Iterator[Finding]:
    """Quotation marks, brackets and title marks that do not open and close.

    A quotation, or a note in brackets, may go on over some paragraphs; each paragraph of a long quotation begins with
    “ again (GB/T 15834 4.8.3.4).
    """
    lines = [line for line in proof.lines if line.kind != "table"]
    unpaired = [
        _Unpaired(place, mark, start)
        for place, line in enumerate(lines)
        for mark, start in _matched(line.text).unpaired
    ]
    for half in _without_partner([half for half in unpaired if not _is_amendment(half, lines)], lines):
        line, mark = lines[half.place], half.mark
        where = "后面没有" if mark in _CLOSES else "前面没有"
        message = f"“{_around(line.text, half.start)}”里的“{mark}”{where}“{_OTHER[mark]}”。"
        span = (half.start, half.start + 1)
        yield finding_at(line, span, rules.UNPAIRED, message, "请补上另一半，或删去。")


@dataclass(frozen=True, slots=True)
class _Unpaired:
    """A mark whose other half is not in its line."""

    place: int
    """Which of the lines."""
    mark: str
    start: int


def _without_partner(unpaired: Sequence[_Unpaired], lines: Sequence[ProofLine]) -> Iterator[_Unpaired]:
    """Those that have no partner in a later or earlier line either."""
    open_half: dict[str, _Unpaired] = {}
    for half in unpaired:
        opening = _OTHER[half.mark] if half.mark not in _CLOSES else half.mark
        before = open_half.pop(opening, None)
        reach = _PARAGRAPHS.get(opening, 0)
        if half.mark in _CLOSES:
            if before is not None and not _goes_on(before, half, lines):
                yield before
            open_half[opening] = half
        elif before is None or not 0 < half.place - before.place <= reach:
            yield from filter(None, (before, half))
    for half in open_half.values():
        following = lines[half.place + 1].text.lstrip() if half.place + 1 < len(lines) else ""
        if not (half.mark == "“" and following.startswith("“")):
            yield half


def _is_amendment(half: _Unpaired, lines: Sequence[ProofLine]) -> bool:
    """Whether the mark opens the new text of a provision, which goes on over paragraphs: 修改为：“…, “（三）…."""
    start = half.start
    before = lines[half.place].text[max(0, start - _INDENT) : start + 2]
    return half.mark == "“" and bool(_NEW_TEXT.search(before) or (start <= _INDENT and before.strip() == "“（"))


def _goes_on(before: _Unpaired, half: _Unpaired, lines: Sequence[ProofLine]) -> bool:
    """Whether a quotation that is open begins again at the head of this paragraph."""
    return half.mark == "“" and half.start == len(lines[half.place].text) - len(lines[half.place].text.lstrip())


def nesting(proof: Proof) -> Iterator[Finding]:
    """“ within “, 《 within 《: inside they are ‘ and 〈 (GB/T 15834 4.8.3.3, 4.15)."""
    for line in proof.prose:
        for start in _matched(line.text).nested:
            mark = line.text[start]
            inner = _INNER[mark]
            message = f"“{_around(line.text, start)}”处，{mark}{_CLOSES[mark]}里面再用应写作{inner}。"
            yield finding_at(line, (start, start + 1), rules.NESTING, message, inner)


@dataclass(slots=True)
class _Matched:
    """The marks of one line."""

    unpaired: list[tuple[str, int]]
    """Marks without their other half, and where they are."""
    nested: list[int]
    """Where a pair opens within one of its kind."""


def _matched(text: str) -> _Matched:
    open_marks: list[tuple[str, int]] = []
    closed: set[int] = set()
    inside: list[tuple[int, int]] = []
    unpaired: list[tuple[str, int]] = []
    for match in _MARK.finditer(text):
        mark, start = _ALIKE.get(match[0], match[0]), match.start()
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
    unpaired = sorted([*unpaired, *open_marks], key=lambda unmatched: unmatched[1])
    return _Matched(unpaired, [start for outer, start in inside if outer in closed])


def _is_label_or_apostrophe(mark: str, before: str) -> bool:
    return bool(mark == "）" and _NUMBERED.search(before)) or (mark == "’" and before[-1:].isascii())


def between_marks(proof: Proof) -> Iterator[Finding]:
    """Every 顿号 between titles or quotations in a row ("usually" none: GB/T 15834-2011 4.5.3.5): one finding a row."""
    message = "并列的书名号、引号之间通常不用顿号。"
    for line in proof.prose:
        for row in _BETWEEN.finditer(line.text):
            marks = [mark.start() for mark in _BETWEEN_TWO.finditer(line.text, row.start(), row.end())]
            if marks:
                span = (marks[0], marks[-1] + 1)
                kept = "".join(line.text[at] for at in range(*span) if at not in marks)
                yield finding_at(line, span, rules.COMMA_BETWEEN_MARKS, message, "删去顿号", replacement=kept)


def dashes(proof: Proof) -> Iterator[Finding]:
    """A dash other than ——, two ems (GB/T 15834 4.10). A single — joins places and is right."""
    return findings_of_matches(
        proof.prose,
        _DASH,
        rules.DASH,
        lambda match: (f"破折号“{match[0]}”应占两个字，写作“——”。", "——"),
        exact=True,
    )


def ellipses(proof: Proof) -> Iterator[Finding]:
    """An ellipsis of other than six dots (GB/T 15834 4.11; twelve dots for whole paragraphs)."""
    for line in proof.prose:
        for match in _ELLIPSIS.finditer(line.text):
            if match[0] != "…………" and not _among_ascii(line.text, match):
                message = f"省略号“{match[0]}”应是六个点，写作“……”。"
                yield correction_at(line, match.span(), rules.ELLIPSIS, message, "……")


def _among_ascii(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return match[0].startswith(".") and bool(around) and around.isascii()


def file_number(proof: Proof) -> Iterator[Finding]:
    """A document number without 〔〕 around its year, or with 第 or a zero before the number (GB/T 9704 7.2.5)."""
    for line in proof.lines:
        for match in (*_FILE_NUMBER.finditer(line.text), *_PADDED.finditer(line.text)):
            number = next(part for part in reversed(match.groups()) if part).lstrip("0")
            suggestion = f"〔{match[1]}〕{number}号"
            message = f"文号“{match[0]}”应写作“{suggestion}”。"
            yield correction_at(line, match.span(), rules.FILE_NUMBER, message, suggestion)


def doubled_marks(proof: Proof) -> Iterator[Finding]:
    """Two marks in place of one: ，， or 。，."""
    for line in proof.prose:
        for match in _DOUBLED.finditer(line.text):
            if match[0].strip("。") or len(match[0]) == 2:  # more 。 are meant as an ellipsis
                message = f"标点“{match[0]}”重复。"
                only = match[0][0] if len(set(match[0])) == 1 else None
                span = match.span()
                yield finding_at(line, span, rules.DOUBLED_MARK, message, "请只留一个。", replacement=only)


def _around(text: str, start: int) -> str:
    return text[max(0, start - 4) : start + 5]
