from __future__ import annotations

import pytest

from programs.ofd.xml_text import attribute, number, numbers, steps, text


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0"), (-0.00001, "0"), (210.0, "210"), (5.64444, "5.6444"), (-1.5, "-1.5"), (1e-4, "0.0001")],
)
def test_number_has_at_most_four_digits_after_the_point(value: float, written: str) -> None:
    assert number(value) == written


def test_numbers_are_separated_by_spaces() -> None:
    assert numbers(1, 2.5, -0.0) == "1 2.5 0"


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([], ""),
        ([4.2], "4.2"),
        ([4.2, 4.2], "4.2 4.2"),
        ([4.2, 4.2, 4.20001], "g 3 4.2"),
        ([1, 2, 2, 2, 1], "1 g 3 2 1"),
    ],
)
def test_steps_of_one_length_are_grouped(values: list[float], written: str) -> None:
    assert steps(values) == written


def test_characters_that_xml_forbids_are_replaced_and_others_escaped() -> None:
    assert text("甲<乙>&\x00\x0b\ufffe") == "甲&lt;乙&gt;&amp;\ufffd\ufffd\ufffd"
    assert attribute('a"b') in ("'a\"b'", '"a&quot;b"')
