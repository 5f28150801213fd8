"""Equations in one line of readable text."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import lines, omissions, p, paragraphs, r, tbl, tc, tr
from tools.docx_builder import docx
from values.manuscript import Mark


@pytest.mark.parametrize(
    ("math", "text"),
    [
        ("<m:r><m:t>a+b=c</m:t></m:r>", "a+b=c"),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
        ("<m:rad><m:radPr/><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", "√x"),
        ('<m:d><m:dPr><m:begChr m:val="["/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>', "[x)"),
        ("<m:func><m:fName><m:r><m:t>sin</m:t></m:r></m:fName><m:e><m:r><m:t>x</m:t></m:r></m:e></m:func>", "sinx"),
    ],
)
def test_equation_becomes_readable_text(math: str, text: str) -> None:
    assert lines(docx(p(r("式：") + f"<m:oMath>{math}</m:oMath>"))) == [f"式：{text}"]


def test_equation_keeps_powers_as_marks() -> None:
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    (found,) = paragraphs(docx(p(f"<m:oMathPara><m:oMath>{power}</m:oMath></m:oMathPara>")))
    assert (found.text, found.marks) == ("x2", (Mark(1, 2, "superscript"),))


FRACTION = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"


def test_equation_is_kept_as_it_was_written_with_the_characters_that_stand_for_it() -> None:
    tracked = f'<m:r><w:rPr><w:b/></w:rPr><m:t>x</m:t></m:r><w:del w:id="1"><m:r><m:t>旧</m:t></m:r></w:del>{FRACTION}'
    (read,) = paragraphs(docx(p(r("甲") + f"<m:oMath>{tracked}</m:oMath>" + r("乙"))))
    (formula,) = read.formulas
    assert (read.text, formula.text, formula.start) == ("甲x1/2乙", "x1/2", 1)
    assert formula.omml.endswith(f"><m:r><m:t>x</m:t></m:r>{FRACTION}</m:oMath>")
    assert omissions(docx(p(f"<m:oMath>{FRACTION}</m:oMath>"))) == {}


def test_equation_of_a_cell_is_one_line_of_text_and_flagged() -> None:
    flat = tbl(tr(tc(p(f"<m:oMath>{FRACTION}</m:oMath>"))))
    assert omissions(docx(flat))["equation"][1] is True
    plain = tbl(tr(tc(p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"))))
    assert omissions(docx(plain)) == {}
