"""Decoding, scaling and encoding pictures, damaged and hostile ones too."""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from intake.read.pictures.display import PictureDisplay, crop_of
from intake.read.pictures.prepare import prepare
from tests.support.photographs import (
    BLACK,
    BLUE,
    GREEN,
    RED,
    corners,
    landscape,
    quarters,
    saved,
)
from tests.support.prepared_pictures import image, ready
from values import rules

_MM = 36_000


_UPRIGHT = [RED, GREEN, BLUE, BLACK]


def test_crop_of_a_photograph_lets_nothing_through_when_it_is_scaled() -> None:
    data = saved(quarters(4_000, 3_000), "JPEG", quality=95)
    seen = image(ready(data, PictureDisplay(20 * _MM, 15 * _MM, crop=crop_of(50_500, 50_500, 0, 0))))
    assert max(seen.convert("L").tobytes()) < 8
    assert corners(seen) == [BLACK] * 4


def test_thin_strip_of_a_large_photograph_shows_nothing_else() -> None:
    """At a quarter of the size no whole pixel of it would be left."""
    wall = Image.new("RGB", (4_000, 300), RED)
    wall.paste(BLUE, (3_984, 0, 4_000, 300))
    made = ready(saved(wall, "JPEG", subsampling=0), PictureDisplay(700, 5_000, crop=crop_of(99_828, 0, 27, 0)))
    reds = image(made).convert("RGB").getchannel("R").tobytes()
    assert max(reds) < 40
    assert made.remarks == ()


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (saved(quarters(60, 40), "BMP"), "image/png"),
        (saved(quarters(60, 40), "GIF"), "image/png"),
        (saved(quarters(60, 40), "TIFF"), "image/png"),
        (saved(quarters(60, 40), "TIFF", compression="tiff_lzw"), "image/png"),
        (saved(quarters(60, 40).convert("CMYK"), "TIFF"), "image/png"),
        (saved(quarters(60, 40).quantize(16), "TIFF"), "image/png"),
        (saved(quarters(60, 40), "WEBP", lossless=True), "image/png"),
        (saved(landscape(200, 150), "WEBP", quality=80), "image/jpeg"),
        (saved(landscape(200, 150), "AVIF", quality=95), "image/jpeg"),
        (saved(landscape(200, 150), "BMP"), "image/jpeg"),
        (saved(landscape(200, 150), "TIFF"), "image/jpeg"),
        (saved(landscape(200, 150).convert("CMYK"), "TIFF"), "image/jpeg"),
        (saved(landscape(200, 150).convert("CMYK"), "JPEG", quality=95), "image/jpeg"),
    ],
)
def test_other_formats_become_png_or_jpeg_whichever_suits(data: bytes, content_type: str) -> None:
    made = ready(data)
    assert made.media.content_type == content_type
    assert image(made).mode == "RGB"
    assert corners(image(made)) == _UPRIGHT


def test_transparency_stays() -> None:
    clear = quarters(60, 40).convert("RGBA")
    clear.putpixel((0, 0), (9, 9, 9, 0))
    seen = image(ready(saved(clear, "WEBP", lossless=True, exact=True)))
    assert (seen.format, seen.mode) == ("PNG", "RGBA")
    assert seen.getpixel((0, 0)) == (9, 9, 9, 0)


@pytest.mark.parametrize("order", ["<", ">"])
def test_16_bits_of_grey_become_8(order: str) -> None:
    body = struct.pack(f"{order}4H", 0, 0x4000, 0x8000, 0xFFFF)
    entries = [
        (256, 4, 4),
        (257, 4, 1),
        (258, 3, 16),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, 1),
        (279, 4, 8),
    ]
    directory = struct.pack(f"{order}H", len(entries))
    for tag, form, value in entries:
        directory += struct.pack(f"{order}HHI", tag, form, 1) + struct.pack(
            f"{order}{'HH' if form == 3 else 'I'}", *([value, 0] if form == 3 else [value])
        )
    magic = b"II*\0" if order == "<" else b"MM\0*"
    seen = image(ready(magic + struct.pack(f"{order}I", 16) + body + directory + bytes(4)))
    assert list(seen.tobytes()) == [0, 0x40, 0x80, 0xFF]


def test_film_gives_its_first_frame_and_a_remark() -> None:
    frames = {"save_all": True, "append_images": [Image.new("RGB", (60, 40), GREEN)]}
    for form in ("GIF", "WEBP", "PNG", "AVIF"):
        made = ready(saved(quarters(60, 40), form, **frames))
        assert (corners(image(made)), made.remarks) == (_UPRIGHT, (rules.ANIMATED_PICTURE,))
        assert not getattr(image(made), "is_animated", False)


def test_scan_of_several_pages_gives_the_first_and_reports_it() -> None:
    made = ready(saved(quarters(60, 40), "TIFF", save_all=True, append_images=[Image.new("RGB", (60, 40), GREEN)]))
    assert (corners(image(made)), made.remarks) == (_UPRIGHT, (rules.PICTURE_PAGES,))


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


_FORTY_MEGAPIXELS = """
import io, resource, sys
from PIL import Image
from intake.read.pictures.prepare import PreparedPicture, prepare
from intake.read.pictures.display import PictureDisplay
import intake.reading
form, mode = sys.argv[1:]
out = io.BytesIO()
picture = Image.new(mode, (8_000, 5_000), 1)
picture.save(out, form, progressive=True, compress_level=1, method=0)
del picture
resource.setrlimit(resource.RLIMIT_AS, (768 << 20, 768 << 20))
made = prepare(out.getvalue(), PictureDisplay(156 * 36_000, 97 * 36_000, orientation=6))
assert isinstance(made, PreparedPicture), made
"""


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("TIFF", "CMYK"), ("TIFF", "F"), ("WEBP", "RGB")]
)
def test_forty_megapixels_fit_into_the_reading_childs_memory(form: str, mode: str) -> None:
    done = subprocess.run([sys.executable, "-c", _FORTY_MEGAPIXELS, form, mode], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2_000:]


def test_a_bomb_costs_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for data in _BOMBS.values():
        prepare(data, PictureDisplay())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KB
