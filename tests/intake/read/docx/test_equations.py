"""Equations in one line of readable text."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import lines, omissions, p, paragraphs, r
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


def test_flattened_equation_is_flagged_and_a_plain_one_is_not() -> None:
    fraction = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert omissions(docx(p(f"<m:oMath>{fraction}</m:oMath>")))["equation"][1] is True
    assert omissions(docx(p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"))) == {}
