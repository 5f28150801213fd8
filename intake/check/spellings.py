"""A person whose name an article writes in two ways: 李卫东, 李卫冬."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from intake.check.language.confusion import confusion
from intake.check.language.model import language_model
from intake.check.proof import Proof, finding_at
from intake.check.surnames import SURNAMES
from values import rules
from values.finding import Finding

_ROLES: Final = (
    "书记|主任|局长|镇长|乡长|区长|县长|市长|校长|园长|院长|所长|站长|队长|科长|处长|会长|主席|委员|经理|董事长|总裁|厂长|店长|老板"
    "|网格员|民警|警官|辅警|法官|检察官|律师|医生|医师|护士|老师|教师|教授|志愿者|党员|干部|队员|社工|专员|辅导员|调解员|护林员|河长"
    "|大户|户主|村民|居民|群众|业主|市民|老人|同志|先生|女士|大爷|大妈|阿姨|师傅|工程师|技术员|农户|商户|代表|劳模|经理人"
)
_AFTER_ROLE: Final = re.compile(rf"(?:{_ROLES})([{SURNAMES}][\u4e00-\u9fff]{{2}})")
_BEFORE_ROLE: Final = re.compile(
    rf"([{SURNAMES}][\u4e00-\u9fff]{{2}})(?=(?:{_ROLES})|(?:介绍|表示|告诉|坦言)?说|介绍|表示|告诉|坦言|感慨|笑着)"
)
_USUAL: Final = 3.0
"""ln(1 + times) from which two characters are a word, counted twenty times: no surname and given name."""


def two_spellings(proof: Proof) -> Iterator[Finding]:
    """Names of three characters beside a role or a verb of speech, and others of the article that differ from one of
    them in a given character of the same sound. At the rarer of the two, else at the later one."""
    text = "\n".join(line.text for line in proof.prose)
    names = [match[1] for pattern in (_AFTER_ROLE, _BEFORE_ROLE) for match in pattern.finditer(text)]
    reported: set[str] = set()
    for name in dict.fromkeys(filter(_can_be_name, names)):
        for other in _like(name, text):
            rare, usual = _by_frequency(name, other, text)
            if {rare, usual} & reported:
                continue
            reported |= {rare, usual}
            yield from _at_first(proof, rare, usual)


def _can_be_name(name: str) -> bool:
    """Not 高度重, which is 高度 and the beginning of a word."""
    return language_model().log_count(name[:2]) < _USUAL and not language_model().is_counted(name)


def _like(name: str, text: str) -> Iterator[str]:
    """Other names in the text that sound like this one."""
    pattern = f"{name[0]}(?:{name[1]}[\u4e00-\u9fff]|[\u4e00-\u9fff]{name[2]})"
    for other in Counter(re.findall(pattern, text)):
        place = next((place for place in (1, 2) if name[place] != other[place]), None)
        if place is None or other[place] not in confusion().alternatives(name[place]):
            continue
        if confusion().likeness(name[place], other[place]).same_sound and _can_be_name(other):
            yield other


def _by_frequency(name: str, other: str, text: str) -> tuple[str, str]:
    """The one that is written less often, or later; then the other one."""
    first, second = sorted((name, other), key=lambda written: (-text.count(written), text.index(written)))
    return second, first


def _at_first(proof: Proof, rare: str, usual: str) -> Iterator[Finding]:
    for line in proof.prose:
        start = line.text.find(rare)
        if start >= 0:
            message = f"“{rare}”和“{usual}”两种写法都有，是否同一个人？"
            yield finding_at(line, (start, start + len(rare)), rules.TWO_SPELLINGS, message, "请核对姓名。")
            return
