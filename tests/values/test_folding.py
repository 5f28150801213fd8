"""What is found is shown: where it stands, as it was written, with the place marked."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from values.folding import ExcerptPiece, excerpt, fold, words_of_query

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)


def marked(text: str, *words: str, around: int = 30) -> list[str]:
    return [piece.text for piece in excerpt(text, words, around=around) if piece.marked]


def shown(text: str, *words: str, around: int = 30) -> str:
    return "".join(piece.text for piece in excerpt(text, words, around=around))


def test_width_case_and_accents_do_not_matter() -> None:
    assert fold("ＡＢＣ２０２２①ﬁ") == "abc20221fi"
    assert fold("é") == fold("e\u0301")
    assert fold("Straße") == fold("STRASSE")


def test_every_character_is_folded_by_itself() -> None:
    for number in (*range(1, 0xD800), *range(0xE000, 0x30000)):
        character = chr(number)
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
        assert fold(f"镇{character}镇") == f"镇{decomposed}镇"


@given(TEXTS, TEXTS)
def test_texts_joined_fold_to_their_folds_joined(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


def test_excerpt_shows_the_place_with_what_stands_around_it() -> None:
    text = "前" * 50 + "普惠金融" + "后" * 50
    assert excerpt(text, ["普惠金融"], around=3) == (
        ExcerptPiece("…"),
        ExcerptPiece("前前前"),
        ExcerptPiece("普惠金融", marked=True),
        ExcerptPiece("后后后"),
        ExcerptPiece("…"),
    )


def test_every_word_in_the_excerpt_is_marked_and_the_text_stays_as_it_was_written() -> None:
    assert marked("共２０２２笔……ＡＢＣ银行", "abc", "2022") == ["２０２２", "ＡＢＣ"]
    assert shown("共２０２２笔……ＡＢＣ\n银行", "abc") == "共２０２２笔……ＡＢＣ 银行"


def test_a_word_that_is_part_of_a_character_marks_all_of_it() -> None:
    assert marked("见附件㈱和①", "株") == ["㈱"]


def test_without_any_word_the_beginning_is_shown() -> None:
    assert excerpt("一二三四五六", ["没有"], around=2) == (ExcerptPiece("一二三"), ExcerptPiece("…"))
    assert excerpt("", ["没有"]) == ()


def test_markup_is_text() -> None:
    assert excerpt("<b>甲</b>", ["甲"]) == (ExcerptPiece("<b>"), ExcerptPiece("甲", marked=True), ExcerptPiece("</b>"))


@given(TEXTS.filter(lambda text: "\0" not in text), st.data())
def test_any_piece_is_marked_in_its_text(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    words = words_of_query(text[begin : data.draw(st.integers(begin, len(text)))])
    pieces = excerpt(text, words, around=100)
    assert "".join(piece.text for piece in pieces) == text.replace("\n", " ").replace("\t", " ")
    assert any(piece.marked for piece in pieces) == bool(words)
    assert all(any(piece.marked and fold(piece.text) for piece in pieces) for _ in words)
