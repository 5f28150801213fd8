"""Pictures: where they stand, how large, once for each content, never from outside."""

from __future__ import annotations

import hashlib
import io
import struct

import pytest
from PIL import Image

from intake.archives.limits import ArchiveLimits
from intake.parse.picture_kinds import picture_kind
from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.docx_reading import inline, omissions, p, pictures, png, r
from tests.support.photographs import (
    BLACK,
    BLUE,
    GREEN,
    RED,
    SECRET,
    Colour,
    colours,
    corners,
    jpeg_of,
    landscape,
    png_of,
    quarters,
)
from tools.docx_builder import docx, paragraph
from values.manuscript import Media, Picture

_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


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


def test_same_bytes_under_two_names_are_kept_once() -> None:
    read = read_docx(docx(p(inline("rId8") + inline("rId9") + inline("rId8")), pictures={"rId8": png(), "rId9": png()}))
    assert len(read.blocks) == 3
    assert len(read.media) == 1


def test_picture_nobody_shows_is_not_taken() -> None:
    assert read_docx(docx(paragraph("文"), pictures={"rId9": png()})).media == ()


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


def _only(data: bytes) -> Image.Image:
    """The one picture of a document, decoded."""
    [media] = read_docx(data).media
    return Image.open(io.BytesIO(media.data))


def test_what_the_author_cropped_away_is_not_in_the_article_and_the_size_stays() -> None:
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


def test_a_part_that_is_shown_often_counts_once_against_what_may_be_unpacked() -> None:
    data = png_of(landscape(200, 200))
    assert 40 * len(data) > 1_000_000
    crops = "".join(inline("rId9", crop=f'<a:srcRect l="{1_000 * step}"/>') for step in range(40))
    document = docx(p(crops), pictures={"rId9": data})
    assert len(read_docx(document, DocumentLimits(ArchiveLimits(unpacked=len(data) + 100_000))).blocks) == 40


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


def test_photograph_tells_neither_place_nor_camera() -> None:
    photograph = jpeg_of(quarters(40, 20), orientation=1)
    assert SECRET in photograph
    [media] = read_docx(docx(p(inline("rId9")), pictures={"rId9": photograph})).media
    assert SECRET not in media.data


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


def test_picture_preview_of_an_embedded_object_is_taken() -> None:
    element = (
        '<w:r><w:object><v:shape style="width:72pt;height:72pt"><v:imagedata r:id="rId9"/></v:shape>'
        '<o:OLEObject ProgID="Excel.Sheet.12" r:id="rId10"/></w:object></w:r>'
    )
    document = docx(p(element), pictures={"rId9": png()})
    assert len(pictures(document)) == 1
    message = "文件嵌有 1 个对象（如 Excel 表、公式、附件），里面的内容没有读入：“Excel.Sheet.12”。"
    assert omissions(document)["embedded-object"] == (message, True)
