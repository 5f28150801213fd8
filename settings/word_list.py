"""The office's word list: a plain file, one rule a line, → `WordList`, or every broken line at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from values.word_list import Forbidden, Leader, Preferred, RenamedBody, SecrecyMarking, WordList

_LARGEST: Final = 256 * 1024
"""Octets of the file: room for `_MOST_RULES` rules of some 15 characters; a wrong file is most often larger."""

_MOST_RULES: Final = 5_000
"""Every rule is searched in every manuscript, so their number bounds the time of the checks."""

_LONGEST: Final = 40
"""Characters of a word: longer than any official name or phrase; a whole sentence is most likely a mistake."""

_MOST_REPORTED: Final = 10
"""Broken lines that are named at once: a file of another kind is broken in every line."""

_FORMS: Final = "应是“错词 => 正词”“!禁词 理由”“@领导 姓名 职务”“@更名 旧名 => 新名”“@密级 标志”，或以 # 开头的说明"

_SHORTEST_MARKING: Final = 2
"""Characters: a single one stands alone in too many tables."""
_MOST_MARKINGS: Final = 200
"""Every marking is searched in every line of every letter."""

Rule = Preferred | Forbidden | Leader | RenamedBody | SecrecyMarking


def load_word_list(path: Path) -> WordList:
    """The rules in that file, UTF-8. Raises ValueError, Chinese, with file, line and reason of the broken lines."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ValueError(f"读不到 {path.name}（{error.strerror}）；请检查文件是否在那里") from None
    if len(data) > _LARGEST:
        raise ValueError(f"{path.name} 超过 {_LARGEST // 1024} KB，请删减")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{path.name} 第 {line} 行：不是 UTF-8 编码；请用记事本另存为 UTF-8") from None
    return parse_word_list(text, path.name)


def parse_word_list(text: str, name: str) -> WordList:
    """The rules in the text of the file called `name`. Raises ValueError as `load_word_list` does."""
    rules: dict[str, Rule] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = re.split(r"(?:^|\s)[#＃]", line, maxsplit=1)[0].strip()
        if not line:
            continue
        try:
            rule = _rule(line)
            if _key(rule) in rules:
                raise ValueError(f"“{_key(rule)}”前面已经写过")
        except ValueError as error:
            problems.append(f"{name} 第 {number} 行：{error}")
        else:
            rules[_key(rule)] = rule
    if sum(isinstance(rule, SecrecyMarking) for rule in rules.values()) > _MOST_MARKINGS:
        problems.append(f"{name} 的“@密级”最多 {_MOST_MARKINGS} 条")
    if len(rules) > _MOST_RULES:
        problems.append(f"{name} 有 {len(rules)} 条，最多 {_MOST_RULES} 条")
    if problems:
        raise ValueError("；".join(problems[:_MOST_REPORTED]))
    return WordList(
        preferred=tuple(rule for rule in rules.values() if isinstance(rule, Preferred)),
        forbidden=tuple(rule for rule in rules.values() if isinstance(rule, Forbidden)),
        leaders=tuple(rule for rule in rules.values() if isinstance(rule, Leader)),
        secrecy_markings=tuple(rule for rule in rules.values() if isinstance(rule, SecrecyMarking)),
        renamed=tuple(rule for rule in rules.values() if isinstance(rule, RenamedBody)),
    )


def _rule(line: str) -> Rule:
    if line.startswith(("@密级", "＠密级")):
        return _marking(line)
    if line.startswith(("@更名", "＠更名")):
        return _renamed(line)
    if line[0] in "@＠":
        return _leader(line)
    if line[0] in "!！":
        return _forbidden(line)
    if "=>" in line:
        return _preferred(line)
    raise ValueError(f"看不懂“{line[:_LONGEST]}”；{_FORMS}")


def _leader(line: str) -> Leader:
    mark, *words = line.split()
    if mark not in ("@领导", "＠领导") or len(words) < 2:
        raise ValueError(f"看不懂“{line[:_LONGEST]}”；应是“@领导 姓名 职务”，几个职务用空格隔开")
    return Leader(_word(words[0]), tuple(map(_word, words[1:])))


def _marking(line: str) -> SecrecyMarking:
    marking = _word("".join(line[len("@密级") :].split()))
    if len(marking) < _SHORTEST_MARKING:
        raise ValueError(f"“{marking}”太短；密级标志至少 {_SHORTEST_MARKING} 个字")
    return SecrecyMarking(marking)


def _renamed(line: str) -> RenamedBody:
    former, arrow, present = (part.strip() for part in line[len("@更名") :].partition("=>"))
    if not arrow:
        raise ValueError(f"看不懂“{line[:_LONGEST]}”；应是“@更名 旧名 => 新名”")
    if _word(former) == _word(present):
        raise ValueError(f"“{former}”的两边一样")
    return RenamedBody(former, present)


def _forbidden(line: str) -> Forbidden:
    word, _, reason = line[1:].strip().partition(" ")
    return Forbidden(_word(word), reason.strip())


def _preferred(line: str) -> Preferred:
    written, _, preferred = (part.strip() for part in line.partition("=>"))
    if _word(written) == _word(preferred):
        raise ValueError(f"“{written}”的两边一样")
    return Preferred(written, preferred)


def _word(word: str) -> str:
    if not word:
        raise ValueError(f"缺少词语；{_FORMS}")
    if len(word) > _LONGEST:
        raise ValueError(f"“{word[:10]}…”超过 {_LONGEST} 个字")
    return word


def _key(rule: Rule) -> str:
    if isinstance(rule, Preferred):
        return rule.written
    if isinstance(rule, RenamedBody):
        return rule.former
    if isinstance(rule, SecrecyMarking):
        return rule.marking
    return rule.word if isinstance(rule, Forbidden) else rule.name
