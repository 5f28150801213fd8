"""The standard's own schemas hold for what we typeset; and they see a fault where there is one."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from assembler.typeset import typeset
from tests.support.drafts import draft_of
from tests.support.editing import replaced
from tests.support.issues import TEMPLATE, article, issue
from tests.support.ooxml_schemas import PUBLISHED, part_errors, schema_errors
from tools.make_template import FOLDER, LOOKS
from values import rules
from values.finding import Finding, Severity
from values.issue import Issue
from values.manuscript import Cell, Heading, Mark, Paragraph, Picture, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
RELS, TYPES, CORE = "word/_rels/document.xml.rels", "[Content_Types].xml", "docProps/core.xml"
FINDING = Finding(rules.CONFUSABLE_WORD, Severity.ERROR, "“在接再厉”似应为“再接再厉”", 0, 0, 2, "再接再厉")


def every_kind() -> Issue:
    """An issue with all we can set: 按语, picture, merged and wide tables, raised characters, two sections."""
    picture = Picture("ab" * 32, "image/png", 900_000, 600_000, "现场", "图1 现场")
    merged = Table(((Cell("甲", 1, 2), Cell("乙")), (Cell("丙"),)), (1, 2), 1)
    wide = Table((tuple(Cell(f"栏{number}") for number in range(14)),))
    blocks = (Heading("一、做法", 1), picture, merged, Paragraph("面积10m2。", (Mark(5, 6, "superscript"),)), wide)
    whole = issue(article(1, *blocks), article(2, merged, section="情况通报"))
    return replace(whole, editors_note=("现将各单位的做法刊发如下。", "请结合实际借鉴。"))


def made(template: bytes = TEMPLATE, *, draft: bool = False, pages: dict[str, int] | None = None) -> bytes:
    whole = every_kind()
    drafted = draft_of(whole, FINDING, flagged=True, missing=("区民政局",)) if draft else None
    return typeset(whole, template, lambda sha256: b"picture", pages or {}, drafted)


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("draft", [False, True], ids=["issue", "draft"])
def test_each_template_and_what_is_typeset_with_it_is_valid(name: str, draft: bool) -> None:
    template = (FOLDER / f"{name}.docx").read_bytes()
    assert schema_errors(template) == []
    assert schema_errors(made(template, draft=draft)) == []
    assert schema_errors(made(template, draft=draft, pages={"article1": 2, "article2": 3})) == []


@pytest.mark.parametrize(
    ("member", "old", "new", "said"),
    [
        (DOCUMENT, "<w:keepNext/>", "<w:spacing/><w:keepNext/>", "keepNext': This element is not expected"),
        (DOCUMENT, "<w:tblGrid>", "<w:tblInd/><w:tblGrid>", "tblInd': This element is not expected"),
        (DOCUMENT, 'w:val="superscript"', 'w:val="raised"', "'raised' is not an element of the set"),
        (DOCUMENT, '<wp:extent cx="', '<wp:extent x="', "The attribute 'cx' is required but missing"),
        (DOCUMENT, ' cy="', ' cy="-', "'cy': [facet 'minInclusive']"),
        (STYLES, '<w:sz w:val="', '<w:sz w:val="3号', "val': '3号"),
        (SETTINGS, "<w:zoom w:percent=", "<w:zoom w:val=", "The attribute '{"),
        (SETTINGS, "<w:compatSetting ", "<w:kompatSetting ", "kompatSetting': This element is not expected"),
        (RELS, " Id=", " ID=", "The attribute 'Id' is required but missing"),
        (TYPES, "PartName=", "Partname=", "The attribute 'PartName' is required but missing"),
        (CORE, "<cp:revision>", "<cp:revision/><cp:revision>", "revision': This element is not expected"),
        (CORE, 'xsi:type="dcterms:W3CDTF"', "", "The type definition is abstract"),
        ("word/comments.xml", " w:author=", " w:writer=", "The attribute"),
    ],
)
def test_a_fault_is_found_in_its_part(member: str, old: str, new: str, said: str) -> None:
    broken = replaced(made(draft=True), old, new, member=member)
    errors = schema_errors(broken)
    assert errors
    assert all(error.startswith(f"{member}: line ") for error in errors)
    assert any(said in error for error in errors)


def test_a_part_of_no_known_kind_is_no_valid_part() -> None:
    [error] = part_errors(b'<x xmlns="urn:office:own"/>')
    assert "No matching global declaration" in error


def paragraph(inner: str, attributes: str = "") -> bytes:
    named = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:new="urn:office:new"'
    return f"<w:document {named} {attributes}><w:body><w:p>{inner}</w:p></w:body></w:document>".encode()


@pytest.mark.parametrize(
    ("inner", "attributes", "valid"),
    [
        ('<new:mark new:id="1"/><w:r/>', "", False),
        ('<new:mark new:id="1"><w:tbl/></new:mark><w:r new:id="1"/>', 'mc:Ignorable="new"', True),
        ('<new:mark mc:Ignorable="new"/><w:r new:id="1"/>', "", False),
        ("<new:mark><w:r/></new:mark>", 'mc:Ignorable="new" mc:ProcessContent="new:*"', True),
        ("<new:mark><w:tbl/></new:mark>", 'mc:Ignorable="new" mc:ProcessContent="new:mark"', False),
        ("<new:mark><w:tbl/></new:mark>", 'mc:Ignorable="new" mc:ProcessContent="new:other"', True),
        ("<w:r/>", 'mc:MustUnderstand="new"', False),
        ("<w:r/>", 'mc:MustUnderstand="w"', True),
    ],
)
def test_ignorable_elements_are_read_as_by_a_reader_of_2006(inner: str, attributes: str, valid: bool) -> None:
    assert (list(part_errors(paragraph(inner, attributes))) == []) is valid


@pytest.mark.parametrize(
    ("choices", "valid"),
    [
        ('<mc:Choice Requires="new"><new:x/></mc:Choice><mc:Fallback><w:r/></mc:Fallback>', True),
        ('<mc:Choice Requires="new"><w:r/></mc:Choice><mc:Fallback><w:tbl/></mc:Fallback>', False),
        ('<mc:Choice Requires="w"><w:r/></mc:Choice><mc:Fallback><w:tbl/></mc:Fallback>', True),
        ('<mc:Choice Requires="new"><w:tbl/></mc:Choice>', True),
        (
            '<mc:Choice Requires="w"><mc:AlternateContent><mc:Choice Requires="new"/><mc:Fallback><w:tbl/>'
            "</mc:Fallback></mc:AlternateContent></mc:Choice>",
            False,
        ),
    ],
)
def test_of_alternatives_the_first_that_is_understood_counts(choices: str, valid: bool) -> None:
    inner = f"<mc:AlternateContent>{choices}</mc:AlternateContent>"
    assert (list(part_errors(paragraph(inner))) == []) is valid


def test_the_schemas_are_the_published_ones_all_of_them_and_unchanged() -> None:
    listed = (PUBLISHED / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in listed)}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PUBLISHED.iterdir()}
    assert found.pop("SHA256SUMS")
    assert found == expected
    assert len(found) == 91 + len(["LICENSE"])
