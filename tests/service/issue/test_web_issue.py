"""The issue as a web page: the words, order and breaks of the printed one."""

from __future__ import annotations

from service.issue.web_issue import TextRun, web_issue_of
from tests.support.issues import article, issue
from values.manuscript import Cell, Mark, Paragraph, Picture, Table


def test_paper_shows_what_is_printed_in_order() -> None:
    table = Table(((Cell("一"),),))
    picture = Picture("ab" * 32, "image/png", 1, 1, caption="图1")
    marked = Paragraph("面积2m2，CO2少", (Mark(4, 5, "superscript"), Mark(8, 9, "subscript")))
    page = web_issue_of(
        issue(
            article(1, marked, picture, title=("甲",), department="区教体局"),
            article(2, Paragraph("表1 情况"), table, title=("通报",), byline=None, section="情况通报"),
        ),
        {"article1": 2},
    )
    assert [(entry.number, entry.unit, entry.title, entry.page) for entry in page.contents] == [
        (1, "区教体局", ("甲",), 2)
    ]
    assert [section.name for section in page.sections] == ["", "情况通报"]
    first, second = (section.articles[0] for section in page.sections)
    assert (first.byline, second.byline) == ("区教体局", "")
    assert first.blocks[0].runs == (
        TextRun("面积2m"),
        TextRun("2", "superscript"),
        TextRun("，CO"),
        TextRun("2", "subscript"),
        TextRun("少"),
    )
    assert [block.named for block in second.blocks] == [True, False]
