"""The text of an answer → what its lines ask for. Pure: nothing but the text and the number of articles counts.

An unclear line changes nothing. Clear lines are followed beside it, except those whose meaning depends on the others:
其余, 全部, 同意, 采纳改动 and 签发 wait until every line is understood, and lines that contradict each other are all
unclear.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final, TypeAlias

from service.by_mail.clauses import Clause, MissingText, StatusClause, readings_of
from service.by_mail.courtesies import (
    is_courtesy,
    is_rule,
    is_signature,
    is_unit,
    without_greeting,
    without_thanks,
)
from service.by_mail.edit_words import edits_in
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
    TakeEdits,
    UnclearLine,
    Understood,
    Why,
    WriteNote,
)
from service.by_mail.list_number import LIST_NUMBER, list_number
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
_GOES_ON: Final = re.compile(r"[,，、;；:：(（\-—]$|(?:请|和|与|及|如|是|为|联系|问)$")
"""The end of a text that the next line completes."""
_WHOLE_TITLE: Final = "》”」\"'’"
"""Marks that end a title, so that what follows is none of it."""
_EXAMPLE: Final = re.compile(r"\s*例(?:如)?[:：]")


_Asked: TypeAlias = Clause | Consent | SendBack | SignOff | TakeEdits


@dataclass(frozen=True, slots=True)
class _ReadLine:
    """A line with what it means."""

    text: str
    """As it is written; a free text with the lines that continue it."""
    clauses: tuple[_Asked, ...] = ()
    """() for one that is not followed."""
    why: Why | None = None
    """Why it is not followed."""
    after_gap: bool = False
    """An empty line stands before it."""
    is_passing: bool = False
    """It greets, thanks or signs: it asks for nothing, unless it is a part of the free text above it."""

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
    lines = [_without_nothing(line, named, articles) for line in lines]
    return Understood(
        tuple(
            FollowedLine(line.text, tuple(_instruction(clause, named, articles) for clause in line.clauses))
            for line in lines
            if line.why is None
        ),
        tuple(UnclearLine(line.text, line.why) for line in lines if line.why is not None),
    )


def _read(text: str) -> Iterator[_ReadLine]:
    """The lines, courtesies and what signs the answer among them."""
    written = text.replace("\r\n", "\n").split("\n")
    lines: list[_ReadLine] = []
    gap, marker = False, 0
    for line in written[:_MOST_LINES]:
        if not line.strip() or is_rule(line):
            gap = True
            continue
        if is_courtesy(line):
            lines.append(_ReadLine(line.strip(), after_gap=gap, is_passing=True))
        else:
            read = _line(line, marker + 1)
            marker += list_number(line) == marker + 1
            lines.append(replace(read, after_gap=gap))
        gap = False
    yield from _with_signature(lines)
    if len(written) > _MOST_LINES:
        yield _ReadLine(written[_MOST_LINES], why=Why.TOO_LONG)


def _with_signature(lines: Sequence[_ReadLine]) -> list[_ReadLine]:
    """The lines at the end that sign the answer are passing ones; the first line of all is none of them."""
    first = next((at for at, line in enumerate(lines) if not line.is_passing), len(lines))
    end = len(lines)
    while end > first + 1 and (lines[end - 1].is_passing or _signs(lines[end - 1])):
        end -= 1
    return [*lines[:end], *(replace(line, why=None, is_passing=True) for line in lines[end:])]


def _signs(line: _ReadLine) -> bool:
    return line.why is not None and is_signature(line.text)


def _line(written: str, marker: int) -> _ReadLine:
    """marker: the number that a list of instructions has at this line."""
    line = without_greeting(written)
    plain = without_thanks(line)
    read = _plain_line(plain, marker)
    if plain != line and (read.is_open or _ends_with_title(read)):
        # 按语：辛苦了！ may be the whole of it. A reason is for a person, who reads thanks as such.
        is_whole = _ends_with_title(read) and plain[-1] in _WHOLE_TITLE
        if not is_whole:
            is_printed = _ends_with_title(read) or isinstance(read.clauses[-1], WriteNote)
            read = _ReadLine(line, why=Why.NOT_UNDERSTOOD) if is_printed else _plain_line(line, marker)
    return replace(read, text=written.strip())


def _plain_line(line: str, marker: int) -> _ReadLine:
    """The line without greeting and thanks."""
    if _EXAMPLE.match(line):
        return _ReadLine(line, why=Why.NOT_UNDERSTOOD)
    if _NOTE_FOLLOWS.fullmatch(line):
        return _ReadLine(line, (WriteNote(_FOLLOWS),))
    if whole := _whole_draft(line):
        return whole
    read = _clauses(line)
    if read.why is not None and list_number(line) == marker and (match := LIST_NUMBER.match(line)):
        unmarked = _clauses(line[match.end() :])
        read = unmarked if unmarked.why is None else read
    return read


def _whole_draft(line: str) -> _ReadLine | None:
    """A line about the whole draft: 同意, 签发, 退回：…; None for any other."""
    if match := _CONSENT.fullmatch(line):
        return _ReadLine(line, (Consent(signs=bool(match["signs"])),))
    if edits := edits_in(line):
        return _ReadLine(line, (edits,))
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


def _joined(lines: Sequence[_ReadLine]) -> Iterator[_ReadLine]:
    """The lines with each free text whole, and without those that ask for nothing.

    Lines that mean nothing by themselves continue the text above, and so do courtesies between them. After an empty
    line nobody knows whether a text goes on: then the reason or 按语 above is unclear, too.
    """
    pending: _ReadLine | None = None
    passing: list[_ReadLine] = []
    for line in lines:
        if line.is_passing:
            passing.append(line)
            continue
        if pending is not None:
            after_gap = line.after_gap or any(each.after_gap for each in passing)
            if pending.is_open and line.why is Why.NOT_UNDERSTOOD and not after_gap:
                more = "\n".join([each.text for each in passing] + [line.text])
                pending, passing = _continued(pending, more), []
                continue
            yield _ended(pending, passing, goes_on=line.why is Why.NOT_UNDERSTOOD, after_gap=after_gap)
        pending, passing = line, []
    if pending is not None:
        yield _ended(pending, passing, goes_on=False, after_gap=False)


def _ended(line: _ReadLine, passing: Sequence[_ReadLine], *, goes_on: bool, after_gap: bool) -> _ReadLine:
    """The line before another instruction or the end, unless nobody knows whether its text ends there.

    passing: the courtesies and the signature below it. goes_on: what follows means nothing by itself.
    """
    below = [each.text for each in takewhile(lambda each: not each.after_gap, passing)]
    last = line.clauses[-1] if line.clauses else None
    match last:
        case WriteNote(text):
            unsure = goes_on or (bool(below) and bool(text))
        case Retitle(_, title):
            unsure = (goes_on and not after_gap) or any(map(is_unit, below)) or bool(below and _GOES_ON.search(title))
        case StatusClause(_, _, text) | SendBack(text) if text:
            unsure = goes_on or bool(below and _GOES_ON.search(text))
        case _:
            unsure = False
    return replace(line, clauses=(), why=Why.NOT_UNDERSTOOD) if unsure else line


def _ends_with_title(line: _ReadLine) -> bool:
    return bool(line.clauses) and isinstance(line.clauses[-1], Retitle)


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


def _refusal(clause: _Asked, articles: int) -> Why | None:
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
    if missing := _only_thanks(clause):
        return missing
    return Why.TOO_LONG if any(len(text) > _LONGEST_TEXT for text in texts) else None


def _only_thanks(clause: _Asked) -> Why | None:
    """What is missing where the whole of a free text is a courtesy: 退 4：谢谢 gives no reason. None for a text."""
    match clause:
        case StatusClause(_, _, text) | SendBack(text) if text and is_courtesy(text):
            return Why.NO_REASON
        case WriteNote(text) | Retitle(_, text) if text and is_courtesy(text):
            return Why.NO_TEXT
    return None


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
            case TakeEdits():
                yield ("edits", 0), clause
            case MoveTo(number):
                yield ("place", number), clause
            case Exchange():
                pass


def _dependent(line: _ReadLine) -> _ReadLine:
    """The line, unless its meaning depends on lines that are not understood."""
    depends = any(
        isinstance(clause, Consent | SignOff | TakeEdits)
        or (isinstance(clause, StatusClause) and (clause.numbers.rest or clause.numbers.all_but))
        for clause in line.clauses
    )
    return replace(line, clauses=(), why=Why.DEPENDS) if depends else line


def _without_rest(line: _ReadLine) -> _ReadLine:
    """The line, unless it means 其余 where nothing else is named."""
    rest = any(isinstance(clause, StatusClause) and clause.numbers.rest for clause in line.clauses)
    return replace(line, clauses=(), why=Why.NOT_UNDERSTOOD) if rest else line


def _without_nothing(line: _ReadLine, named: set[int], articles: int) -> _ReadLine:
    """The line without clauses that name no article after all; unclear where nothing remains of it."""
    kept = tuple(
        clause
        for clause in line.clauses
        if not isinstance(clause, StatusClause) or _numbers(clause.numbers, named, articles)
    )
    if kept or line.why is not None:
        return replace(line, clauses=kept)
    return replace(line, why=Why.NOTHING_LEFT)


def _instruction(clause: _Asked, named: set[int], articles: int) -> Instruction:
    if not isinstance(clause, StatusClause):
        return clause
    return SetStatus(clause.status, _numbers(clause.numbers, named, articles), clause.reason)
