"""Format and size of pictures by their header."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake.parse.picture_kinds import UNKNOWN_TYPE, PictureKind, picture_kind


def drawn(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (31, 17)).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_size_of_each_format_is_read(form: str) -> None:
    assert picture_kind(drawn(form)) == PictureKind(f"image/{form.lower()}", 31, 17)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
        (b"\xff\xff\xff\xffftypavif", "image/avif"),
        (b"\x01\0\0\0" + bytes(36) + b" EMF", "image/emf"),
        (b"\xd7\xcd\xc6\x9a", "image/wmf"),
        (b"<?xml version='1.0'?><svg/>", "image/svg+xml"),
        (b"text", UNKNOWN_TYPE),
        (b"", UNKNOWN_TYPE),
    ],
)
def test_formats_without_a_size_are_named(data: bytes, content_type: str) -> None:
    assert picture_kind(data) == PictureKind(content_type)


def test_picture_with_a_cut_header_is_unknown() -> None:
    assert picture_kind(drawn("PNG")[:20]) == PictureKind(UNKNOWN_TYPE)


def test_picture_stored_from_the_top_has_a_positive_height() -> None:
    assert picture_kind(b"BM" + bytes(12) + struct.pack("<Iii", 40, 9, -5)) == PictureKind("image/bmp", 9, 5)


@given(st.sampled_from(["PNG", "JPEG", "TIFF", "WEBP"]), st.integers(0, 80), st.binary(max_size=8))
def test_damaged_header_raises_nothing(form: str, at: int, over: bytes) -> None:
    data = drawn(form)
    assert isinstance(picture_kind(data[:at] + over + data[at + len(over) :]), PictureKind)
