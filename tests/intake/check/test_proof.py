"""The lines of an article with their kinds, and the findings on them."""

from __future__ import annotations

import re

from intake.check.proof import Proof, correction_at, department_named, finding_at, findings_of_matches, lines_of
from values import rules
from values.department import Department
from values.manuscript import Cell, Heading, Manuscript, Paragraph, Picture, Table

PICTURE = Picture("0" * 64, "image/png", 9, 9)
CAPTIONED = Picture("1" * 64, "image/png", 9, 9, caption="图1 现场")
MANUSCRIPT = Manuscript(
    ("标题",),
    None,
    (
        Heading("一、措施", 1),
        Paragraph("共 5 家，另 6 家。"),
        Table(((Cell("甲"),), (Cell("乙"),))),
        PICTURE,
        CAPTIONED,
    ),
)


def test_lines_have_the_kind_of_their_block_and_their_place_in_the_manuscript() -> None:
    lines = lines_of(MANUSCRIPT)
    assert [line.kind for line in lines] == ["heading", "paragraph", "table", "table", "caption"]
    assert [(line.index, line.text) for line in lines] == list(enumerate(MANUSCRIPT.lines))


def test_prose_is_headings_and_paragraphs() -> None:
    proof = Proof(MANUSCRIPT, lines_of(MANUSCRIPT), None, None, (), ())
    assert [line.index for line in proof.prose] == [0, 1]


def test_finding_points_at_its_characters_and_a_correction_replaces_them() -> None:
    line = lines_of(MANUSCRIPT)[1]
    finding = finding_at(line, (1, 4), rules.RELATIVE_DATE, "…", "请核对")
    assert (finding.paragraph, finding.start, finding.end) == (1, 1, 4)
    assert (finding.suggestion, finding.replacement) == ("请核对", None)
    correction = correction_at(line, (1, 4), rules.DIGIT_SPACE, "…", "5")
    assert (correction.suggestion, correction.replacement) == ("5", "5")


def test_every_match_of_a_pattern_is_a_finding() -> None:
    pattern = re.compile(r" (\d) ")
    findings = findings_of_matches(
        lines_of(MANUSCRIPT), pattern, rules.DIGIT_SPACE, lambda match: (f"“{match[0]}”", match[1]), exact=True
    )
    assert [(finding.message, finding.start, finding.replacement) for finding in findings] == [
        ("“ 5 ”", 1, "5"),
        ("“ 6 ”", 7, "6"),
    ]


def test_department_is_named_by_its_canonical_name_alone() -> None:
    education = Department("区教体局", aliases=("区教育局",))
    assert department_named("区教体局", [education]) == education
    assert department_named("区教育局", [education]) is None
    assert department_named(None, [education]) is None
