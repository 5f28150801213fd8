"""What is usual in official prose, as the shipped counts have it."""

from __future__ import annotations

from intake.check.language.model import language_model


def test_set_phrases_were_counted_and_their_misspellings_were_not() -> None:
    model = language_model()
    assert model.log_count("人民政府") > 5
    assert model.log_count("人名政府") == 0.0
    assert model.log_count("人民正府") == 0.0


def test_longer_context_makes_a_character_more_probable() -> None:
    model = language_model()
    assert model.log_probability("人民政", "府") > model.log_probability("政", "府") > model.log_probability("", "府")


def test_context_reaches_no_further_than_a_boundary() -> None:
    model = language_model()
    assert model.log_probability("人民\n", "府") == model.log_probability("政法\n", "府")


def test_words_are_those_of_the_dictionary() -> None:
    model = language_model()
    assert model.is_word("机制")
    assert not model.is_word("机志")


def test_neighbours_of_a_symbol_were_counted_beside_it() -> None:
    model = language_model()
    assert {"府", "治"} <= model.followers("政")
    assert "政" in model.predecessors("府")
    assert "龘" not in model.followers("政") | model.predecessors("府")
    assert model.followers("龘") == frozenset()


def test_sequence_is_counted_where_it_occurred() -> None:
    model = language_model()
    assert [model.is_counted(sequence) for sequence in ("人民政", "人民政府", "人名政府")] == [True, True, False]


def test_pairs_within_three_counted_symbols_were_counted() -> None:
    """`suspicions` looks for three symbols only where it has the pairs."""
    model = language_model()
    prose = "\n全区各级各部门要压实工作责任，加强组织领导，确保各项措施落到实处。\n"
    triples = [prose[start : start + 3] for start in range(len(prose) - 2)]
    counted = [triple for triple in triples if model.is_counted(triple)]
    assert len(counted) > 10
    assert all(model.is_counted(triple[:2]) and triple[2] in model.followers(triple[1]) for triple in counted)


def test_triples_of_a_line_are_counted_as_one_by_one() -> None:
    model = language_model()
    text = "\n人民政府龘0年\n"
    expected = tuple(model.is_counted(text[start : start + 3]) for start in range(len(text) - 2))
    assert model.counted_triples(text) == expected
    assert expected.count(True) > 1
    assert model.counted_triples("人民") == ()
    model.forget()
    assert model.counted_triples(text) == expected
