"""Which commission an article answers: by reference, by number, by topic. Pure.

People answer as they are used to: they reply and change nothing, start a new letter, forward, rename the file, take an
old thread for a new topic, and some web mail writes no In-Reply-To (163.com). So the signs are weighed, the surest
first, and what is doubtful is proposed to an editor, never counted:

1. the file names exactly one commission (its number, or its topic), which also wins over the thread;
2. the letter answers a letter of ours about a commission, the last of several;
3. the subject names exactly one;
4. the subject names several: all are proposed;
5. the title alone contains a topic: it is proposed.

A topic that is part of a longer one does not count where the longer one stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from values.commission import LinkWay

_NUMBER: Final = re.compile(
    r"约稿[\[【(]?(?:(?:第|编号:?|no\.?)(?P<counted>\d{1,9})|(?P<plain>\d{1,9})(?=号))(?!号?[前截之])"
    r"|第?(?P<before>\d{1,9})号约稿"
)
"""约稿 3号, 【约稿第3号】, 3号约稿; not 约稿8号前报."""
_SHORTEST_TOPIC: Final = 4
"""Characters of a topic that is recognised within other words: in June half of all letters have 防汛 in the subject."""
_AROUND_A_TOPIC: Final = re.compile(
    r"^(?:(?:re|fw|fwd|aw|回复|答复|回覆|转发|轉發|自动转发)(?:\[\d+\]|\(\d+\))?[:_])+|【?约稿】?|^(?:投稿|报送|关于)[:_]?"
    r"|的?(?:约稿|稿件|材料|文稿|信息|来稿|情况|报告)$|\.[a-z]{3,4}$"
)
"""What people write around a topic."""
_NUMERALS: Final = "0-9〇一二三四五六七八九十百"
"""Next to one of these, a topic that begins or ends with one is another topic: 1月 in 11月, 一月 in 十一月."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A commission that a reply may name."""

    id: int
    """Its number."""
    topic: str
    is_asked: bool
    """Whether the sender's department was asked, not long ago: only then does the topic count; number and reference
    always do."""
    is_answered: bool = False
    """Whether the sender's department has answered already: of two commissions on one topic, the other is meant."""


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """What an article and its letter say."""

    subject: str
    file: str
    """Name of the article's file; "" for the letter's own text."""
    title: str
    departments: tuple[str, ...] = ()
    """The names of the sender's department, which people put before a topic."""
    referred: tuple[int, ...] = ()
    """Numbers of the commissions whose letters the letter answers, in the order of its References."""


@dataclass(frozen=True, slots=True)
class CommissionMatch:
    """A commission that an article answers, or may answer."""

    commission: int
    way: LinkWay
    is_certain: bool
    """False where an editor is to say whether it does."""


def matches_of(words: ReplyWords, topics: Sequence[Topic]) -> tuple[CommissionMatch, ...]:
    """What the article answers; () for nothing that is known, several only where none is certain."""
    by_file = named_in(words.file, topics, words.departments)
    in_thread = words.referred[-1:]
    if len(by_file) == 1 and not by_file & {*in_thread}:
        return (CommissionMatch(next(iter(by_file)), LinkWay.SUBJECT, is_certain=True),)
    if in_thread:
        return (CommissionMatch(in_thread[0], LinkWay.REFERENCE, is_certain=True),)
    by_subject = named_in(words.subject, topics, words.departments)
    for named in (by_file & by_subject, by_subject):
        if len(named) == 1:
            return (CommissionMatch(next(iter(named)), LinkWay.SUBJECT, is_certain=True),)
    several = by_file or by_subject
    if several:
        return tuple(CommissionMatch(id, LinkWay.SUBJECT, is_certain=False) for id in sorted(several))
    by_title = named_in(words.title, topics, words.departments)
    return tuple(CommissionMatch(id, LinkWay.TITLE, is_certain=False) for id in sorted(by_title))


def named_in(text: str, topics: Sequence[Topic], departments: Sequence[str] = ()) -> frozenset[int]:
    """Numbers of the commissions that a subject, file name or title names: by number or else by topic.

    departments: names that may stand before a short topic.
    """
    by_number = numbers_in(text) & {topic.id for topic in topics}
    return by_number or frozenset(_by_topic(_plain(text), topics, departments))


def numbers_in(text: str) -> frozenset[int]:
    """The numbers of commissions that a subject or file name contains, whether there are such commissions or not."""
    matches = _NUMBER.finditer(_plain(text))
    return frozenset(int(match["counted"] or match["plain"] or match["before"]) for match in matches)


def _by_topic(plain: str, topics: Sequence[Topic], departments: Sequence[str]) -> Collection[int]:
    """The commissions whose topic the text contains, the longest first: what it covers, no shorter one gets."""
    asked: dict[str, list[Topic]] = {}
    for topic in topics:
        if topic.is_asked and (words := _bare(topic.topic)):
            asked.setdefault(words, []).append(topic)
    named: set[int] = set()
    rest, whole = _bare(plain), _without_frame(plain, departments)
    for words in sorted(asked, key=lambda words: (-len(words), words)):
        same = asked[words]
        is_named = whole == words if len(words) < _SHORTEST_TOPIC else bool(_within(words).search(rest))
        if is_named:
            named |= {topic.id for topic in same if not topic.is_answered} or {topic.id for topic in same}
            rest = rest.replace(words, "|")
    return named


@lru_cache(maxsize=1024)
def _within(words: str) -> re.Pattern[str]:
    """The topic within other words, not as the end of a longer number."""
    before = f"(?<![{_NUMERALS}])" if re.match(f"[{_NUMERALS}]", words) else ""
    after = f"(?![{_NUMERALS}])" if re.search(f"[{_NUMERALS}]$", words) else ""
    return re.compile(f"{before}{re.escape(words)}{after}")


def _without_frame(plain: str, departments: Sequence[str]) -> str:
    """The subject or file name without 回复：, 约稿, the department's name and the like."""
    for name in sorted(map(_plain, departments), key=len, reverse=True):
        plain = plain.replace(name, "") if name else plain
    before = ""
    while before != plain:
        before, plain = plain, _AROUND_A_TOPIC.sub("", plain.strip("_-—:()【】[]"))
    return _bare(plain)


def _plain(text: str) -> str:
    """Neither width nor letter case nor white space matters."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _bare(text: str) -> str:
    """Without punctuation too: 秋季“森林防火” and 秋季森林防火 are one topic."""
    return "".join(character for character in _plain(text) if character.isalnum())
