"""The clauses of one line of an answer: 采用 1,3 · 4 退：数字请核实 · 2 移到 1 前 · 标题 3：…

A line may hold several. It is understood when it can be divided into clauses in exactly one way, so that nothing is
left over: 采用 1 2 缓 3 means two articles and one, and a word that no clause has makes the line unclear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from service.by_mail.instructions import Exchange, MoveTo, Retitle, SetDate, WriteNote
from service.by_mail.numbers import NUMBER, Numbers, lists_at, number_of
from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class StatusClause:
    """A status for some articles, before 其余 and 全部 are numbers."""

    status: ArticleStatus
    numbers: Numbers
    reason: str = ""


Clause: TypeAlias = StatusClause | MoveTo | Exchange | Retitle | WriteNote | SetDate
Reading: TypeAlias = tuple[Clause, ...]
"""A line as clauses."""

# The longest first: of 暂不采用 no part is read as 采用.
_VERBS: Final = {
    ArticleStatus.HELD: "暂时不用|暂时不采用|暂时缓|暂不采用|暂不刊用|暂不刊登|暂不用|先不用|先不采用|暂缓采用|"
    "暂缓刊登|暂缓刊发|暂缓|缓一缓|缓缓|缓用|缓发|缓登|缓刊|缓一下|缓|留用|备用|待用|"
    "(?:留待|留到|放到|放在|放|移到|挪到)?下(?:一)?期(?:再用|再登|再发|用|刊登)?|留着|留一留",
    ArticleStatus.REJECTED: "不予采用|不予刊用|不予刊登|不采用|不采纳|不刊用|不刊登|不录用|不用|不要|退稿|弃用",
    ArticleStatus.RETURNED: "退回单位修改|退回修改|退回单位|退回去改|退回去|退(?:回|改|修)|退(?!稿)",
    ArticleStatus.ADOPTED: "采用|采纳|录用|刊用|刊登|可用|编入|用",
}
_VERB: Final = re.compile("|".join(f"(?P<{status.value}>{words})" for status, words in _VERBS.items()))
_POLITE: Final = re.compile(r"(?:请|麻烦|同意)?(?:您|你)?(?:帮忙)?(?:将|把)?\s*")
_COLON: Final = re.compile(r"\s*:?\s*(?:稿件|文章)?\s*")
_TO_VERB: Final = re.compile(r"\s*[.、:)]?\s*(?:先|也)?(?:都|均|全部|全)?(?:可以|可|请|先)?\s*")
_AFTER_VERB: Final = re.compile(r"(?:了|吧|即可|一下)?(?:(?<=退稿),\s?不(?:用|要|采用)了)?")
_SEPARATORS: Final = re.compile(r"[\s,、;。.!]*")
_BEGINS_TEXT: Final = re.compile(r"\s*[:,。]\s*|\s*(?=\()|\s+(?!第?\s?[\d①-⑳])")
"""Behind blanks alone, a number begins no reason: 三、退 4：数字 returns the fourth article."""
_REASON_IS: Final = re.compile(r"(?:原因|理由)\s*(?:是|为)?\s*[:：]\s*")
_ORDERS: Final = re.compile(r"(?:[,，;；。]\s*\S{0,4}|\s+)(?:采用|缓|留用|不用|退改?|移到|对调)\s*第?\s?[\d①-⑳]")
"""Within a free text: what follows may be meant for us, and not for its reader."""
_BEGINS_REASON: Final = re.compile(r"\s*:\s*")
"""A rejection may say why; only behind a colon, since a comma begins the next clause."""
_TAKE: Final = r"(?:移动|移|调整|调|放|排|挪|提)"
_MOVE: Final = re.compile(
    rf"({NUMBER})\s?(?:请)?{_TAKE}(?:到|至|在|去)?\s?({NUMBER})\s?的?\s?之?(前|后)(?:面|边|头)?(?:去)?"
)
_MOVE_END: Final = re.compile(
    rf"({NUMBER})\s?(?:请)?(?:{_TAKE}(?:到|至|在|去|为)?\s?"
    r"(?:(?P<first>最前(?:面|边|头)?|首位|第一位?(?![篇条号])|头条|首篇|开头)|"
    r"(?P<last>最后(?:面|边)?(?:一篇)?|末尾|最末|末位))|"
    r"(?P<top>置顶|作头条|做头条|打头)|(?P<up>(?:往)?上移(?:一位)?|前移一位|提前一位)|(?P<down>(?:往)?下移(?:一位)?|后移一位))"
)
_EXCHANGE: Final = re.compile(
    rf"({NUMBER})\s?(?:和|与|跟|、|,|同)\s?({NUMBER})\s?(?:的)?(?:位置|顺序|次序)?(?:对调|互换|交换|调换|对换|换一下|换个?位置)"
    r"(?:一下)?(?:位置|顺序|次序)?"
)
_CHANGED_TO: Final = r"(?:改为|改成|换成|换为|改作|更改为|修改为)"
_TITLE: Final = re.compile(
    rf"(?:标题|题目)\s?(?P<after>{NUMBER})\s?(?:{_CHANGED_TO}\s?:?|:)\s*|"
    rf"(?P<before>{NUMBER})\s?[.、]?\s?的?\s?(?:标题|题目)\s?(?:{_CHANGED_TO}\s?:?|:)\s*"
)
_NOTE: Final = re.compile(rf"(?:按语|编者按|编辑按|编者的话)\s?(?:{_CHANGED_TO}\s?:?|:)\s*")
_AWAY: Final = "(?:删去|删除|删掉|取消|去掉|不要|不写|撤销|不印)"
_NO_NOTE: Final = re.compile(rf"{_AWAY}(?:按语|编者按)|(?:按语|编者按){_AWAY}")
_DATE: Final = re.compile(
    rf"(?:印发|刊发|发文|签发|落款)?的?日期\s?(?:{_CHANGED_TO}|定为|改到|定在|用|为|写)?\s?:?\s?"
    r"(?:(?P<year>\d{4})\s?[年./-]\s?)?(?P<month>\d{1,2})\s?[月./-]\s?(?P<day>\d{1,2})\s?[日号]?(?![\d月年./-])"
)
_ENDS: Final = re.compile(r"[;。]")
_LONGEST: Final = 2_000
"""Characters of a line; those of the longest reason."""
_QUOTES: Final = ("《》", "“”", '""', "「」", "‘’", "''")
_MOST_CLAUSES: Final = 60
"""Of a line: no issue has as many articles. A line is divided by recursion."""
_MOST_READINGS: Final = 2
"""A second one makes a line unclear."""


class MissingText(Exception):
    """A clause whose text is missing: 退 4, 标题 3：, 按语："""

    def __init__(self, kind: Literal["reason", "text"]) -> None:
        self.kind = kind


def readings_of(line: str) -> list[Reading]:
    """The ways in which the line is a sequence of clauses, at most two; [] for none.

    line: folded (`intake`'s widths are half-width) except for what is free text. Raises MissingText for a line that
    would be clear if it said why, or what.
    """
    return _DividedLine(line[:_LONGEST]).readings() if len(line) <= _LONGEST else []


def folded(line: str) -> str:
    """The line with half-width digits and marks, character by character: positions stay."""
    return line.translate(_HALF_WIDTH)


_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x09: 0x20}


class _DividedLine:
    """One line while it is divided."""

    def __init__(self, line: str, *, within: bool = False) -> None:
        """within: it is the end of a free text of another line, and only asked whether it may be clauses."""
        self._within = within
        self._text = folded(line)
        self._written = line
        self._from: dict[int, list[Reading]] = {}
        self._missing: Literal["reason", "text"] | None = None
        self._depth = 0

    def readings(self) -> list[Reading]:
        """See `readings_of`."""
        readings = [reading for reading in self._readings(0) if reading]
        if not readings and self._missing is not None:
            raise MissingText(self._missing)
        return readings

    def readings_or_none(self) -> list[Reading]:
        """As `readings`, [] also where words are missing."""
        try:
            return self.readings()
        except MissingText:
            return []

    def _readings(self, at: int) -> list[Reading]:
        """Of what follows that character; [()] at the end."""
        separators = _SEPARATORS.match(self._text, at)
        at = separators.end() if separators else at
        if at == len(self._text):
            return [()]
        if at not in self._from:
            if self._depth >= _MOST_CLAUSES:
                return []
            self._depth += 1
            distinct: dict[Reading, None] = {}
            for clause, end in self._clauses(at):
                for rest in self._readings(end):
                    distinct[clause, *rest] = None
            self._from[at] = list(distinct)[:_MOST_READINGS]
            self._depth -= 1
        return self._from[at]

    def _clauses(self, at: int) -> Iterator[tuple[Clause, int]]:
        """The clauses that may begin there, each with where it ends."""
        polite = _POLITE.match(self._text, at)
        start = polite.end() if polite else at
        fixed = list(self._fixed_clauses(start))
        yield from fixed
        if not fixed:
            yield from self._verb_first(start)
            yield from self._numbers_first(start)

    def _fixed_clauses(self, at: int) -> Iterator[tuple[Clause, int]]:
        """Those that begin with words of their own, or are known by them: title, 按语, date, moves."""
        if match := _TITLE.match(self._text, at):
            number = number_of(match["after"] or match["before"])
            for title, end in self._texts(match.end()):
                yield Retitle(number, _unquoted(title.rstrip("。"))), end
        elif match := _NO_NOTE.match(self._text, at):
            yield WriteNote(""), match.end()
        elif match := _NOTE.match(self._text, at):
            for text, end in self._texts(match.end()):
                yield WriteNote(text), end
        elif match := _DATE.match(self._text, at):
            year = int(match["year"]) if match["year"] else None
            yield SetDate(int(match["month"]), int(match["day"]), year), match.end()
        elif match := _MOVE.match(self._text, at):
            place: Literal["before", "after"] = "before" if match[3] == "前" else "after"
            yield MoveTo(number_of(match[1]), place, number_of(match[2])), match.end()
        elif match := _MOVE_END.match(self._text, at):
            yield MoveTo(number_of(match[1]), _end_of(match)), match.end()
        elif match := _EXCHANGE.match(self._text, at):
            yield Exchange(number_of(match[1]), number_of(match[2])), match.end()

    def _verb_first(self, at: int) -> Iterator[tuple[Clause, int]]:
        verb = _VERB.match(self._text, at)
        if verb is None:
            return
        colon = _COLON.match(self._text, verb.end())
        lists = list(lists_at(self._text, colon.end() if colon else verb.end()))
        # Of 退 4 和 5 nothing is a reason: the list is as long as it can be.
        for numbers, end in lists[-1:] if verb[ArticleStatus.RETURNED.value] else lists:
            yield from self._with_reason(_status_of(verb), numbers, end)

    def _numbers_first(self, at: int) -> Iterator[tuple[Clause, int]]:
        for numbers, end in lists_at(self._text, at):
            between = _TO_VERB.match(self._text, end)
            verb = _VERB.match(self._text, between.end() if between else end)
            if verb is None:
                continue
            after = _AFTER_VERB.match(self._text, verb.end())
            yield from self._with_reason(_status_of(verb), numbers, after.end() if after else verb.end())

    def _with_reason(self, status: ArticleStatus, numbers: Numbers, end: int) -> Iterator[tuple[Clause, int]]:
        if status is ArticleStatus.REJECTED and (colon := _BEGINS_REASON.match(self._text, end)):
            for reason, after in self._texts(colon.end(), what="reason"):
                yield StatusClause(status, numbers, reason), after
            return
        if status is not ArticleStatus.RETURNED:
            yield StatusClause(status, numbers), end
            return
        begins = _BEGINS_TEXT.match(self._text, end)
        if begins is None:
            if end == len(self._text):
                self._missing = "reason"
            return
        for reason, after in self._texts(begins.end(), what="reason"):
            yield StatusClause(status, numbers, _bare_reason(reason)), after

    def _texts(self, at: int, what: Literal["reason", "text"] = "text") -> Iterator[tuple[str, int]]:
        """The free text that begins there: to the end of the line, or to a semicolon or full stop after which clauses
        follow. None where all of it is clauses: 退 4，采用 1 gives no reason."""
        whole = self._written[at:].strip()
        if not re.search(r"\w", whole):
            self._missing = what
            return
        if what == "reason" and any(self._readings(at)):
            return
        for end in (match.start() for match in _ENDS.finditer(self._text, at)):
            if any(self._readings(end)) and self._written[at:end].strip():
                if not self._may_give_orders(at, end):
                    yield self._written[at:end].strip(), end
                return
        if not self._may_give_orders(at, len(self._text)):
            yield whole, len(self._text)

    def _may_give_orders(self, at: int, end: int) -> bool:
        """Whether a part of the free text may be clauses: 退 4：数字请核实, 5 不用."""
        if self._within:
            return False
        commas = (match.start() for match in re.finditer("[,，]", self._text[at:end]))
        return bool(_ORDERS.search(self._text, at, end)) or any(
            any(reading for reading in _DividedLine(self._written[at + comma : end], within=True).readings_or_none())
            for comma in commas
        )


def _status_of(verb: re.Match[str]) -> ArticleStatus:
    return ArticleStatus(str(verb.lastgroup))


def _end_of(match: re.Match[str]) -> Literal["first", "last", "up", "down"]:
    if match["up"]:
        return "up"
    if match["down"]:
        return "down"
    return "last" if match["last"] else "first"


def _bare_reason(reason: str) -> str:
    """The reason without 原因： before it and brackets around it."""
    reason = _REASON_IS.sub("", reason, count=1) if _REASON_IS.match(reason) else reason
    inner = reason[1:-1]
    if len(reason) > 2 and reason[0] in "(（" and reason[-1] in ")）" and not re.search("[()（）]", inner):
        return inner.strip()
    return reason


def _unquoted(title: str) -> str:
    """The title without marks around the whole of it."""
    title = title.strip()
    for left, right in _QUOTES:
        if len(title) > 2 and title[0] == left and title[-1] == right and _is_whole(title[1:-1], left, right):
            return title[1:-1].strip()
    return title


def _is_whole(inner: str, left: str, right: str) -> bool:
    """Whether the marks around the text belong together: none within it closes the first."""
    if left == right:
        return left not in inner
    depth = 0
    for character in inner:
        depth += (character == left) - (character == right)
        if depth < 0:
            return False
    return depth == 0
