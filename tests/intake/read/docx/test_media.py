"""The pictures of a file: each prepared once, refused where they do not print."""

from __future__ import annotations

import struct

import pytest

from intake.archives.limits import ArchiveLimits
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from tests.support.docx_reading import inline, omissions, p, pictures, png, r
from tests.support.photographs import (
    SECRET,
    jpeg_of,
    landscape,
    png_of,
    quarters,
)
from tools.docx_builder import docx, paragraph

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def test_same_bytes_under_two_names_are_kept_once() -> None:
    read = read_docx(docx(p(inline("rId8") + inline("rId9") + inline("rId8")), pictures={"rId8": png(), "rId9": png()}))
    assert len(read.blocks) == 3
    assert len(read.media) == 1


def test_picture_nobody_shows_is_not_taken() -> None:
    assert read_docx(docx(paragraph("文"), pictures={"rId9": png()})).media == ()


def _vml(rid: str, style: str) -> str:
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="{rid}"/></v:shape></w:pict></w:r>'


def test_a_part_that_is_shown_often_counts_once_against_what_may_be_unpacked() -> None:
    data = png_of(landscape(200, 200))
    assert 40 * len(data) > 1_000_000
    crops = "".join(inline("rId9", crop=f'<a:srcRect l="{1_000 * step}"/>') for step in range(40))
    document = docx(p(crops), pictures={"rId9": data})
    assert len(read_docx(document, DocumentLimits(ArchiveLimits(unpacked=len(data) + 100_000))).blocks) == 40


def test_photograph_reveals_neither_place_nor_camera() -> None:
    photograph = jpeg_of(quarters(40, 20), orientation=1)
    assert SECRET in photograph
    [media] = read_docx(docx(p(inline("rId9")), pictures={"rId9": photograph})).media
    assert SECRET not in media.data


@pytest.mark.parametrize(
    ("data", "content_type", "name"),
    [
        (b"\x01\0\0\0" + bytes(36) + b" EMF", "image/emf", "EMF"),
        (b"\xd7\xcd\xc6\x9a" + bytes(20), "image/wmf", "WMF"),
        (b"<?xml version='1.0'?><svg/>", "image/svg+xml", "SVG"),
        (b"\0\0\0\x18ftypheic", "image/heic", "HEIC"),
    ],
)
def test_picture_the_press_cannot_print_is_kept_and_flagged(data: bytes, content_type: str, name: str) -> None:
    document = docx(p(inline("rId9")), pictures={"rId9": data})
    assert read_docx(document).media[0].content_type == content_type
    message = f"有 1 张图片的格式排版时无法放入，请改为 PNG 或 JPEG：“{name}”。"
    assert omissions(document)["picture-format"] == (message, True)


_BROKEN = [b"", b"nonsense", png()[:14], png()[:-20], b"\xff\xd8\xff\xe0\xff", b"\xff\xd8\xff\xda", b"II*\0"]


@pytest.mark.parametrize("data", [*_BROKEN, b"RIFF\0\0\0\0WEBPVP8 ", jpeg_of(quarters(40, 20))[:-2]])
def test_broken_picture_is_kept_as_bytes_and_flagged(data: bytes) -> None:
    document = docx(p(inline("rId9")), pictures={"rId9": data})
    assert [each.content_type for each in pictures(document)] == ["application/octet-stream"]
    assert omissions(document)["damaged-picture"][1] is True


def test_picture_of_too_many_pixels_is_left_out() -> None:
    flood = png()[:16] + struct.pack(">II", 30_000, 30_000) + png()[24:]
    document = docx(p(inline("rId9") + r("文")), pictures={"rId9": flood})
    assert (pictures(document), read_docx(document).media) == ([], ())
    assert omissions(document)["huge-picture"][1] is True
    assert len(read_docx(docx(p(inline("rId9")), pictures={"rId9": png(9, 9)}), DocumentLimits(pixels=81)).blocks) == 1


@pytest.mark.parametrize("target", ["NULL", "#_top", "", "media/none.png"])
def test_picture_that_is_not_there_is_reported(target: str) -> None:
    relationship = f'<Relationship Id="rId9" Type="{_IMAGE}" Target="{target}"/>'
    document = docx(p(r("文") + inline("rId9") + inline("rId10")), relationships=relationship)
    assert pictures(document) == []
    assert omissions(document)["missing-picture"] == ("有 2 张图片在文件里找不到。", True)


def test_linked_picture_is_reported_and_not_fetched() -> None:
    relationship = f'<Relationship Id="rId9" Type="{_IMAGE}" Target="http://192.0.2.1/a.png" TargetMode="External"/>'
    linked = inline("rId9").replace("r:embed", "r:link")
    document = docx(p(r("文") + linked + _vml("rId9", "width:1pt")), relationships=relationship)
    assert pictures(document) == []
    assert omissions(document) == {
        "external-link": (
            "文件引用了 1 处外部内容（图片、对象、文件），没有打开：“http://192.0.2.1/a.png”。",
            True,
        )
    }
