"""今年以来 in an issue of another year."""

from __future__ import annotations

from intake.check.turned_year import words_of_another_year
from values.manuscript import Manuscript, Paragraph

TEXT = Manuscript(("题",), None, (Paragraph("今年以来，全区经济稳中向好，去年底已完成。"), Paragraph("今天开会。")))


def test_words_that_mean_another_year_are_pointed_at() -> None:
    findings = list(words_of_another_year(TEXT, 2022, 2023))
    assert [TEXT.lines[finding.paragraph or 0][finding.start : finding.end] for finding in findings] == [
        "今年以来",
        "去年底",
    ]
    assert findings[0].message == "“今年以来”是2022年写的，本期印发于2023年。"


def test_in_the_same_year_they_are_right() -> None:
    assert list(words_of_another_year(TEXT, 2022, 2022)) == []
