from __future__ import annotations

import pytest

from programs.pdf_destinations import destinations
from tests.support.pdf import lines, pdf

_PAGES = (lines("第一页"), lines("第二页"))


def named(*places: tuple[str, int]) -> bytes:
    """A PDF of two pages with these names; each page is given as the number of its object."""
    names = " ".join(f"<{name.encode('utf-16').hex()}> [{page} 0 R /XYZ 0 0 0]" for name, page in places)
    return pdf(*_PAGES, catalog=f"/Names << /Dests << /Names [{names}] >> >>")


def test_each_name_has_its_page() -> None:
    assert destinations(named(("article1", 10), ("article2", 12))) == {"article1": 1, "article2": 2}


def test_name_without_a_page_is_left_out() -> None:
    assert destinations(named(("article1", 10), ("nowhere", 99))) == {"article1": 1}


@pytest.mark.parametrize("data", [pdf(*_PAGES), b"no pdf", b""])
def test_file_without_names_has_none(data: bytes) -> None:
    assert destinations(data) == {}
