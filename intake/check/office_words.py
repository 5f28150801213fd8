"""Checks against what the office itself knows: its word list and its register of departments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from intake.check.proof import Line, Proof, at, wrong
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


def office_words(proof: Proof) -> Iterator[Finding]:
    """Words of the office's list, in the title and in the text. Of two that begin at one place, the longer counts."""
    by_first: defaultdict[str, list[Preferred | Forbidden]] = defaultdict(list)
    listed: list[Preferred | Forbidden] = [*proof.word_list.preferred, *proof.word_list.forbidden]
    for rule in listed:
        by_first[_word(rule)[0]].append(rule)
    for words in by_first.values():
        words.sort(key=lambda rule: -len(_word(rule)))
    if not by_first:
        return
    title = proof.manuscript.title
    for start, rule in _occurrences(title, by_first):
        severity, message, suggestion = _told(rule)
        right = _preferred(rule)
        whole = None if right is None else title[:start] + right + title[start + len(_word(rule)) :]
        yield Finding(rules.OFFICE_WORD, severity, f"标题里{message}", suggestion=suggestion, replacement=whole)
    for line in proof.lines:
        for start, rule in _occurrences(line.text, by_first):
            span = (start, start + len(_word(rule)))
            severity, message, suggestion = _told(rule)
            finding = at(line, span, rules.OFFICE_WORD, message, suggestion, replacement=_preferred(rule))
            yield replace(finding, severity=severity)


def _word(rule: Preferred | Forbidden) -> str:
    return rule.written if isinstance(rule, Preferred) else rule.word


def _preferred(rule: Preferred | Forbidden) -> str | None:
    return rule.preferred if isinstance(rule, Preferred) else None


def _told(rule: Preferred | Forbidden) -> tuple[Severity, str, str]:
    if isinstance(rule, Preferred):
        return Severity.WARNING, f"“{rule.written}”按本单位用词应为“{rule.preferred}”。", rule.preferred
    reason = f"：{rule.reason}" if rule.reason else ""
    return Severity.ERROR, f"“{rule.word}”是本单位的禁用词{reason}。", "请删去或换一种说法。"


def _occurrences(
    text: str, by_first: dict[str, list[Preferred | Forbidden]]
) -> Iterator[tuple[int, Preferred | Forbidden]]:
    """Where a word of the list stands, unless it is part of what is preferred to it (账 => 账户)."""
    free = 0
    for found in _first_characters("".join(sorted(by_first))).finditer(text):
        start = found.start()
        if start < free:
            continue
        rule = next((one for one in by_first[found[0]] if text.startswith(_word(one), start)), None)
        if rule is not None and not _already(rule, text, start):
            yield start, rule
            free = start + len(_word(rule))


def _already(rule: Preferred | Forbidden, text: str, start: int) -> bool:
    if isinstance(rule, Forbidden) or rule.written not in rule.preferred:
        return False
    return text.startswith(rule.preferred, max(0, start - rule.preferred.index(rule.written)))


def leaders_titles(proof: Proof) -> Iterator[Finding]:
    """A leader's name beside another title than the office's list gives."""
    for line in proof.lines:
        for start, leader in _leaders_in(line.text, proof.word_list.leaders):
            end = start + len(leader.name)
            before = _TITLE_BEFORE.search(line.text[max(0, start - _LONGEST_TITLE) : start])
            found = before or _TITLE_AFTER.match(line.text, end)
            if found is None or found[0] in map(_last_title, leader.titles):
                continue
            right = "、".join(leader.titles)
            message = f"“{leader.name}”的职务写作“{found[0]}”，名单上是“{right}”。"
            yield at(line, (start, end), rules.LEADER_TITLE, message, right)


def _last_title(title: str) -> str:
    """区委副书记 → 副书记: bodies and 常务 are often left out beside a name."""
    found = _TITLE_BEFORE.search(title)
    return found[0] if found else title


def leaders_order(proof: Proof) -> Iterator[Finding]:
    """Leaders listed in another order than the office's list."""
    rank = {leader.name: place for place, leader in enumerate(proof.word_list.leaders)}
    for line in proof.lines:
        for (start, one), (following, other) in pairwise(_leaders_in(line.text, proof.word_list.leaders)):
            between = line.text[start + len(one.name) : following]
            if rank[other.name] < rank[one.name] and _LIST_BETWEEN.fullmatch(between):
                message = f"“{other.name}”应排在“{one.name}”之前（按本单位名单的顺序）。"
                span = (following, following + len(other.name))
                yield at(line, span, rules.LEADER_ORDER, message, "请按名单调整顺序。")


def _leaders_in(text: str, leaders: Sequence[Leader]) -> list[tuple[int, Leader]]:
    by_name = {leader.name: leader for leader in leaders}
    pattern = _names_pattern(tuple(by_name))
    return [(found.start(), by_name[found[0]]) for found in pattern.finditer(text)] if pattern else []


def department_names(proof: Proof) -> Iterator[Finding]:
    """Another name than the register's 简称 or 全称 for a department, within the text; 市教育局 is somebody else."""
    wrong = {alias: one for one in proof.departments for alias in one.aliases}
    right = {name for one in proof.departments for name in (one.name, one.full_name)}
    pattern = _names_pattern((*wrong, *right)) if wrong else None
    for line in proof.prose if pattern else ():
        for found in pattern.finditer(line.text) if pattern else ():
            elsewhere = line.text[max(0, found.start() - 1) : found.start()] in _PLACES
            if found[0] not in right and not elsewhere:
                yield _misnamed(line, found, wrong[found[0]])


def _misnamed(line: Line, found: re.Match[str], department: Department) -> Finding:
    message = f"“{found[0]}”在名录中的简称是“{department.name}”。"
    return wrong(line, found.span(), rules.DEPARTMENT_NAME, message, department.name)


@lru_cache(maxsize=32)
def _first_characters(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


@lru_cache(maxsize=32)
def _names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the names, the longest first; None for none."""
    known = sorted(filter(None, set(names)), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, known))) if known else None
