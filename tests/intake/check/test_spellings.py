"""A person whose name an article writes in two ways."""

from __future__ import annotations

import pytest

from tests.support.proofs import words


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("村支部书记李卫东带头捐款。", "在李卫冬书记的带动下，村民踊跃参与。"), ["李卫冬"]),
        (("网格员张晓燕入户。张小燕来了。张小燕又来了。",), ["张晓燕"]),
        (("书记李卫东带头捐款，主任李卫红组织捐物。",), []),
        (("村支部书记李卫东带头捐款。李卫东书记说。",), []),
        (("各级书记高度重视，高度众多。",), []),
    ],
)
def test_rarer_or_later_spelling_is_pointed_at(lines: tuple[str, ...], expected: list[str]) -> None:
    assert words(*lines, rule="two-spellings") == expected
