"""Formulas are printed as their author set them: the rules of Chinese punctuation and width do not hold for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from values.finding import Finding
from values.manuscript import Manuscript, Paragraph, block_lines

FormulaPlaces = Mapping[int, Sequence[tuple[int, int]]]
"""By the line of `Manuscript.lines`, the characters [start, end) of its formulas."""


def formula_places(manuscript: Manuscript) -> FormulaPlaces:
    """Where the formulas of a manuscript are."""
    places: dict[int, list[tuple[int, int]]] = {}
    line = 0
    for block in manuscript.blocks:
        if isinstance(block, Paragraph) and block.formulas:
            own = (formula.place_in(block.text) for formula in block.formulas)
            places[line] = [place for place in own if place is not None]
        line += len(block_lines(block))
    return places


def is_within_formula(finding: Finding, places: FormulaPlaces) -> bool:
    """Whether a finding is about characters of a formula, all or some."""
    if finding.paragraph is None or finding.start is None or finding.end is None:
        return False
    return any(start < finding.end and finding.start < end for start, end in places.get(finding.paragraph, ()))
