"""Characters that would be printed as empty boxes."""

from __future__ import annotations

from intake.check.checks import check
from intake.read.structure.division import Structured
from values.manuscript import Manuscript, Paragraph

COVERAGE = "20-7e 2190-2bff 4e00-9fff"


def test_each_character_without_a_font_is_named_at_its_first_place() -> None:
    manuscript = Manuscript(("敬老🎉月",), None, (Paragraph("今天😀很好😀。"), Paragraph("𠀀字。")))
    structured = Structured(manuscript, None, (), ())
    remarks = [
        (finding.paragraph, finding.start, finding.message[:6])
        for finding in check(structured, (), None, (), font_coverage=COVERAGE)
        if finding.rule.name == "unprintable"
    ]
    assert [(paragraph, start) for paragraph, start, _ in remarks] == [(0, 2), (1, 0), (None, None)]
    assert not any(finding.rule.name == "unprintable" for finding in check(structured, (), None, ()))
