"""What the author cropped away or turned, as the page shows it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from intake.read.docx.reader import read_docx
from tests.support.docx_reading import inline, omissions, p, pictures, png
from tests.support.photographs import (
    BLACK,
    BLUE,
    GREEN,
    RED,
    Colour,
    colours,
    corners,
    jpeg_of,
    png_of,
    quarters,
)
from tools.docx_builder import docx
from values.manuscript import Picture


def _vml(rid: str, style: str) -> str:
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="{rid}"/></v:shape></w:pict></w:r>'


def _only(data: bytes) -> Image.Image:
    """The one picture of a document, decoded."""
    [media] = read_docx(data).media
    return Image.open(io.BytesIO(media.data))


def test_cropped_part_of_a_picture_is_not_in_the_article_and_the_size_stays() -> None:
    crop = '<a:srcRect l="50000" b="50000"/>'
    data = docx(p(inline("rId9", crop=crop)), pictures={"rId9": png_of(quarters(40, 40))})
    assert [(each.width, each.height) for each in pictures(data)] == [(914_400, 457_200)]
    assert colours(_only(data)) == {GREEN}
    assert omissions(data) == {}


@pytest.mark.parametrize("fraction", ["0.5", ".5", "50%", "32768f"])
def test_old_pictures_crop_is_followed_too(fraction: str) -> None:
    shape = _vml("rId9", "width:72pt;height:36pt").replace("r:id", f'cropright="{fraction}" croptop="{fraction}" r:id')
    assert colours(_only(docx(p(shape), pictures={"rId9": png_of(quarters(40, 40))}))) == {BLUE}


@pytest.mark.parametrize("crop", ['l="60000" r="60000"', 't="100000"', 'l="-5" r="100001"'])
def test_crop_that_leaves_nothing_is_not_followed_and_the_letter_is_flagged(crop: str) -> None:
    data = docx(p(inline("rId9", crop=f"<a:srcRect {crop}/>")), pictures={"rId9": png()})
    assert len(pictures(data)) == 1
    assert omissions(data)["cropped-picture"][1] is True


def test_a_part_shown_in_two_crops_is_two_pictures_each_kept_once() -> None:
    def half(side: str) -> str:
        return inline("rId9", crop=f'<a:srcRect {side}="50000"/>')

    read = read_docx(docx(p(half("l") + half("r") + half("l")), pictures={"rId9": png_of(quarters(40, 40))}))
    first, second, third = (block.sha256 for block in read.blocks if isinstance(block, Picture))
    assert first == third != second
    assert [media.sha256 for media in read.media] == [first, second]


def _turned(transform: str) -> str:
    return inline("rId9").replace("<pic:spPr/>", f"<pic:spPr><a:xfrm {transform}/></pic:spPr>")


@pytest.mark.parametrize(
    ("transform", "top_left", "size"),
    [
        ('rot="5400000"', BLUE, (457_200, 914_400)),
        ('rot="10800000"', BLACK, (914_400, 457_200)),
        ('rot="-5400000"', GREEN, (457_200, 914_400)),
        ('flipH="1"', GREEN, (914_400, 457_200)),
        ('flipV="true"', BLUE, (914_400, 457_200)),
        ('rot="5400000" flipH="1"', BLACK, (457_200, 914_400)),
        ('rot="10800000" flipV="1"', GREEN, (914_400, 457_200)),
    ],
)
def test_picture_that_the_author_turned_is_turned(transform: str, top_left: Colour, size: tuple[int, int]) -> None:
    data = docx(p(_turned(transform)), pictures={"rId9": png_of(quarters(40, 20))})
    assert corners(_only(data))[0] == top_left
    assert [(each.width, each.height) for each in pictures(data)] == [size]
    assert omissions(data) == {}


@pytest.mark.parametrize(
    ("style", "top_left"), [("rotation:90", BLUE), ("rotation:-5898240fd", GREEN), ("flip:x", GREEN)]
)
def test_old_picture_that_the_author_turned_is_turned(style: str, top_left: Colour) -> None:
    shape = _vml("rId9", f"width:72pt;height:36pt;{style}")
    assert corners(_only(docx(p(shape), pictures={"rId9": png_of(quarters(40, 20))})))[0] == top_left


def test_tilted_picture_is_set_straight_with_a_remark() -> None:
    data = docx(p(_turned('rot="240000"')), pictures={"rId9": png_of(quarters(40, 20))})
    assert corners(_only(data)) == [RED, GREEN, BLUE, BLACK]
    assert omissions(data) == {"tilted-picture": ("有 1 张图片在原文中斜放，排版时放正。", False)}


def test_camera_orientation_is_not_followed_in_a_document() -> None:
    """As LibreOffice shows it, and Word, which writes a:xfrm rot for such a photograph when it is inserted."""
    photograph = jpeg_of(quarters(40, 20), orientation=6)
    data = docx(p(inline("rId9")), pictures={"rId9": photograph})
    assert corners(_only(data)) == [RED, GREEN, BLUE, BLACK]
    assert [(each.width, each.height) for each in pictures(data)] == [(914_400, 457_200)]
    turned = docx(p(_turned('rot="5400000"')), pictures={"rId9": photograph})
    assert corners(_only(turned))[0] == BLUE
