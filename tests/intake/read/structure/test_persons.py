"""Names of persons by their surnames."""

from __future__ import annotations

import pytest

from intake.read.structure.persons import is_person


@pytest.mark.parametrize("name", ["张敏", "刘建军", "欧阳小敏", "李喆"])
def test_usual_names_are_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("text", ["基本情况", "主要做法", "", "欧小敏敏", "张敏建军"])
def test_headings_and_longer_words_are_none(text: str) -> None:
    assert not is_person(text)
