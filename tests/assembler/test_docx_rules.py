"""The rules against which issues are held: each finds the fault it is for."""

from __future__ import annotations

import pytest

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue
from tools.docx_builder import zipped
from values.manuscript import Cell, Picture, Table

MERGED = Table(((Cell("甲", 1, 2), Cell("乙")), (Cell("丙"),)))
PICTURE = Picture("ab" * 32, "image/png", 9525, 9525)
ISSUE = typeset(issue(article(1, PICTURE, MERGED, PICTURE)), TEMPLATE, lambda sha256: b"png")


DOCUMENT = "word/document.xml"
RELS = "word/_rels/document.xml.rels"


@pytest.mark.parametrize(
    ("member", "old", "new", "fault"),
    [
        (DOCUMENT, '"Byline"', '"Nobody"', "no paragraph style Nobody"),
        (DOCUMENT, 'r:embed="picture_1"', 'r:embed="rId77"', "no relationship rId77"),
        (DOCUMENT, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "a cell does not end in a paragraph"),
        (DOCUMENT, '<w:vMerge w:val="restart"/>', "", "row 2: a merged cell goes on from nowhere"),
        (DOCUMENT, "<w:tblGrid>", "<w:tblGrid><w:gridCol/>", "row 1: 2 columns in a grid of 3"),
        (DOCUMENT, "<w:pageBreakBefore/>", "<w:jc/><w:keepNext/>", "pPr holds ['pStyle', 'jc', 'keepNext']"),
        (RELS, "styles.xml", "stiles.xml", "no part stiles.xml"),
        (RELS, 'Target="styles', 'TargetMode="External" Target="styles', "styles.xml is outside the file"),
    ],
)
def test_a_fault_is_found(member: str, old: str, new: str, fault: str) -> None:
    assert violations(ISSUE) == []
    assert f"{member}: {fault}" in violations(replaced(ISSUE, old, new, member=member))


def test_an_id_that_is_used_twice_is_found() -> None:
    assert violations(replaced(ISSUE, 'docPr id="10002"', 'docPr id="10001"')) == ["docPr id 10001 2 times"]


def test_a_part_without_a_content_type_is_found() -> None:
    broken = replaced(ISSUE, 'Extension="png"', 'Extension="gif"', member="[Content_Types].xml")
    assert violations(broken) == [f"word/media/{PICTURE.sha256}.png: no content type"]


def test_a_part_that_is_missing_is_found() -> None:
    parts = {name: data for name, data in members(ISSUE).items() if not name.startswith("word/media/")}
    assert violations(zipped(parts)) == [f"word/_rels/document.xml.rels: no part media/{PICTURE.sha256}.png"]
