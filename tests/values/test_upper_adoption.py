"""How a list words what a paper of a higher level did with an article."""

from __future__ import annotations

import pytest

from values.upper_adoption import AdoptedAs, adopted_as_in


@pytest.mark.parametrize(
    ("text", "adopted_as"),
    [
        ("全文采用", AdoptedAs.FULL),
        ("单篇", AdoptedAs.FULL),
        ("综合采用", AdoptedAs.COMBINED),
        ("摘要", AdoptedAs.SUMMARY),
        ("简讯", AdoptedAs.SUMMARY),
        ("", AdoptedAs.UNSAID),
        ("第12期", AdoptedAs.UNSAID),
    ],
)
def test_words_of_lists(text: str, adopted_as: AdoptedAs) -> None:
    assert adopted_as_in(text) is adopted_as
    assert adopted_as_in(adopted_as.chinese) is adopted_as
