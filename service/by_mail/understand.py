"""The text of an answer → what its lines ask for. Pure: nothing but the text and the number of articles counts.

An unclear line changes nothing. Clear lines are followed beside it, except those whose meaning depends on the others:
其余, 同意 and 签发 wait until every line is understood, and lines that contradict each other are all unclear.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.by_mail.clauses import Clause, MissingText, StatusClause, folded, readings_of
from service.by_mail.courtesies import is_courtesy, is_signature, without_courtesies
from service.by_mail.instructions import (
    Consent,
    Exchange,
    FollowedLine,
    Instruction,
    MoveTo,
    Retitle,
    SendBack,
    SetDate,
    SetStatus,
    SignOff,
    UnclearLine,
    Understood,
    Why,
    WriteNote,
)
from service.by_mail.numbers import Numbers

_MOST_LINES: Final = 200
"""Of an answer; what follows is not read, and the answer is asked back."""
_LONGEST_TITLE: Final = 120
_LONGEST_TEXT: Final = 2_000
"""Characters of a reason or 按语."""
_CONSENT: Final = re.compile(
    r"(?:已阅|已审|已审阅|已审核|审核无误|看过了?|阅)?[,，、。\s]*(?:同意|无意见|没有?意见|没有不同意见)"
    r"[,，、\s]*(?P<signs>签发|印发|刊发|付印)?[。.!！\s]*"
)
_SIGN_OFF: Final = re.compile(r"(?:请|可以?|现)?(?:签发|付印)(?:本期|这一期|吧)?[。.!！\s]*")
_SEND_BACK: Final = re.compile(
    r"(?:请)?(?:不同意|退回(?:修改|重改|编辑)?)\s*(?:签发|印发)?\s*(?:(?P<mark>[:：,，。])\s*(?P<remark>.*))?",
    re.DOTALL,
)
_NOTE_FOLLOWS: Final = re.compile(r"(?:按语|编者按|编辑按)\s*[:：]")
_FOLLOWS: Final = "\n"
"""The text of a 按语 that stands on the next lines."""
_MARKER: Final = re.compile(r"\s*(?P<digits>\d{1,2}|[一二三四五六七八九十])\s*[.、)）]\s*(?=\D)")
_CHINESE: Final = "一二三四五六七八九十"
_EXAMPLE: Final = re.compile(r"\s*例(?:如)?[:：]")


@dataclass(frozen=True, slots=True)
class _ReadLine:
    """A line with what it means."""

    text: str
    """As it is written; a free text with the lines that continue it."""
    clauses: tuple[Clause | Consent | SendBack | SignOff, ...] = ()
    """() for one that is not followed."""
    why: Why | None = None
    """Why it is not followed."""
    after_gap: bool = False
    """An empty line stands before it."""

    @property
    def is_open(self) -> bool:
        """Whether the next line may continue it: it ends with a free text that may have several lines."""
        last = self.clauses[-1] if self.clauses else None
        return isinstance(last, WriteNote | SendBack) or (isinstance(last, StatusClause) and bool(last.reason))


def understand(text: str, articles: int) -> Understood:
    """What the answer asks for. text: its writer's own words. articles: how many the draft lists."""
    lines = list(_joined(list(_read(text))))
    lines = [_checked(line, articles) for line in lines]
    lines = _without_contradictions(lines, articles)
    if any(line.why for line in lines):
        lines = [_dependent(line) for line in lines]
    named = {number for line in lines for number in _named(line, articles)}
    if not named:
        lines = [_without_rest(line) for line in lines]
    return Understood(
        tuple(
            FollowedLine(line.text, tuple(_instruction(clause, named, articles) for clause in line.clauses))
            for line in lines
            if line.why is None
        ),
        tuple(UnclearLine(line.text, line.why) for line in lines if line.why is not None),
    )


def _read(text: str) -> Iterator[_ReadLine]:
    """The lines that are no courtesies; those at the end that sign the answer are none of it."""
    written = text.replace("\r\n", "\n").split("\n")
    lines: list[_ReadLine] = []
    gap, marker = False, 0
    for line in written[:_MOST_LINES]:
        if not line.strip():
            gap = True
            continue
        if is_courtesy(line):
            continue
        read = _line(line, marker + 1)
        marker += read is not None and _marker(line) == marker + 1
        lines.append(replace(read, after_gap=gap))
        gap = False
    while lines and lines[-1].why is not None and len(lines) > 1 and is_signature(lines[-1].text):
        lines.pop()
    yield from lines
    if len(written) > _MOST_LINES:
        yield _ReadLine(written[_MOST_LINES], why=Why.TOO_LONG)


