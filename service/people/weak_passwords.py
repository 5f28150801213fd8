"""Which passwords are refused: short ones, common ones, and those made of the account's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from settings.model import Settings
from values.account import Person
from values.errors import BadUsage

SHORTEST: Final = 10
"""Characters. A trade-off: with ten attempts in a quarter of an hour nobody guesses ten, and people remember them."""
LONGEST: Final = 200
"""Characters: a sentence fits in, and hashing stays cheap whatever is sent."""
_FEWEST_DIFFERENT: Final = 4
"""Different characters: fewer are a pattern such as 1212121212."""
_FEWEST_GUESSES: Final = 10**9.5
"""Guesses until an attacker with a stolen ledger has tried it, as zxcvbn estimates them. At a thousand argon2 hashes a
second that takes a month; ten Chinese characters in no pattern are above it."""
_ESTIMATED: Final = 32
"""Characters that are estimated, from the beginning: zxcvbn takes seconds for a hundred chosen by an attacker
(dwolfhub/zxcvbn-python#70). A password whose beginning is good is good."""
_PINYIN: Final = (
    *("admin", "bangongshi", "gongheguo", "guanliyuan", "jianbao", "jiantizi", "mima", "renmin", "shengri"),
    *("woaini", "xiexie", "zhengfu", "zhongguo", "zhonghua"),
)
"""Words of Chinese offices and common Chinese passwords; the lists of zxcvbn are mostly English."""
_LONGEST_PART: Final = 6
"""Characters of the parts of Chinese names that count as own words; names are not divided by blanks."""
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]{2,}")


def refuse_weak(password: str, person: Person, settings: Settings) -> None:
    """Raises BadUsage with what to change. Length and guessability matter, kinds of characters do not (NIST SP 800-63B
    3.1.1)."""
    if len(password) < SHORTEST:
        raise BadUsage(f"密码太短：至少 {SHORTEST} 个字符，可以是一句话。")
    if len(password) > LONGEST:
        raise BadUsage(f"密码太长：最多 {LONGEST} 个字符。")
    names = {name.casefold() for name in (person.name, person.display_name) if len(name) > 1}
    if len(set(password)) < _FEWEST_DIFFERENT or any(name in password.casefold() for name in names):
        raise BadUsage("密码太容易猜：不要重复几个字符，也不要包含用户名和姓名。")
    if _guesses(password, sorted({*own_words(person, settings), *_PINYIN})) < _FEWEST_GUESSES:
        raise BadUsage(
            "密码太容易猜：常用的密码、键盘上相邻的键、日期，还有本单位名称和邮箱里的字样，都很快能试出来。"
            "请换成一句跟工作不相干的话，或再长一些。"
        )


def own_words(person: Person, settings: Settings) -> Iterator[str]:
    """Words that somebody who knows the person and the office tries first, in lower case; some more than once."""
    texts = [person.name, person.display_name, settings.smtp.address]
    for bulletin in settings.bulletins:
        texts += (bulletin.id, bulletin.title, bulletin.kind, bulletin.office, bulletin.phone)
        texts += (bulletin.mailbox.username, *bulletin.editors)
    for text in filter(None, map(str.casefold, texts)):
        yield text
        yield from (word for word in re.split(r"[\W_]+", text) if len(word) > 1)
        for name in _CHINESE.findall(text):
            yield from _parts(name)


def _parts(name: str) -> Iterator[str]:
    for length in range(2, min(len(name), _LONGEST_PART) + 1):
        yield from (name[start : start + length] for start in range(len(name) - length + 1))


def _guesses(password: str, words: list[str]) -> float:
    # Loading its lists takes a tenth of a second, and only a new password needs them.
    from zxcvbn import zxcvbn

    return float(zxcvbn(password[:_ESTIMATED], user_inputs=words)["guesses"])
