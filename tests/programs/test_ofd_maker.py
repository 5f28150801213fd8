"""OFDs are made in a confined child, with and without Landlock; what it answers is checked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from programs import child_server
from programs.ofd.doubt import Doubt, OfdMade, PicturedPage
from programs.ofd_maker import OfdNotMade, check_ofd, make_ofd
from tests.support.embedded_fonts import pdf_with_font
from tests.support.pdf import lines, pdf

DAY = date(2022, 11, 8)
CONTENT = "BT /F1 40 Tf 100 600 Td <00010002> Tj ET"


@pytest.mark.parametrize("landlock", [None, False], ids=["as this machine has it", "no file can be opened"])
def test_ofd_is_made_in_a_child(landlock: bool | None) -> None:
    made = make_ofd(pdf_with_font(CONTENT), DAY, (), landlock=landlock)
    assert (made.pages, made.pictured) == (1, ())
    assert made == make_ofd(pdf_with_font(CONTENT), DAY, (), landlock=landlock)


def test_pages_that_are_pictures_are_named() -> None:
    made = make_ofd(pdf(lines("第一页"), ""), DAY, ())
    assert made.pictured == (PicturedPage(1, (Doubt.FONT_MISSING,)),)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(OfdNotMade, match="不能转换"):
        make_ofd(b"no pdf", DAY, ())


@pytest.mark.parametrize(
    "answer",
    [
        OfdMade(b"no zip", 1),
        OfdMade(b"PK\x03\x04", 1, (PicturedPage(2, (Doubt.IMAGE,)),)),
        OfdMade(b"PK\x03\x04", 2, (PicturedPage(2, (Doubt.IMAGE,)), PicturedPage(1, (Doubt.IMAGE,)))),
        OfdMade(b"PK\x03\x04", 1, (PicturedPage(1, ()),)),
    ],
)
def test_answer_that_no_ofd_of_ours_gives_is_refused(answer: OfdMade) -> None:
    with pytest.raises(ValueError):
        check_ofd(answer)


def test_two_threads_make_ofds_and_no_process_stays() -> None:
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda _: make_ofd(pdf_with_font(CONTENT), DAY, ()), range(3)))
    assert made[0] == made[1] == made[2]
    assert not [key for key in child_server._servers if "programs.ofd_maker" in key]