def _line(written: str, marker: int) -> _ReadLine:
    """marker: the number that a list of instructions has at this line."""
    line = without_courtesies(written)
    if _EXAMPLE.match(line):
        return _ReadLine(written.strip(), why=Why.NOT_UNDERSTOOD)
    if _NOTE_FOLLOWS.fullmatch(line):
        return _ReadLine(written.strip(), (WriteNote(_FOLLOWS),))
    if whole := _whole_draft(line):
        return replace(whole, text=written.strip())
    read = _clauses(line)
    if read.why is not None and _marker(line) == marker and (match := _MARKER.match(line)):
        unmarked = _clauses(line[match.end() :])
        read = unmarked if unmarked.why is None else read
    return replace(read, text=written.strip())


def _whole_draft(line: str) -> _ReadLine | None:
    """A line about the whole draft: 同意, 签发, 退回：…; None for any other."""
    if match := _CONSENT.fullmatch(line):
        return _ReadLine(line, (Consent(signs=bool(match["signs"])),))
    if _SIGN_OFF.fullmatch(line):
        return _ReadLine(line, (SignOff(),))
    match = _SEND_BACK.fullmatch(line)
    if match is None:
        return None
    remark = (match["remark"] or "").strip()
    return _ReadLine(line, (SendBack(remark),)) if re.search(r"\w", remark) else _ReadLine(line, why=Why.NO_REASON)


def _clauses(line: str) -> _ReadLine:
    try:
        readings = readings_of(line)
    except MissingText as missing:
        return _ReadLine(line, why=Why.NO_REASON if missing.kind == "reason" else Why.NO_TEXT)
    if len(readings) != 1:
        return _ReadLine(line, why=Why.NOT_UNDERSTOOD)
    return _ReadLine(line, readings[0])


def _marker(line: str) -> int:
    """The number before an instruction, as 1. or 一、; 0 for none."""
    match = _MARKER.match(folded(line))
    if match is None:
        return 0
    return int(match["digits"]) if match["digits"].isdigit() else _CHINESE.index(match["digits"]) + 1


def _joined(lines: Sequence[_ReadLine]) -> Iterator[_ReadLine]:
    """The lines with each free text whole: lines that mean nothing by themselves continue the one above.

    After an empty line nobody knows whether a text goes on: then the reason or 按语 above is unclear, too.
    """
    pending: _ReadLine | None = None
    for line in lines:
        if pending is not None and pending.is_open and line.why is Why.NOT_UNDERSTOOD:
            if not line.after_gap:
                pending = _continued(pending, line.text)
                continue
            pending = replace(pending, clauses=(), why=Why.NOT_UNDERSTOOD)
        elif pending is not None and _ends_with_title(pending) and _may_continue(line):
            pending = replace(pending, clauses=(), why=Why.NOT_UNDERSTOOD)
        if pending is not None:
            yield pending
        pending = line
    if pending is not None:
        yield pending


def _ends_with_title(line: _ReadLine) -> bool:
    return bool(line.clauses) and isinstance(line.clauses[-1], Retitle)


def _may_continue(line: _ReadLine) -> bool:
    return line.why is Why.NOT_UNDERSTOOD and not line.after_gap


def _continued(line: _ReadLine, more: str) -> _ReadLine:
    last = line.clauses[-1]
    match last:
        case WriteNote():
            last = replace(last, text=f"{last.text}\n{more}".strip())
        case SendBack():
            last = replace(last, remark=f"{last.remark}\n{more}")
        case StatusClause():
            last = replace(last, reason=f"{last.reason}\n{more}")
    return replace(line, text=f"{line.text}\n{more}", clauses=(*line.clauses[:-1], last))


def _checked(line: _ReadLine, articles: int) -> _ReadLine:
    """The line, or why one of its clauses cannot be followed."""
    why = next(filter(None, (_refusal(clause, articles) for clause in line.clauses)), None)
    return line if why is None else replace(line, clauses=(), why=why)


