"""The text of a 更正, and the words in which a later text differs from the printed one."""

from __future__ import annotations

from datetime import date

import pytest

from service.article.erratum import PrintedPlace, WrongWords, differing_words, erratum_of, is_printed
from settings.model import BulletinSettings
from values.manuscript import Cell, Manuscript, Paragraph, Table

PLACE = PrintedPlace("第70期", date(2022, 11, 8), "推进工作落地见效")
WORDING = BulletinSettings.model_fields["correction_wording"].default
PRINTED = Manuscript(
    ("推进工作", "落地见效"),
    "区民政局",
    (
        Paragraph("全区共有94个项目，其中54个已完工，另有94个在建。"),
        Table(((Cell("指标"), Cell("2022年")), (Cell("产值"), Cell("1.5亿元")))),
        Paragraph("李明同志带头落实。"),
    ),
)


def text_of(*words: WrongWords, wording: str = WORDING) -> str:
    return erratum_of(PLACE, words, wording).text


def test_an_erratum_names_issue_day_title_and_what_was_wrong_and_right() -> None:
    erratum = erratum_of(PLACE, [WrongWords("94个", "93个"), WrongWords("同志", "")], WORDING)
    assert (erratum.title, erratum.byline) == ("关于《推进工作落地见效》的更正", None)
    assert erratum.text == (
        "本刊第70期（2022年11月8日）刊发的《推进工作落地见效》一文中，“94个”应为“93个”，“同志”应删去。特此更正。"
    )


def test_the_offices_own_wording_is_filled_in_once_and_never_twice() -> None:
    assert text_of(WrongWords("{期号}", "{标题}"), wording="{改正}，见{期号}。") == "“{期号}”应为“{标题}”，见第70期。"


@pytest.mark.parametrize("words", ["94个", "推进工作落地", "区民政局", "1.5 亿元", "其中54个", "项目，\n其中"])
def test_words_of_title_byline_text_and_tables_are_printed_whatever_their_blanks(words: str) -> None:
    assert is_printed(PRINTED, words)


@pytest.mark.parametrize("words", ["93个", "2022年产值", "完工。李明"])
def test_words_that_stand_nowhere_or_over_two_lines_are_not(words: str) -> None:
    assert not is_printed(PRINTED, words)


def with_text(old: str, new: str) -> Manuscript:
    first, table, last = PRINTED.blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    changed = (Paragraph(first.text.replace(old, new, 1)), table, Paragraph(last.text.replace(old, new)))
    return Manuscript(PRINTED.title_lines, PRINTED.byline, changed)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("54个", "53个", [WrongWords("54", "53")]),
        ("94个项目", "93个项目", [WrongWords("94个项", "93个项")]),
        ("李明", "李鸣", [WrongWords("明", "鸣")]),
        ("同志", "", [WrongWords("同志", "")]),
        ("已完工", "已全部完工", [WrongWords("完", "全部完")]),
        ("", "", []),
    ],
)
def test_differing_words_are_whole_figures_and_occur_once(old: str, new: str, words: list[WrongWords]) -> None:
    differing = list(differing_words(PRINTED, with_text(old, new)))
    assert differing == words
    assert all("\n".join(PRINTED.lines).count(each.wrong) == 1 for each in differing)


def test_a_text_that_was_written_anew_has_few_proposals_and_added_lines_none() -> None:
    longer = Manuscript(PRINTED.title_lines, None, (*PRINTED.blocks, Paragraph("后来加的一段。")))
    assert differing_words(PRINTED, longer) == ()
    anew = Manuscript(("别的标题",), None, (Paragraph("春眠不觉晓处处闻啼鸟" * 30),))
    assert len(differing_words(PRINTED, anew)) <= 10
