"""Which articles are like each other, and what the editor is shown of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.check.likeness import Known, Likeness, Shelf, differences, near_duplicate

PRINTED = (Path(__file__).parents[2] / "scenarios" / "01-printed-issue" / "expected.txt").read_text(encoding="utf-8")
PARAGRAPHS = [text for line in PRINTED.splitlines() if len(text := "".join(line.partition("|")[2].split())) > 150]


def shelf(*texts: str) -> Shelf:
    shelf = Shelf()
    for index, text in enumerate(texts):
        shelf.put(Known(index, text, f"稿件 {index}"))
    return shelf


def found(shelf: Shelf, text: str) -> list[int]:
    return [one.known.id for one in shelf.like(text)]


def test_a_paragraph_of_a_printed_issue_is_like_itself_with_some_edits_and_like_no_other() -> None:
    assert len(PARAGRAPHS) > 5
    printed = shelf(*PARAGRAPHS)
    for index, text in enumerate(PARAGRAPHS):
        edited = text.replace("全区", "章贡区")[:-5] + "。"
        assert found(printed, edited) == [index]


def test_the_most_alike_comes_first() -> None:
    text = PARAGRAPHS[0]
    near, nearer = text[:-20], text[:-2]
    assert found(shelf(near, nearer), text) == [1, 0]


def test_a_text_too_short_to_tell_is_like_none() -> None:
    assert found(shelf("工作通报。"), "工作通报。") == []


def test_a_later_text_of_an_article_takes_the_place_of_the_earlier() -> None:
    shelf = Shelf()
    shelf.put(Known(1, PARAGRAPHS[0], "稿件 1"))
    shelf.put(Known(1, PARAGRAPHS[1], "稿件 1"))
    assert (found(shelf, PARAGRAPHS[0]), found(shelf, PARAGRAPHS[1])) == ([], [1])


def test_an_article_taken_off_the_shelf_is_found_no_more() -> None:
    printed = shelf(*PARAGRAPHS[:2])
    printed.take_off(0)
    assert (found(printed, PARAGRAPHS[0]), found(printed, PARAGRAPHS[1])) == ([], [1])


def test_differences_show_the_changed_words_with_some_around_them() -> None:
    before = "坚持安全第一。" + "兑现稳岗返还、技能培训等补助资金 4912.5 万元，惠及企业 320 家。" + "群众满意。"
    after = before.replace("4912.5", "4921.5").replace("群众满意。", "")
    assert differences(before, after) == (
        "原“兑现稳岗返还、技能培训等补助资金 4912.5 万元，惠及企业 320 家。群众…”，"
        "现“兑现稳岗返还、技能培训等补助资金 4921.5 万元，惠及企业 320 家。”",
    )


@pytest.mark.parametrize(("other", "percent"), [(PARAGRAPHS[0], "100%"), (PARAGRAPHS[0] + "。", "99%")])
def test_only_the_same_words_are_a_hundred_per_cent_alike(other: str, percent: str) -> None:
    finding = near_duplicate(Likeness(Known(1, other, "稿件 1"), 99.9), PARAGRAPHS[0])
    assert percent in finding.message
