"""Set phrases of official prose with a character left out: 共建共治享 for 共建共治共享."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from operator import add
from typing import Final

from intake.check.language.model import language_model
from intake.check.language.symbols import is_chinese
from intake.check.proof import Proof, correction_at
from intake.check.set_phrases import SET_PHRASES
from values import rules
from values.finding import Finding

_SHORTEST: Final = 5
"""Characters of a phrase: what is left of shorter ones are other words."""
_AROUND: Final = 4
"""Characters of a sequence over a gap that makes another word of it: 优化商 (业) says nothing about 优化商环境."""
_MAY_BE_LEFT_OUT: Final = frozenset("的地和、，“”")
"""Characters without which a phrase is the same."""
_KEY: Final = 3
"""First characters by which a shortened phrase is looked up; `shortened_phrases` takes three symbols at once."""


def shortened_phrases(proof: Proof) -> Iterator[Finding]:
    """At the characters on both sides of the gap."""
    by_key = _shortened()
    for line in proof.prose:
        text, free = line.text, 0
        if by_key.keys().isdisjoint(map(add, map(add, text, text[1:]), text[2:])):
            continue
        for start in range(len(text) - _SHORTEST + 2):
            if start < free:
                continue
            for written, phrase, gap in by_key.get(text[start : start + _KEY], ()):
                at = start + gap
                if text.startswith(written, start) and not _is_usual(text, at):
                    right = text[at - 1] + phrase[gap] + text[at]
                    message = f"“{written}”比通常的写法“{phrase}”少一个字。"
                    yield correction_at(line, (at - 1, at + 1), rules.SET_PHRASE, message, right)
                    free = start + len(written)
                    break


@cache
def _shortened() -> Mapping[str, tuple[tuple[str, str, int], ...]]:
    """By their first characters: a phrase without one of its inner characters, the phrase, and the place of that one.

    Not what is itself part of a phrase.
    """
    whole = "\n".join(SET_PHRASES)
    by_key = defaultdict[str, dict[str, tuple[str, str, int]]](dict)
    for phrase in SET_PHRASES:
        for gap in range(1, len(phrase) - 1) if len(phrase) >= _SHORTEST else ():
            written = phrase[:gap] + phrase[gap + 1 :]
            if phrase[gap] not in _MAY_BE_LEFT_OUT and written not in whole:
                by_key[written[:_KEY]].setdefault(written, (written, phrase, gap))
    return {key: tuple(entries.values()) for key, entries in by_key.items()}


def _is_usual(text: str, gap: int) -> bool:
    """Whether the characters on both sides of the gap were counted together: then they are another word."""
    model = language_model()
    windows = (text[start : start + _AROUND] for start in range(max(0, gap - _AROUND + 1), gap))
    return any(all(map(is_chinese, window)) and model.is_counted(window) for window in windows)
