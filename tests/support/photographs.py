"""Pictures made with Pillow: a colour in each corner, and the metadata of cameras and editors."""

from __future__ import annotations

import io
from random import Random
from typing import Final, TypeAlias

from PIL import Image, PngImagePlugin

Colour: TypeAlias = tuple[int, int, int]
RED: Final[Colour] = (255, 0, 0)
GREEN: Final[Colour] = (0, 255, 0)
BLUE: Final[Colour] = (0, 0, 255)
BLACK: Final[Colour] = (0, 0, 0)
SECRET: Final = b"SecretCamera-E114.9352"


def quarters(width: int, height: int) -> Image.Image:
    """Red top left, green top right, blue bottom left, black bottom right."""
    image = Image.new("RGB", (width, height), BLACK)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image


def landscape(width: int, height: int) -> Image.Image:
    """A picture of very many colours, as a photograph is, with the corners of `quarters`."""
    noise = Image.frombytes("RGB", (64, 48), Random(7).randbytes(64 * 48 * 3))
    return Image.blend(quarters(width, height), noise.resize((width, height), Image.Resampling.BICUBIC), 0.3)


def exif(orientation: int) -> Image.Exif:
    """What a telephone writes: camera, time, place."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = SECRET.decode()
    tags[0x8825] = {1: "N", 2: (25.0, 50.0, 12.5), 3: "E", 4: (114.0, 56.0, 7.0), 29: SECRET.decode()}
    return tags


def jpeg_of(image: Image.Image, *, orientation: int = 1, quality: int = 92, progressive: bool = False) -> bytes:
    """With EXIF, XMP and a comment, all of which hold `SECRET`."""
    out = io.BytesIO()
    image.save(
        out,
        "JPEG",
        quality=quality,
        exif=exif(orientation),
        xmp=b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>",
        comment=SECRET,
        progressive=progressive,
    )
    return out.getvalue()


def png_of(image: Image.Image) -> bytes:
    """With EXIF and texts, which hold `SECRET`."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_text("Comment", SECRET.decode() * 9, zip=True)
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    return saved(image, "PNG", pnginfo=info, exif=exif(1))


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def corners(image: Image.Image) -> list[Colour]:
    """The corner colours, row by row, each as the nearest of the four of `quarters`."""
    seen = image.convert("RGB")
    width, height = seen.size
    places = [(1, 1), (width - 2, 1), (1, height - 2), (width - 2, height - 2)]
    return [_nearest(seen.getpixel(place)) for place in places]


def colours(image: Image.Image) -> set[Colour]:
    """Every colour in it, exactly."""
    seen = image.convert("RGB").tobytes()
    return {(seen[at], seen[at + 1], seen[at + 2]) for at in range(0, len(seen), 3)}


def _nearest(seen: object) -> Colour:
    assert isinstance(seen, tuple)
    return min(
        (RED, GREEN, BLUE, BLACK), key=lambda colour: sum(abs(a - b) for a, b in zip(colour, seen[:3], strict=True))
    )
