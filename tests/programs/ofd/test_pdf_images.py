from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from programs.ofd.pdf_images import UnreadableImage, image_file
from tests.support.photographs import jpeg_of

SIZE = b"\xff\xc0\x00\x11\x08"
"""Of a baseline JPEG: its height and width follow."""
HUGE_JPEG = jpeg_of(Image.new("RGB", (8, 8))).replace(SIZE + b"\0\x08\0\x08", SIZE + b"\xff" * 4)


def an_image(data: bytes, width: int, height: int, space: object, *, bits: int = 8, name: str = "") -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Width")] = NumberObject(width)
    stream[NameObject("/Height")] = NumberObject(height)
    stream[NameObject("/BitsPerComponent")] = NumberObject(bits)
    stream[NameObject("/ColorSpace")] = space if isinstance(space, ArrayObject) else NameObject(space)
    if name:
        stream[NameObject("/Filter")] = NameObject(name)
    return stream


def pixels(stream: StreamObject) -> list[object]:
    picture = Image.open(io.BytesIO(image_file(stream).data))
    return [picture.mode, *(picture.getpixel((x, y)) for y in range(picture.height) for x in range(picture.width))]


def test_jpeg_is_taken_as_it_is() -> None:
    data = jpeg_of(Image.new("RGB", (8, 8), "red"))
    file = image_file(an_image(data, 8, 8, "/DeviceRGB", name="/DCTDecode"))
    assert (file.data, file.extension) == (data, "jpg")


def test_samples_become_png() -> None:
    assert pixels(an_image(b"\x01\x02\x03\xff\x00\x80", 2, 1, "/DeviceRGB")) == ["RGB", (1, 2, 3), (255, 0, 128)]
    assert pixels(an_image(b"\x00\x80\xff\x10", 2, 2, "/DeviceGray")) == ["L", 0, 128, 255, 16]
    assert pixels(an_image(b"\xa0\x40", 3, 2, "/DeviceGray", bits=1)) == ["L", 255, 0, 255, 0, 255, 0]
    palette = ByteStringObject(b"\x00\x00\x00\xff\x00\x00")
    space = ArrayObject([NameObject("/Indexed"), NameObject("/DeviceRGB"), NumberObject(1), palette])
    assert pixels(an_image(b"\x80", 2, 1, space, bits=1)) == ["RGB", (255, 0, 0), (0, 0, 0)]


@pytest.mark.parametrize(("decode", "alphas"), [(None, (0, 255)), ((0, 1), (0, 255)), ((1, 0), (255, 0))])
def test_mask_becomes_transparency(decode: tuple[int, int] | None, alphas: tuple[int, int]) -> None:
    picture, mask = an_image(b"\x07\x07", 2, 1, "/DeviceGray"), an_image(b"\x00\xff", 2, 1, "/DeviceGray")
    if decode is not None:
        mask[NameObject("/Decode")] = ArrayObject([FloatObject(level) for level in decode])
    picture[NameObject("/SMask")] = mask
    assert pixels(picture) == ["RGBA", *((7, 7, 7, alpha) for alpha in alphas)]


@pytest.mark.parametrize(
    "stream",
    [
        an_image(b"", 2, 2, "/DeviceRGB"),
        an_image(b"\x00" * 4, 1, 1, "/DeviceCMYK"),
        an_image(b"\x00" * 6, 1, 1, "/DeviceRGB", bits=16),
        an_image(b"\x00", 0, 1, "/DeviceGray"),
        an_image(b"\x00", 100_000, 100_000, "/DeviceGray"),
        an_image(b"no jpeg", 8, 8, "/DeviceRGB", name="/DCTDecode"),
        an_image(zlib.compress(b""), 8, 8, "/DeviceRGB", name="/JPXDecode"),
        an_image(HUGE_JPEG, 8, 8, "/DeviceRGB", name="/DCTDecode"),
    ],
    ids=["short", "cmyk", "16 bits", "no width", "huge", "no jpeg", "jpeg 2000", "lying jpeg"],
)  # fmt: skip
def test_other_pictures_are_refused(stream: StreamObject) -> None:
    with pytest.raises(UnreadableImage):
        image_file(stream)
