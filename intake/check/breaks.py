"""Checks of paragraphs: those that break off, and headings that end like sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from intake.check.proof import Proof, ProofLine, finding_at
from values import rules
from values.finding import Finding
from values.ordinals import label_of, points_of

_SENTENCE_END: Final = "。！？：；…”’）」』.!?:;)"
_SHORTEST_TORN: Final = 15
"""Characters: a shorter line without a full stop is more likely a heading without a label than a torn sentence."""


def stray_break(proof: Proof) -> Iterator[Finding]:
    """A paragraph that breaks off in the middle of a sentence. Never joined: it may be intended."""
    for line, following in pairwise(line for line in proof.lines if line.kind != "caption"):
        text = line.text.rstrip()
        if line.kind != "paragraph" or following.kind != "paragraph" or not text or text[-1] in _SENTENCE_END:
            continue
        torn = text[-1] in "，、," or len(text) >= _SHORTEST_TORN
        if torn and not label_of(following.text) and not _opens_with_point(following):
            message = f"这一段没有说完（“…{text[-8:]}”），像是误按了回车。"
            suggestion = f"请核对是否与下一段“{following.text[:8]}…”合并。"
            yield finding_at(line, (len(text) - 1, len(text)), rules.STRAY_BREAK, message, suggestion)


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
