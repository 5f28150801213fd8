from __future__ import annotations

import io

import pytest
from PIL import Image

from programs.pdf_pages import page_as_webp, page_count, pages_as_png
from tests.support.pdf import lines, pdf

THREE_PAGES = pdf(lines("第一页"), lines("第二页"), lines("第三页"))


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


@pytest.mark.parametrize(("data", "pages"), [(THREE_PAGES, 3), (b"no pdf", 0), (b"", 0)])
def test_pages_are_counted(data: bytes, pages: int) -> None:
    assert page_count(data) == pages


def test_page_as_webp_has_the_wanted_width() -> None:
    picture = page_as_webp(THREE_PAGES, 2, 500)
    assert picture[:4] + picture[8:12] == b"RIFFWEBP"
    assert size_of(picture)[0] == 500


def test_pages_as_png_begin_where_they_are_wanted_and_end_with_the_file() -> None:
    made = pages_as_png(THREE_PAGES, 2, 9)
    assert (made.pages, len(made.pngs)) == (3, 2)
    assert size_of(made.pngs[0]) == (910, 1287)  # A4 at 110 dots an inch


@pytest.mark.parametrize(("first", "most", "count"), [(0, 1, 0), (1, 1, 1), (4, 1, 0), (-5, 9, 3)])
def test_pages_outside_the_file_are_left_out(first: int, most: int, count: int) -> None:
    assert len(pages_as_png(THREE_PAGES, first, most).pngs) == count


def test_large_page_is_drawn_smaller() -> None:
    poster = pdf(lines("海报"), page="/MediaBox [0 0 4000 4000]")
    (picture,) = pages_as_png(poster, 1, 1).pngs
    width, height = size_of(picture)
    assert width * height <= 3_010_000


def test_damaged_file_has_no_pages() -> None:
    made = pages_as_png(b"no pdf", 1, 3)
    assert (made.pages, made.pngs) == (0, ())
