"""What was changed before the articles: the 按语, the date, and what is not taken over."""

from __future__ import annotations

from datetime import date

import pytest

from intake.edited_file import EditedBlock
from service.edited_draft.front import FrontChanges, changed_lines, front_changes
from service.edited_draft.pieces import HouseStyles
from values.manuscript import Paragraph

DATED = date(2022, 11, 8)


def lines(*texts: str, style: str = "") -> list[EditedBlock]:
    return [EditedBlock(Paragraph(text), style or ("按语" if text.startswith("〔") else "简报报头")) for text in texts]


def changes(sent: list[EditedBlock], edited: list[EditedBlock], *note: str) -> FrontChanges:
    return front_changes(sent, edited, note, DATED, HouseStyles())


def test_same_front_changes_nothing_and_counted_pages_are_no_change() -> None:
    sent = lines("第70期", "推进改革\t？", "〔按〕请参阅。")
    assert changes(sent, lines("第70期", "推进改革\t2", "〔按〕请参阅。"), "请参阅。") == FrontChanges()


def test_note_is_taken_without_the_label_of_the_template() -> None:
    sent = lines("第70期", "〔按〕请参阅。")
    assert changes(sent, lines("第70期", "〔按〕请各单位参阅。", "〔二〕"), "请参阅。").note == (
        "请各单位参阅。",
        "〔二〕",
    )
    assert changes(sent, lines("第70期"), "请参阅。").note == ()


def test_note_is_known_by_its_label_and_by_its_words_where_it_has_no_style() -> None:
    new = lines("第70期", "【编者按】请参阅。", style="Normal")
    assert changes(lines("第70期", style="Normal"), new).note == ("请参阅。",)
    edited = lines("第70期", "【编者按】请各单位参阅。", style="Normal")
    assert changes(new, edited, "请参阅。").note == ("请各单位参阅。",)


@pytest.mark.parametrize(
    ("sent", "typed", "note"),
    [
        ("【编者按】 请 参阅。", "【编者按】请各单位参阅。", "请参阅。"),
        ("【编者按】请参阅。", "【编者按】：请各单位参阅。", "后来改过的按语。"),
        ("〔按〕请参阅。", "【编者按】请各单位参阅。", "请参阅。"),
        ("〔按〕请参阅。", "〔按〕请各单位参阅。", "后来改过的按语。"),
    ],
)
def test_label_is_none_of_the_note_whatever_was_typed_around_it(sent: str, typed: str, note: str) -> None:
    made = changes(lines(sent, style="按语"), lines(typed, style="按语"), note)
    assert made.note == ("请各单位参阅。",)


def test_label_that_the_editor_has_written_at_the_desk_stays() -> None:
    sent, typed = lines("【编者按】请参阅。", style="按语"), lines("【编者按】请各单位参阅。", style="按语")
    assert changes(sent, typed, "【编者按】请参阅。").note == ("【编者按】请各单位参阅。",)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("办公室\t2022年11月11日", date(2022, 11, 11)),
        ("办公室\t二〇二二年十二月一日", date(2022, 12, 1)),
        ("办公室\t2022年11月8日印", None),
    ],
)
def test_date_is_read_as_offices_print_it(line: str, day: date | None) -> None:
    made = changes(lines("办公室\t2022年11月8日"), lines(line))
    assert (made.dated, made.not_taken) == (day, () if day else (line,))


def test_changed_lines_of_the_imprint_are_named() -> None:
    assert changed_lines(lines("报：区长", "电话：1"), lines("报：区长", "电话：2")) == ("电话：2",)
