"""What no eye sees is cut out of photographs, and the picture itself stays byte for byte."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from intake.read.pictures.metadata import without_metadata
from tests.support.photographs import SECRET, jpeg_of, landscape, png_of, quarters, saved


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_loses_place_and_camera_and_keeps_its_coefficients(progressive: bool) -> None:
    plain = saved(landscape(80, 60), "JPEG", quality=92, progressive=progressive)
    told = jpeg_of(landscape(80, 60), progressive=progressive)
    assert told.count(SECRET) >= 4
    assert without_metadata(told, "image/jpeg") == plain


def test_bytes_after_the_end_of_a_jpeg_are_cut_off() -> None:
    """Telephones append a film, or the photograph that was edited."""
    plain = saved(quarters(16, 16), "JPEG")
    assert without_metadata(plain + b"\0\0ftypmp42" + SECRET + plain, "image/jpeg") == plain


def test_jpeg_without_anything_to_cut_is_the_same_object() -> None:
    plain = saved(quarters(16, 16), "JPEG")
    assert without_metadata(plain, "image/jpeg") is plain


def test_colour_profile_and_adobes_mark_stay_and_other_segments_go() -> None:
    plain = saved(quarters(16, 16).convert("CMYK"), "JPEG", icc_profile=b"profile " * 20)
    others = [
        (0xE0, b"JFXX\0\x10thumbnail"),
        (0xE2, b"MPF\0rest"),
        (0xEB, b"JP rest"),
        (0xED, b"Photoshop 3.0\0"),
        (0xFE, b"by"),
    ]
    told = plain[:2] + b"".join(_segment(*other) for other in others) + plain[2:]
    kept = without_metadata(told, "image/jpeg")
    assert kept == plain
    assert b"ICC_PROFILE\0" in kept
    assert b"Adobe" in kept


def test_thumbnail_in_the_first_segment_of_a_jpeg_goes() -> None:
    """It may show what was cut off the picture later."""
    head = b"JFIF\0\x01\x01\x01\0\x48\0\x48"
    plain = saved(quarters(16, 16), "JPEG")
    rest = plain[2 + 18 :]
    told = b"\xff\xd8" + _segment(0xE0, head + b"\x02\x01" + SECRET[:6]) + rest
    assert without_metadata(told, "image/jpeg") == b"\xff\xd8" + _segment(0xE0, head + b"\0\0") + rest


def test_png_loses_its_texts_and_keeps_its_pixels() -> None:
    told = png_of(landscape(80, 60)) + SECRET
    kept = without_metadata(told, "image/png")
    assert kept == saved(landscape(80, 60), "PNG")
    assert all(chunk not in kept for chunk in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", SECRET))


def test_png_keeps_what_its_colours_and_size_need() -> None:
    image = quarters(8, 8).quantize(4)
    plain = saved(image, "PNG", transparency=0, dpi=(300, 300), icc_profile=b"profile")
    kept = without_metadata(plain, "image/png")
    assert kept is plain
    assert all(chunk in kept for chunk in (b"PLTE", b"tRNS", b"pHYs", b"iCCP"))


def test_chunks_that_are_unknown_are_cut_out_of_a_png() -> None:
    plain = saved(quarters(8, 8), "PNG")
    body = b"caBX" + SECRET
    chunk = struct.pack(">I", len(SECRET)) + body + struct.pack(">I", zlib.crc32(body))
    assert without_metadata(plain[:33] + chunk + plain[33:], "image/png") == plain


@pytest.mark.parametrize(("form", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_picture_cut_off_anywhere_is_refused(form: str, content_type: str) -> None:
    plain = saved(quarters(16, 16), form)
    for end in range(8, len(plain) - 1):
        with pytest.raises((ValueError, struct.error)):
            without_metadata(plain[:end], content_type)


def test_jpeg_of_endless_scans_is_refused() -> None:
    plain = saved(landscape(16, 16), "JPEG", progressive=True)
    at = plain.rindex(b"\xff\xda")
    with pytest.raises(ValueError, match="no end"):
        without_metadata(plain[:at] + plain[at:-2] * 200 + plain[-2:], "image/jpeg")
