"""The fuzz program: the same seed makes the same letters, so that what failed once can be had again."""

from __future__ import annotations

from pathlib import Path

from programs.children import ChildLimits
from tests.fuzz import Case, Reader, all_seeds


def test_case_is_the_same_letter_whenever_it_is_made() -> None:
    first, second = ([all_seeds(None).case(70, number).letter() for number in range(12)] for _ in range(2))
    assert first == second
    assert len(set(first)) > 9


def test_damaged_letters_are_read_in_the_children_of_the_service(tmp_path: Path) -> None:
    seeds = all_seeds(None)
    with Reader(tmp_path) as reader:
        assert [reader.problem(seeds.case(70, number)) for number in range(10)] == [""] * 10
    assert list(tmp_path.iterdir()) == []


def test_letter_that_needs_too_much_is_a_problem(tmp_path: Path) -> None:
    long = b"From: a@example.org\nContent-Type: text/html\n\n" + b"<p>x" * 1_000_000
    with Reader(tmp_path, ChildLimits(seconds=0.05)) as reader:
        assert reader.problem(Case(0, long, b"", is_letter=True, steps=())) == "读信超过 0 秒"
