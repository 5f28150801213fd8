"""Formulas reach the issue as Office Math."""

from __future__ import annotations

import pytest

from assembler.formulas import runs_with_formulas
from assembler.wordml import runs
from tests.support.ooxml_schemas import schema_errors
from tools.docx_builder import docx
from values.manuscript import Formula, Mark

NS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
HALF = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"


def formula(text: str = "1/2", start: int = 1, inner: str = HALF) -> Formula:
    return Formula(text, start, f"<m:oMath {NS}>{inner}</m:oMath>")


def test_formula_replaces_its_characters_and_the_text_around_it_stays() -> None:
    made = runs_with_formulas("取1/2为准", (), (formula(),))
    before, _, rest = made.partition("<m:oMath")
    assert before == runs("取")
    assert rest.endswith("</m:oMath>" + runs("为准"))
    assert rest.count("Cambria Math") == 4
    assert schema_errors(docx(f"<w:p>{made}</w:p>")) == []


def test_formula_is_printed_as_text_where_an_editor_has_changed_it() -> None:
    assert runs_with_formulas("取二分之一为准", (), (formula(),)) == runs("取二分之一为准")


def test_nearest_of_equal_characters_is_the_formula() -> None:
    made = runs_with_formulas("x轴上的x值", (), (formula("x", 4, "<m:r><m:t>x</m:t></m:r>"),))
    assert made.startswith(runs("x轴上的"))


def test_marks_and_comments_keep_their_places() -> None:
    markup = {0: "<a/>", 2: "<b/>", 4: "<c/>", 7: "<d/>"}
    made = runs_with_formulas("m2取1/2", (Mark(1, 2, "superscript"),), (formula(start=3),), markup)
    assert [made.index(tag) for tag in ("<a/>", "superscript", "<b/>", "<c/>", "<m:oMath")] == sorted(
        made.index(tag) for tag in ("<a/>", "superscript", "<b/>", "<c/>", "<m:oMath")
    )
    assert runs_with_formulas("取1/2", (), (formula(),), {4: "<d/>"}).endswith("<d/>")


@pytest.mark.parametrize(
    "omml",
    [
        "",
        "no xml",
        f"<m:f {NS}/>",
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        f'<!DOCTYPE m [<!ENTITY x "y">]><m:oMath {NS}>&x;</m:oMath>',
    ],
)
def test_what_is_no_formula_is_never_copied(omml: str) -> None:
    assert runs_with_formulas("1/2", (), (Formula("1/2", 0, omml),)) == runs("1/2")


def test_foreign_elements_in_a_formula_are_left_out() -> None:
    inner = f'<m:r><m:t>1</m:t></m:r><x:script xmlns:x="urn:x">1</x:script>{HALF}'
    made = runs_with_formulas("11/2", (), (formula("11/2", 0, inner),))
    assert "script" not in made
    assert "m:f>" in made
