"""Names below a letter, and words that look like names."""

from __future__ import annotations

import pytest

from service.by_mail.names import is_name


@pytest.mark.parametrize("word", ["王芳", "何平", "王可", "高翔", "马小云", "安然"])
def test_names(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize(
    "word",
    [
        "何时",
        "何时发",
        "马上",
        "方便吗",
        "高兴",
        "白天",
        "付印",
        "关掉",
        "王不",
        "张",
        "王芳芳芳",
        "Wang",
        "发签",
        "安排下",
        "段落乱",
    ],
)
def test_words_that_begin_with_a_surname(word: str) -> None:
    assert not is_name(word)
