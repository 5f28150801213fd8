"""Bodies that have another name now, by the office's list: 区卫计委 is 区卫健委."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from intake.check.proof import Proof, correction_at
from values import rules
from values.finding import Finding
from values.word_list import RenamedBody

_OF_THE_PAST: Final = r"(?<![原前旧])"
"""原区卫计委 is right: the body was called so."""
_EXPLAINED: Final = r"(?!（现|（今|（后|[（“]?[^，。；]{0,6}(?:更名|改称|改名|改为|并入|撤销|划转))"
"""区卫计委（现区卫健委） and 区卫计委更名为区卫健委 say so themselves."""


def renamed_bodies(proof: Proof) -> Iterator[Finding]:
    """In the text; not where it is called a former body."""
    pattern = _pattern(proof.word_list.renamed)
    if pattern is None:
        return
    present = {body.former: body.present for body in proof.word_list.renamed}
    for line in proof.lines:
        for match in pattern.finditer(line.text):
            right = present[match[0]]
            if not line.text.startswith(right, match.start()):
                message = f"“{match[0]}”已改为“{right}”。"
                yield correction_at(line, match.span(), rules.RENAMED_BODY, message, right)


@lru_cache(maxsize=16)
def _pattern(bodies: tuple[RenamedBody, ...]) -> re.Pattern[str] | None:
    """Any former name, the longest first; None for none."""
    names = sorted((body.former for body in bodies), key=lambda name: (-len(name), name))
    return re.compile(f"{_OF_THE_PAST}(?:{'|'.join(map(re.escape, names))}){_EXPLAINED}") if names else None
