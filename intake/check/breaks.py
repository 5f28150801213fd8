"""Checks of paragraphs: those that break off, and headings that end like sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from intake.check.language.model import language_model
from intake.check.proof import Proof, ProofLine, finding_at
from values import rules
from values.finding import Finding
from values.ordinals import label_of, points_of

_OPEN_END: Final = "，、,"
_MARK: Final = re.compile(r"[^\w\s%％℃㎡²³]$")
"""A mark at the end of a line: other than `_OPEN_END` it may end a paragraph."""
_GOES_ON: Final = re.compile("[，。；、：！？）》”’]")
"""Marks that no paragraph begins with."""
_PAIRS: Final = {"（": "）", "《": "》", "“": "”", "(": ")"}
_LABEL_LINE: Final = re.compile(
    r"^[^，。；：:]{1,12}[：:]|^[^，。]{0,20}〔\d{4}〕|\s{2,}\S{1,12}$|^第[一二三四五六七八九十百零〇\d]{1,6}[编章节条款]"
)
"""时间：… , a document number, columns of names, 第七条: they end without a mark."""
_JOINS: Final = re.compile("[的了]|和(?![谐平睦])|[与及](?!会|此|时)|并(?!购)|等(?![级待候])")
"""Words that no sentence begins with."""
_SHORTEST_TORN: Final = 15
"""Characters: a shorter line without a full stop is more likely a heading without a label than a torn sentence."""
_USUAL_PAIR: Final = 3.0
"""ln(1 + times) that the characters on both sides of the break stand together in official prose: twenty times and
more, and they are within a word."""


def stray_break(proof: Proof) -> Iterator[Finding]:
    """A paragraph that breaks off in the middle of a sentence. Never joined: it may be intended."""
    for line, following in pairwise(line for line in proof.lines if line.kind != "caption"):
        if line.kind != "paragraph" or following.kind != "paragraph":
            continue
        text, after = line.text.strip(), following.text.strip()
        if text and after and not _opens_with_point(following) and _is_torn(text, after):
            message = f"这一段没有说完（“…{text[-8:]}”），像是误按了回车。"
            suggestion = f"请核对是否与下一段“{after[:8]}…”合并。"
            end = len(line.text.rstrip())
            yield finding_at(line, (end - 1, end), rules.STRAY_BREAK, message, suggestion)


def _is_torn(text: str, after: str) -> bool:
    """Whether a sentence goes on from one paragraph to the next."""
    if label_of(after) or ((label := label_of(text)) is not None and label.end == len(text)):
        return False
    if text[-1] in _OPEN_END:
        return not (text[0] == after[0] == "“")  # a list of quotations, one in a line
    if _is_left_open(text, after):
        return True
    if _MARK.search(text) or _LABEL_LINE.search(text):
        return False
    if "。" in text or _GOES_ON.match(after):
        return True
    return (
        label is None
        and len(text) >= _SHORTEST_TORN
        and "，" in text
        and bool(_JOINS.match(after) or _is_within_word(text, after))
    )


def _is_left_open(text: str, after: str) -> bool:
    """Whether a mark that is open at the end is closed in the next paragraph, before any other opens there."""
    for mark, close in _PAIRS.items():
        if text.rfind(mark) > text.rfind(close):
            closed, opened = after.find(close), after.find(mark)
            if closed >= 0 and (opened < 0 or closed < opened) and not text.endswith(("。", "；", "：")):
                return True
    return False


def _is_within_word(text: str, after: str) -> bool:
    """Whether the characters on both sides are a word, or are written together in official prose."""
    model = language_model()
    spans = ((length, before) for length in (2, 3, 4) for before in range(1, length))
    if any(model.is_word(text[-before:] + after[: length - before]) for length, before in spans):
        return model.log_count(text[-1] + after[0]) >= _USUAL_PAIR
    return bool(model.log_count(text[-2:] + after[0]) and model.log_count(text[-1] + after[:2]))


def heading_full_stop(proof: Proof) -> Iterator[Finding]:
    """A heading alone on its line that ends with 。; one that opens a paragraph keeps it (GB/T 9704 practice)."""
    for line in proof.lines:
        text = line.text.rstrip()
        if line.kind == "heading" and text.endswith("。") and text.count("。") == 1:
            message = f"单独成行的小标题末尾不用句号（“{text[-9:]}”）。"
            span = (len(text) - 1, len(text))
            yield finding_at(line, span, rules.HEADING_FULL_STOP, message, text[:-1], replacement="")


def _opens_with_point(line: ProofLine) -> bool:
    points = points_of(line.text[:12])
    return bool(points) and points[0].start <= 1
