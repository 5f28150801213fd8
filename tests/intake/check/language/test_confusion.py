"""Characters that are mistaken for each other by sound or by shape."""

from __future__ import annotations

import pytest

from intake.check.language.confusion import Confusion, Likeness, confusion


@pytest.mark.parametrize(("written", "meant"), [("智", "制"), ("镇", "振"), ("按", "安")])
def test_characters_of_the_same_sound_are_alternatives(written: str, meant: str) -> None:
    assert meant in confusion().alternatives(written)
    assert confusion().likeness(written, meant).same_sound


def test_characters_of_a_like_sound_are_alternatives() -> None:
    assert "民" in confusion().alternatives("名")
    likeness = confusion().likeness("名", "民")
    assert (likeness.same_sound, likeness.like_sound) == (False, True)


@pytest.mark.parametrize(("written", "meant"), [("很", "银"), ("己", "已"), ("未", "末")])
def test_characters_of_like_shape_are_alternatives(written: str, meant: str) -> None:
    assert meant in confusion().alternatives(written)
    assert confusion().likeness(written, meant).shape is not None


def test_sounds_that_are_not_distinguished_are_like_ones() -> None:
    tables = Confusion({"甲": ["zhen"], "乙": ["zeng"], "丙": ["lan"], "丁": ["nang"], "戊": ["wu"]}, {"甲": "戊"})
    assert tables.alternatives("甲") == {"乙", "戊"}
    assert tables.likeness("甲", "乙") == Likeness(False, True, None)
    assert tables.likeness("甲", "戊") == Likeness(False, False, 0)
    assert tables.alternatives("丙") == {"丁"}
    assert tables.likeness("丙", "丁") == Likeness(False, True, None)


def test_character_outside_the_tables_has_no_alternatives() -> None:
    assert confusion().alternatives("𠮷") == frozenset()


def test_reading_of_old_texts_alone_makes_no_same_sound() -> None:
    likeness = confusion().likeness("找", "化")
    assert (likeness.same_sound, likeness.like_sound) == (False, True)


@pytest.mark.parametrize(
    ("written", "meant", "places"),
    [("民政据", "民政局", (2,)), ("休育居", "体育局", (0, 2)), ("据局局", "局局区", ()), ("桦", "华", (0,))],
)
def test_misspelt_places_are_those_of_mistaken_characters(written: str, meant: str, places: tuple[int, ...]) -> None:
    assert confusion().misspelt_places(written, meant) == places
