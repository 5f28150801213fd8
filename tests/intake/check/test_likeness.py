"""Which articles are like each other, and what the editor is shown of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.check.likeness import NEAR, IndexedText, TextIndex, TextMatch, differences, near_duplicate

PRINTED = (Path(__file__).parents[2] / "scenarios" / "01-printed-issue" / "expected.txt").read_text(encoding="utf-8")
PARAGRAPHS = [text for line in PRINTED.splitlines() if len(text := "".join(line.partition("|")[2].split())) > 150]


def index_of(*texts: str) -> TextIndex:
    index = TextIndex()
    for number, text in enumerate(texts):
        index.add(IndexedText(number, text))
    return index


def ids_like(index: TextIndex, words: str, *, least: float = NEAR, most: int = 9) -> list[int]:
    return [match.text.id for match in index.search(words, least=least, most=most)]


def test_a_paragraph_of_a_printed_issue_is_like_itself_with_some_edits_and_like_no_other() -> None:
    assert len(PARAGRAPHS) > 5
    printed = index_of(*PARAGRAPHS)
    for index, text in enumerate(PARAGRAPHS):
        edited = text.replace("全区", "章贡区")[:-5] + "。"
        assert ids_like(printed, edited) == [index]


def test_the_most_alike_comes_first() -> None:
    text = PARAGRAPHS[0]
    near, nearer = text[:-20], text[:-2]
    assert ids_like(index_of(near, nearer), text) == [1, 0]
    assert ids_like(index_of(near, nearer), text, most=1) == [1]


def test_text_shorter_than_a_sequence_of_the_sketch_is_like_none() -> None:
    assert ids_like(index_of("工作通报。"), "工作通报。") == []


@pytest.mark.parametrize("length", [60, 240, 479, 480, 1_000])
def test_text_that_shares_half_of_its_sentences_with_another_is_like_it(length: int) -> None:
    """Below and above the length from which only some of the sequences are hashed."""
    text, other = "".join(PARAGRAPHS)[:length], chr(0x3400) * (length // 2)
    assert ids_like(index_of(text), text[: length // 2] + other, least=49) == [0]
    assert ids_like(index_of(text), text[: length // 2] + other) == []


def test_a_later_text_of_an_article_takes_the_place_of_the_earlier() -> None:
    index = index_of()
    index.add(IndexedText(1, PARAGRAPHS[0]))
    index.add(IndexedText(1, PARAGRAPHS[1]))
    assert (ids_like(index, PARAGRAPHS[0]), ids_like(index, PARAGRAPHS[1])) == ([], [1])


def test_removed_article_is_found_no_more() -> None:
    printed = index_of(*PARAGRAPHS[:2])
    printed.remove(0)
    assert (ids_like(printed, PARAGRAPHS[0]), ids_like(printed, PARAGRAPHS[1])) == ([], [1])


def test_differences_show_the_changed_words_with_some_around_them() -> None:
    before = "坚持安全第一。" + "兑现稳岗返还、技能培训等补助资金 4912.5 万元，惠及企业 320 家。" + "群众满意。"
    after = before.replace("4912.5", "4921.5").replace("群众满意。", "")
    assert differences(before, after) == (
        "原“兑现稳岗返还、技能培训等补助资金 4912.5 万元，惠及企业 320 家。群众…”，"
        "现“兑现稳岗返还、技能培训等补助资金 4921.5 万元，惠及企业 320 家。”",
    )


@pytest.mark.parametrize(("other", "percent"), [(PARAGRAPHS[0], "100%"), (PARAGRAPHS[0] + "。", "99%")])
def test_only_the_same_words_are_a_hundred_per_cent_alike(other: str, percent: str) -> None:
    note = near_duplicate(TextMatch(IndexedText(1, other, "稿件 1"), 99.9), PARAGRAPHS[0])
    assert percent in note.clause
