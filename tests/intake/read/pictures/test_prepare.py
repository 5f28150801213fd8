"""Any picture becomes one that prints, or a reason."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.read.pictures.display import PictureDisplay, crop_of
from intake.read.pictures.prepare import UnprintablePicture, prepare, upright
from tests.support.photographs import (
    BLACK,
    BLUE,
    GREEN,
    RED,
    SECRET,
    Colour,
    corners,
    exif,
    jpeg_of,
    landscape,
    png_of,
    quarters,
    saved,
)
from tests.support.prepared_pictures import image, ready

_MM = 36_000
_UPRIGHT = [RED, GREEN, BLUE, BLACK]


def unfit(data: bytes) -> str:
    made = prepare(data, PictureDisplay())
    assert isinstance(made, UnprintablePicture), made
    return made.rule.name


@pytest.mark.parametrize("data", [saved(landscape(300, 200), "JPEG"), saved(quarters(300, 200), "PNG")])
def test_picture_that_needs_nothing_is_kept_byte_for_byte(data: bytes) -> None:
    assert ready(data, PictureDisplay(100 * _MM, 66 * _MM)).media.data is data


def test_photograph_is_not_encoded_again_to_lose_its_metadata() -> None:
    made = ready(jpeg_of(landscape(300, 200)), PictureDisplay(100 * _MM, 66 * _MM))
    assert made.media.data == saved(landscape(300, 200), "JPEG", quality=92)


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, [RED, GREEN, BLUE, BLACK]),
        (2, [GREEN, RED, BLACK, BLUE]),
        (3, [BLACK, BLUE, GREEN, RED]),
        (4, [BLUE, BLACK, RED, GREEN]),
        (5, [RED, BLUE, GREEN, BLACK]),
        (6, [BLUE, RED, BLACK, GREEN]),
        (7, [BLACK, GREEN, BLUE, RED]),
        (8, [GREEN, BLACK, RED, BLUE]),
        (9, [RED, GREEN, BLUE, BLACK]),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_photograph_is_set_upright_as_the_camera_was_held(form: str, orientation: int, expected: list[Colour]) -> None:
    told = exif(orientation)
    if form == "TIFF":  # it cannot be given a place this way
        del told[0x8825]
    data = saved(quarters(60, 40), form, exif=told)
    made = ready(data, PictureDisplay(orientation=upright(data)))
    assert corners(image(made)) == expected
    sideways = 5 <= orientation <= 8
    assert (made.picture.width > made.picture.height) is not sideways
    assert SECRET not in made.media.data


def test_large_photograph_is_scaled_to_what_print_needs() -> None:
    made = ready(saved(landscape(4_000, 3_000), "JPEG", quality=95), PictureDisplay(100 * _MM, 75 * _MM))
    assert image(made).size == (1_181, 886)  # 100 mm at 300 dots an inch
    assert corners(image(made)) == _UPRIGHT
    assert (made.picture.width, made.picture.height) == (100 * _MM, 75 * _MM)


def test_picture_wider_than_the_page_needs_no_more_than_the_page() -> None:
    data = saved(quarters(4_000, 1_000), "PNG")
    assert image(ready(data, PictureDisplay(400 * _MM, 100 * _MM))).width == 1_843  # 156 mm at 300 dots an inch


def test_turned_picture_is_scaled_by_the_side_that_lies_across_the_page() -> None:
    data = saved(quarters(6_000, 1_500), "PNG")
    assert image(ready(data, PictureDisplay(400 * _MM, 100 * _MM, orientation=6))).size == (591, 2_362)  # 200 mm high


def test_picture_a_little_finer_than_print_is_left_alone() -> None:
    data = saved(landscape(1_700, 1_200), "JPEG")
    assert ready(data, PictureDisplay(100 * _MM, 70 * _MM)).media.data is data  # 432 dots an inch


def _png(width: int, height: int, idat: bytes, *, depth: int = 1) -> bytes:
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)), (b"IDAT", idat), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


_NOTHING = zlib.compress(bytes(100_000_000))
_BOMBS = {
    "png head": _png(60_000, 60_000, b""),
    "png body": _png(60_000, 60_000, _NOTHING),
    "gif frame": b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x08\x01\0\0;",
    "webp": b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\0\xff\xff\0",
    "tiff": b"II*\0" + struct.pack("<IHHHIIHHII", 8, 2, 256, 4, 1, 60_000, 257, 4, 1, 60_000) + bytes(4),
    "jpeg": saved(quarters(16, 16), "JPEG").replace(b"\x08\0\x10\0\x10\x03", b"\x08\xea\x60\xea\x60\x03"),
}


@pytest.mark.parametrize("bomb", _BOMBS)
def test_flood_of_pixels_is_recognised_by_its_head(bomb: str) -> None:
    assert unfit(_BOMBS[bomb]) == "huge-picture"


def test_head_that_lies_about_a_flood_is_damaged() -> None:
    """The body unpacks to 100 MB; only the lines that the head tells are taken."""
    made = prepare(_png(100, 100, _NOTHING), PictureDisplay())
    assert isinstance(made, UnprintablePicture) or len(made.media.data) < 1_000_000


_WHOLE = [
    jpeg_of(landscape(64, 48)),
    jpeg_of(landscape(64, 48), progressive=True),
    png_of(quarters(64, 48)),
    saved(landscape(64, 48), "TIFF", compression="tiff_lzw"),
    saved(quarters(64, 48), "GIF", save_all=True, append_images=[quarters(64, 48).rotate(90)]),
    saved(landscape(64, 48), "WEBP"),
    saved(quarters(64, 48), "BMP"),
]


@settings(max_examples=300, deadline=None)
@given(data=st.data(), whole=st.sampled_from(_WHOLE))
def test_damaged_picture_is_a_picture_or_a_reason_and_never_an_error(data: st.DataObject, whole: bytes) -> None:
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 8)) if broken else 0):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    made = prepare(
        bytes(broken), PictureDisplay(crop=crop_of(10_000, 0, 0, 5_000), orientation=data.draw(st.integers(1, 8)))
    )
    if isinstance(made, UnprintablePicture):
        assert made.rule.name in ("damaged-picture", "huge-picture", "picture-format")
    else:
        image(made)
    assert upright(bytes(broken)) in range(1, 9)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    prepare(data, PictureDisplay())
    upright(data)


@pytest.mark.parametrize("whole", _WHOLE)
def test_picture_cut_off_in_its_first_third_is_damaged(whole: bytes) -> None:
    assert unfit(whole[: len(whole) // 3]) == "damaged-picture"
