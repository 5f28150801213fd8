"""Characters that are written twice or left out by a slip of the hand: 落实实安全, 应急案 for 应急预案.

What is usual is counted (`language.model`): a copy is superfluous where the text without it is usual and the text with
it was never counted; a character is missing where none of the sequences over a gap was counted, and all of those with
one character more were, often. Hints for the editor alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from intake.check.language.model import LanguageModel, language_model
from intake.check.language.suspicions import is_official_prose
from intake.check.language.symbols import BOUNDARY, NUMBER, Symbols, is_chinese, symbols_of
from intake.check.proof import CHINESE, Proof, ProofLine, correction_at
from values import rules
from values.finding import Finding

_LONGEST_COPY: Final = 4
"""Characters that are repeated by mistake: longer ones are clauses (`repeats`)."""
_COUNTED_ON: Final = frozenset("某一二三四五六七八九十零〇")
"""Characters that are doubled in names and numbers: 张某某, 十五五."""
_OF_TIME: Final = frozenset("年月日")
"""After a number, they begin a second word: 2年年内."""
_USUAL_WITHOUT: Final = 1.9
"""ln(1 + times) of four symbols that hold the text without the copy: counted six times."""
_USUAL_PAIR: Final = 2.0
"""The same of both sequences of three, where none of four was counted."""
_USUAL_WITH: Final = 3.5
"""ln(1 + times) of the sequences of four that hold the missing character: counted 32 times."""
_WORDS_ALONE: Final = frozenset("应司路地优总重使可并须不或者后前内上中下个式类等该各因由即又再更最")
"""Characters that are words, or ends of names, by themselves: beside them nothing is missing."""
_TWICE: Final = re.compile(rf"(?=({CHINESE}{{1,4}}?)\1)")
_MOST: Final = 300
"""Pairs of one article that are looked at closely, ten times those of a long one: a file of rare characters must not
hold up the letters after it."""
_FUNCTION_WORDS: Final = frozenset("的和了及与等或是有在对为一不以按其中并各可者")
"""Characters that may be left out: 工作责任 is no 工作的责任."""


def doubled_characters(proof: Proof) -> Iterator[Finding]:
    """One to four characters twice in a row, where the text without the second copy is usual."""
    model = language_model()
    for line, symbols, at in islice(_repetitions(proof), _MOST):
        length = next((n for n in range(1, _LONGEST_COPY + 1) if _is_copied(symbols.text, at, n, model)), 0)
        if length:
            start = symbols.places[at]
            copied = line.text[start : start + length]
            message = f"“{copied * 2}”疑重复，是否应为“{copied}”？"
            yield correction_at(line, (start, start + 2 * length), rules.DOUBLED_CHARACTERS, message, copied)


def _repetitions(proof: Proof) -> Iterator[tuple[ProofLine, Symbols, int]]:
    """Where one to four Chinese characters begin that stand there twice, in the order of the text."""
    for line, symbols in _official_prose(proof):
        for match in _TWICE.finditer(symbols.text):
            yield line, symbols, match.start()


def _is_copied(text: str, at: int, length: int, model: LanguageModel) -> bool:
    copied, following = text[at : at + length], text[at + length : at + 2 * length]
    if copied != following or _COUNTED_ON & set(copied):
        return False
    if length == 1:
        return _is_doubled_character(text, at, model)
    if len(set(copied)) == 1 or not (model.is_word(copied) or length == _LONGEST_COPY):
        return False
    joint = at + length
    if any(_counts(text, joint, 4, model)):
        return False
    without = text[:at] + text[joint:]
    return max(_counts(without, joint, 4, model), default=0.0) >= _USUAL_WITHOUT


def _is_doubled_character(text: str, at: int, model: LanguageModel) -> bool:
    before, character, after = text[at - 1], text[at], text[at + 2] if at + 2 < len(text) else BOUNDARY
    if (character in _OF_TIME and before == NUMBER) or before == "一" or (character == "是" and before in _COUNTED_ON):
        return False
    if _is_pair(text, at - 2) or _is_pair(text, at + 2) or _divides_words(text, at + 1, model):
        return False
    with_both = _counts(text, at + 1, 3, model)
    if any(_counts(text, at + 1, 4, model)) or all(with_both):
        return False
    without = text[:at] + text[at + 1 :]
    of_three = [model.log_count(without[start : start + 3]) for start in (at - 1, at)]
    of_four = _counts(without, at + 1, 4, model)
    if max(of_four, default=0.0) >= _USUAL_WITHOUT or min(of_three) >= _USUAL_PAIR:
        return True
    ends_word = after == BOUNDARY and model.is_word(before + character) and not any(with_both)
    return ends_word and (bool(of_three[0]) or not model.is_word(character * 2))


def _is_pair(text: str, at: int) -> bool:
    """Whether two equal Chinese characters stand there: 清清楚楚 is a form of 清楚."""
    pair = text[at : at + 2] if at >= 0 else ""
    return len(pair) == 2 and pair[0] == pair[1] and is_chinese(pair[0])


def _divides_words(text: str, joint: int, model: LanguageModel) -> bool:
    """Whether a word ends before the joint and another one begins there: 学习|习近平."""
    ends = any(model.is_word(text[joint - length : joint]) for length in (2, 3, 4) if joint >= length)
    return ends and any(model.is_word(text[joint : joint + length]) for length in (2, 3, 4))


def _counts(text: str, joint: int, length: int, model: LanguageModel) -> list[float]:
    """Logarithms of the counts of the sequences of a length that reach over a joint between two symbols."""
    starts = range(max(0, joint - length + 1), min(joint, len(text) - length + 1))
    windows = (text[start : start + length] for start in starts)
    return [model.log_count(window) for window in windows if BOUNDARY not in window[1:-1]]


def missing_characters(proof: Proof) -> Iterator[Finding]:
    """Two characters in a row between which a third one usually stands."""
    model = language_model()
    for line, symbols, at in islice(_gaps(proof, model), _MOST):
        missing = _missing_at(symbols.text, at, model)
        if missing:
            start = symbols.places[at]
            written = line.text[start : start + 2]
            right = written[0] + missing + written[1]
            message = f"“{written}”之间疑漏字，是否应为“{right}”？"
            yield correction_at(line, (start, start + 2), rules.MISSING_CHARACTER, message, right)


def _gaps(proof: Proof, model: LanguageModel) -> Iterator[tuple[ProofLine, Symbols, int]]:
    """Where a symbol stands after which one may be missing, in the order of the text."""
    for line, symbols in _official_prose(proof):
        for at, (earlier, later) in enumerate(pairwise(model.counted_triples(symbols.text)), 1):
            if not (earlier or later) and _may_be_gap(symbols.text, at, model):
                yield line, symbols, at


def _may_be_gap(text: str, at: int, model: LanguageModel) -> bool:
    """Whether a character may be missing there, where neither of the sequences of three was counted."""
    first, second = text[at], text[at + 1]
    if not (is_chinese(first) and is_chinese(second)) or not _WORDS_ALONE.isdisjoint((first, second)):
        return False
    return not _divides_words(text, at + 1, model)


def _official_prose(proof: Proof) -> list[tuple[ProofLine, Symbols]]:
    """The lines of running text; none where they are no official prose, of which the counts say nothing."""
    lines = [(line, symbols_of(line.text)) for line in proof.prose]
    return lines if is_official_prose((symbols for _, symbols in lines), language_model()) else []


def _missing_at(text: str, at: int, model: LanguageModel) -> str:
    """The character that is usual between that symbol and the next one, with those around; "" for none."""
    before, first, second, after = text[at - 1], text[at], text[at + 1], text[at + 2]
    if not (model.is_counted(before + first) and model.is_counted(second + after)):
        return ""  # nor were the sequences that hold them
    best, missing = 0.0, ""
    for character in (model.followers(first) & model.predecessors(second)) - _FUNCTION_WORDS:
        earlier = model.log_count(before + first + character + second)
        later = model.log_count(first + character + second + after) if earlier >= _USUAL_WITH else 0.0
        if later >= _USUAL_WITH and earlier + later > best:
            best, missing = earlier + later, character
    return missing
