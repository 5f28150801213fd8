"""Nothing is remarked on the characters of a formula."""

from __future__ import annotations

from tests.support.proofs import findings_in
from values.manuscript import Formula, Paragraph

TEXT = "人均面积按（面积,人口）即(a+b)/2 平方米计算,全区一致。"
FORMULA = Formula("(a+b)/2", 14, "<m:oMath/>")


def places(*paragraphs: Paragraph) -> set[str]:
    return {
        TEXT[finding.start : finding.end]
        for finding in findings_in(*paragraphs)
        if finding.rule.name == "half-width-punctuation" and finding.paragraph == len(paragraphs) - 1
    }


def test_brackets_of_a_formula_are_not_blamed_and_those_of_the_text_are() -> None:
    whole, kept = places(Paragraph(TEXT)), places(Paragraph("上一段。"), Paragraph(TEXT, formulas=(FORMULA,)))
    assert any("(" in place for place in whole)
    assert not any("(" in place or ")" in place for place in kept)
    assert any("," in place for place in kept)
