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


def test_symbols_that_fit_were_counted_beside_either_neighbour() -> None:
    model = language_model()
    assert model.fitting({"府", "治", "龘"}, "政", "\n") == {"府", "治"}
    assert "民" in model.fitting({"民"}, "龘", "政")
