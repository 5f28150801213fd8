"""Checks against the office's word list and its register of departments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from intake.check.proof import Proof, ProofLine, correction_at, finding_at
from values import rules
from values.department import Department
from values.finding import Finding, Severity
from values.word_list import Forbidden, Leader, Preferred

_TITLE: Final = "副?(?:书记|区长|县长|市长|镇长|乡长|主任|局长|主席|院长|检察长|部长|秘书长|处长|科长)"
_TITLE_BEFORE: Final = re.compile(f"{_TITLE}$")
_TITLE_AFTER: Final = re.compile(_TITLE)
_LIST_BETWEEN: Final = re.compile(rf"(?:{_TITLE})?[、和](?:[\u4e00-\u9fff、]{{0,20}}{_TITLE})?")
_PLACES: Final = tuple("省市县区州")
_LONGEST_TITLE: Final = 4
"""Characters of the longest title in `_TITLE`: 副检察长."""


def office_words(proof: Proof) -> Iterator[Finding]:
    """Words of the office's list, in the title and in the text. Of two that begin at one place, the longer is taken."""
    by_first: defaultdict[str, list[Preferred | Forbidden]] = defaultdict(list)
    listed: list[Preferred | Forbidden] = [*proof.word_list.preferred, *proof.word_list.forbidden]
    for entry in listed:
        by_first[_word(entry)[0]].append(entry)
    for words in by_first.values():
        words.sort(key=lambda entry: -len(_word(entry)))
    if not by_first:
        return
    title = proof.manuscript.title
    for start, entry in _occurrences(title, by_first):
        severity, message, suggestion = _describe(entry)
        right = _preferred(entry)
        whole = None if right is None else title[:start] + right + title[start + len(_word(entry)) :]
        yield Finding(rules.OFFICE_WORD, severity, f"标题里{message}", suggestion=suggestion, replacement=whole)
    for line in proof.lines:
        for start, entry in _occurrences(line.text, by_first):
            span = (start, start + len(_word(entry)))
            severity, message, suggestion = _describe(entry)
            finding = finding_at(line, span, rules.OFFICE_WORD, message, suggestion, replacement=_preferred(entry))
            yield replace(finding, severity=severity)


def _word(entry: Preferred | Forbidden) -> str:
    return entry.written if isinstance(entry, Preferred) else entry.word


def _preferred(entry: Preferred | Forbidden) -> str | None:
    return entry.preferred if isinstance(entry, Preferred) else None


def _describe(entry: Preferred | Forbidden) -> tuple[Severity, str, str]:
    """Severity, message and suggestion of its finding."""
    if isinstance(entry, Preferred):
        return Severity.WARNING, f"“{entry.written}”按本单位用词应为“{entry.preferred}”。", entry.preferred
    reason = f"：{entry.reason}" if entry.reason else ""
    return Severity.ERROR, f"“{entry.word}”是本单位的禁用词{reason}。", "请删去或换一种说法。"


def _occurrences(
    text: str, by_first: dict[str, list[Preferred | Forbidden]]
) -> Iterator[tuple[int, Preferred | Forbidden]]:
    """Words of the list with their places; not a word that is part of what is preferred to it (账 => 账户)."""
    free = 0
    for match in _first_characters("".join(sorted(by_first))).finditer(text):
        start = match.start()
        if start < free:
            continue
        entry = next((listed for listed in by_first[match[0]] if text.startswith(_word(listed), start)), None)
        if entry is not None and not _already(entry, text, start):
            yield start, entry
            free = start + len(_word(entry))


def _already(entry: Preferred | Forbidden, text: str, start: int) -> bool:
    if isinstance(entry, Forbidden) or entry.written not in entry.preferred:
        return False
    return text.startswith(entry.preferred, max(0, start - entry.preferred.index(entry.written)))


def leaders_titles(proof: Proof) -> Iterator[Finding]:
    """A leader's name beside a title that the office's list does not give."""
    for line in proof.lines:
        for start, leader in _leaders_in(line.text, proof.word_list.leaders):
            end = start + len(leader.name)
            before = _TITLE_BEFORE.search(line.text[max(0, start - _LONGEST_TITLE) : start])
            match = before or _TITLE_AFTER.match(line.text, end)
            if match is None or match[0] in map(_last_title, leader.titles):
                continue
            right = "、".join(leader.titles)
            message = f"“{leader.name}”的职务写作“{match[0]}”，名单上是“{right}”。"
            yield finding_at(line, (start, end), rules.LEADER_TITLE, message, right)


def _last_title(title: str) -> str:
    """区委副书记 → 副书记: bodies and 常务 are often left out beside a name."""
    match = _TITLE_BEFORE.search(title)
    return match[0] if match else title


def leaders_order(proof: Proof) -> Iterator[Finding]:
    """Leaders listed in another order than the office's list."""
    rank = {leader.name: place for place, leader in enumerate(proof.word_list.leaders)}
    for line in proof.lines:
        for (start, first), (following, second) in pairwise(_leaders_in(line.text, proof.word_list.leaders)):
            between = line.text[start + len(first.name) : following]
            if rank[second.name] < rank[first.name] and _LIST_BETWEEN.fullmatch(between):
                message = f"“{second.name}”应排在“{first.name}”之前（按本单位名单的顺序）。"
                span = (following, following + len(second.name))
                yield finding_at(line, span, rules.LEADER_ORDER, message, "请按名单调整顺序。")


def _leaders_in(text: str, leaders: Sequence[Leader]) -> list[tuple[int, Leader]]:
    by_name = {leader.name: leader for leader in leaders}
    pattern = _names_pattern(tuple(by_name))
    return [(match.start(), by_name[match[0]]) for match in pattern.finditer(text)] if pattern else []


def department_names(proof: Proof) -> Iterator[Finding]:
    """Another name for a department than the register's 简称 or 全称; 市教育局 is another unit than 教育局."""
    by_alias = {alias: department for department in proof.departments for alias in department.aliases}
    right = {name for department in proof.departments for name in (department.name, department.full_name)}
    pattern = _names_pattern((*by_alias, *right)) if by_alias else None
    for line in proof.prose if pattern else ():
        for match in pattern.finditer(line.text) if pattern else ():
            elsewhere = line.text[max(0, match.start() - 1) : match.start()] in _PLACES
            if match[0] not in right and not elsewhere:
                yield _misnamed(line, match, by_alias[match[0]])


def _misnamed(line: ProofLine, match: re.Match[str], department: Department) -> Finding:
    message = f"“{match[0]}”在名录中的简称是“{department.name}”。"
    return correction_at(line, match.span(), rules.DEPARTMENT_NAME, message, department.name)


@lru_cache(maxsize=32)
def _first_characters(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


@lru_cache(maxsize=32)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the names, the longest first; None for none."""
    longest_first = sorted(filter(None, set(names)), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
