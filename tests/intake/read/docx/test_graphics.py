"""Pictures: where they stand, how large, once for each content, never from outside."""

from __future__ import annotations

import hashlib
import struct

import pytest

from intake.parse.picture_kinds import picture_kind
from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.docx_reading import inline, omissions, p, pictures, png, r
from tools.docx_builder import docx, paragraph
from values.manuscript import Media, Picture


def test_picture_follows_the_paragraph_that_holds_it() -> None:
    data = png()
    read = read_docx(
        docx(
            paragraph("前") + p(r("图一") + inline("rId9", description="会议现场")) + paragraph("后"),
            pictures={"rId9": data},
        )
    )
    sha256 = hashlib.sha256(data).hexdigest()
    assert [block.text if isinstance(block, SourceParagraph) else block for block in read.blocks] == [
        "前",
        "图一",
        Picture(sha256, "image/png", 914_400, 457_200, "会议现场"),
        "后",
    ]
    assert read.media == (Media(sha256, "image/png", data),)


def _vml(rid: str, style: str) -> str:
    return f'<w:r><w:pict><v:shape style="{style}"><v:imagedata r:id="{rid}"/></v:shape></w:pict></w:r>'


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("width:72pt;height:36pt", (914_400, 457_200)),
        ("position:absolute;width:1in;height:2.54cm", (914_400, 914_400)),
        ("width:96px;height:96", (914_400, 914_400)),
        ("max-width:72pt", (2 * 9_525, 2 * 9_525)),  # none given: the picture's own size at 96 dpi
    ],
)
def test_old_picture_has_the_size_of_its_shape(style: str, size: tuple[int, int]) -> None:
    (picture,) = pictures(docx(p(_vml("rId9", style)), pictures={"rId9": png()}))
    assert (picture.width, picture.height) == size


def test_pictures_in_a_group_have_their_own_sizes() -> None:
    def pic(rid: str, width: int) -> str:
        return (
            f'<pic:pic><pic:blipFill><a:blip r:embed="{rid}"/></pic:blipFill><pic:spPr><a:xfrm>'
            f'<a:ext cx="{width}" cy="100"/></a:xfrm></pic:spPr></pic:pic>'
        )

    group = (
        '<w:r><w:drawing><wp:anchor><wp:extent cx="4000" cy="2000"/><a:graphic><a:graphicData><wpg:wgp><wpg:grpSpPr>'
        '<a:xfrm><a:ext cx="4000" cy="2000"/><a:chExt cx="400" cy="100"/></a:xfrm></wpg:grpSpPr>'
        f"{pic('rId8', 100)}{pic('rId9', 300)}</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )
    found = pictures(docx(p(group), pictures={"rId8": png(), "rId9": png(3, 3)}))
    assert [(each.width, each.height) for each in found] == [(1000, 2000), (3000, 2000)]


def test_absurd_extent_gives_way_to_the_pictures_own_size() -> None:
    (picture,) = pictures(docx(p(inline("rId9", width=10**15, height=-5)), pictures={"rId9": png()}))
    assert (picture.width, picture.height) == (19_050, 19_050)


def test_hidden_picture_is_left_out() -> None:
    hidden = inline("rId9").replace('<wp:docPr id="1"', '<wp:docPr id="1" hidden="1"')
    assert pictures(docx(p(hidden + r("文")), pictures={"rId9": png()})) == []


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (png(7, 5), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08\x00\x05\x00\x07\x03", "image/jpeg"),
        (b"GIF89a" + struct.pack("<HH", 7, 5), "image/gif"),
        (b"BM" + bytes(12) + struct.pack("<Iii", 40, 7, -5), "image/bmp"),
        (b"BM" + bytes(12) + struct.pack("<IHH", 12, 7, 5), "image/bmp"),
        (
            b"II*\0" + struct.pack("<IHHHIIHHIHH", 8, 2, 256, 4, 1, 7, 257, 3, 1, 5, 0),
            "image/tiff",
        ),
        (
            b"MM\0*" + struct.pack(">IHHHIIHHIHH", 8, 2, 256, 4, 1, 7, 257, 3, 1, 5, 0),
            "image/tiff",
        ),
    ],
)
def test_printable_picture_is_known_by_its_bytes(data: bytes, content_type: str) -> None:
    kind = picture_kind(data)
    assert (kind.content_type, kind.width, kind.height) == (content_type, 7, 5)


def test_picture_preview_of_an_embedded_object_is_taken() -> None:
    element = (
        '<w:r><w:object><v:shape style="width:72pt;height:72pt"><v:imagedata r:id="rId9"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12" r:id="rId10"/></w:object></w:r>'
    )
    document = docx(p(element), pictures={"rId9": png()})
    assert len(pictures(document)) == 1
    message = "文件嵌有 1 个对象（如 Excel 表、公式、附件），里面的内容没有读入：“Excel.Sheet.12”。"
    assert omissions(document)["embedded-object"] == (message, True)