def _refusal(clause: Clause | Consent | SendBack | SignOff, articles: int) -> Why | None:
    numbers: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    if clause == WriteNote(_FOLLOWS):
        return Why.NO_TEXT
    match clause:
        case StatusClause():
            numbers, texts = clause.numbers.named, (clause.reason,)
        case MoveTo(number, place, other):
            numbers = (number, other) if place in ("before", "after") else (number,)
            if number == other:
                return Why.NOT_UNDERSTOOD
        case Exchange(first, second):
            numbers = (first, second)
            if first == second:
                return Why.NOT_UNDERSTOOD
        case Retitle():
            numbers = (clause.number,)
            if len(clause.title) > _LONGEST_TITLE:
                return Why.TOO_LONG
        case SetDate(month, day, year):
            if not (1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]):
                return Why.NO_DATE
        case WriteNote(text) | SendBack(text):
            texts = (text,)
    if any(not 1 <= number <= articles for number in numbers):
        return Why.NO_SUCH_NUMBER
    return Why.TOO_LONG if any(len(text) > _LONGEST_TEXT for text in texts) else None


def _named(line: _ReadLine, articles: int) -> Iterator[int]:
    """The articles to which the line gives a status, without those that 其余 means."""
    for clause in line.clauses:
        if isinstance(clause, StatusClause) and not clause.numbers.rest:
            yield from _numbers(clause.numbers, set(), articles)


def _numbers(numbers: Numbers, named: set[int], articles: int) -> tuple[int, ...]:
    every = range(1, articles + 1)
    if numbers.rest:
        return tuple(number for number in every if number not in named)
    if numbers.all_but:
        return tuple(number for number in every if number not in numbers.named)
    return numbers.named


def _without_contradictions(lines: Sequence[_ReadLine], articles: int) -> list[_ReadLine]:
    """Lines that want different things of the same article, 按语 or date are all unclear; so are two that decide about
    the whole draft in different ways, and two 其余."""
    wanted: dict[tuple[str, int], set[object]] = {}
    for line in lines:
        for subject, wish in _wishes(line, articles):
            wanted.setdefault(subject, set()).add(wish)
    contradicted = {subject for subject, wishes in wanted.items() if len(wishes) > 1}
    return [
        replace(line, clauses=(), why=Why.CONTRADICTED)
        if any(subject in contradicted for subject, _ in _wishes(line, articles))
        else line
        for line in lines
    ]


def _wishes(line: _ReadLine, articles: int) -> Iterator[tuple[tuple[str, int], object]]:
    """(what is changed, into what) for each clause of the line."""
    for clause in line.clauses:
        match clause:
            case StatusClause(status, numbers, reason) if numbers.rest:
                yield ("rest", 0), (status, reason)
            case StatusClause(status, numbers, reason):
                for number in _numbers(numbers, set(), articles):
                    yield ("status", number), (status, reason)
            case Retitle(number, title):
                yield ("title", number), title
            case WriteNote(text):
                yield ("note", 0), text
            case SetDate():
                yield ("date", 0), clause
            case Consent() | SendBack() | SignOff():
                yield ("whole", 0), type(clause)
            case MoveTo(number):
                yield ("place", number), clause
            case Exchange():
                pass


def _dependent(line: _ReadLine) -> _ReadLine:
    """The line, unless its meaning depends on lines that are not understood."""
    depends = any(
        isinstance(clause, Consent | SignOff) or (isinstance(clause, StatusClause) and clause.numbers.rest)
        for clause in line.clauses
    )
    return replace(line, clauses=(), why=Why.DEPENDS) if depends else line


def _without_rest(line: _ReadLine) -> _ReadLine:
    """The line, unless it means 其余 where nothing else is named."""
    rest = any(isinstance(clause, StatusClause) and clause.numbers.rest for clause in line.clauses)
    return replace(line, clauses=(), why=Why.NOT_UNDERSTOOD) if rest else line


def _instruction(clause: Clause | Consent | SendBack | SignOff, named: set[int], articles: int) -> Instruction:
    if not isinstance(clause, StatusClause):
        return clause
    return SetStatus(clause.status, _numbers(clause.numbers, named, articles), clause.reason)
