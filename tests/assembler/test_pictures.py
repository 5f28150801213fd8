from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from assembler.pictures import fitted
from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue
from tests.support.projection import W, projection
from values.manuscript import Block, Cell, Paragraph, Picture, Table

MM = 36_000
FILES = {hashlib.sha256(data).hexdigest(): data for data in (b"one", b"two", b"three")}
ONE, TWO, THREE = FILES


def picture(sha256: str, kind: str = "image/png", width: int = 100 * MM, height: int = 50 * MM) -> Picture:
    return Picture(sha256, kind, width, height, '图<一> & "说明"')


def shown(*pictures: Picture, template: bytes = TEMPLATE) -> tuple[list[str], bytes]:
    asked: list[str] = []

    def fetch(sha256: str) -> bytes:
        asked.append(sha256)
        return FILES[sha256]

    made = typeset(
        issue(article(1, Paragraph("前"), *pictures[:1]), article(2, *pictures[1:], Paragraph("后"))), template, fetch
    )
    assert violations(made) == []
    assert len(asked) == len(set(asked))
    return [line for line in projection(made).splitlines() if line.startswith("Picture")], made


def test_pictures_are_shown_where_they_stood_in_their_size() -> None:
    found, _ = shown(picture(ONE), picture(TWO, "image/jpeg", 80 * MM, 60 * MM))
    assert found == [f"Picture|{ONE[:12]}|100x50mm", f"Picture|{TWO[:12]}|80x60mm"]


def test_a_picture_shown_three_times_is_stored_once() -> None:
    found, made = shown(picture(ONE), picture(ONE), picture(TWO), picture(ONE))
    assert [line[8:20] for line in found] == [ONE[:12], ONE[:12], TWO[:12], ONE[:12]]
    assert sorted(name for name in members(made) if "media" in name) == sorted(
        f"word/media/{sha256}.png" for sha256 in (ONE, TWO)
    )


def test_pictures_that_are_compressed_already_are_stored_as_they_are() -> None:
    _, made = shown(picture(ONE), picture(TWO, "image/jpeg"), picture(THREE, "image/bmp"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        kinds = {info.filename.rpartition(".")[2]: info.compress_type for info in archive.infolist()}
    assert (kinds["png"], kinds["jpeg"], kinds["bmp"]) == (zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize("kind", ["image/x-emf", "image/x-wmf", "image/webp", "image/svg+xml", ""])
def test_a_picture_that_word_cannot_show_is_announced(kind: str) -> None:
    found, made = shown(picture(ONE, kind))
    assert found == ["PictureLine|〔图片无法排入〕"]
    assert not [name for name in members(made) if "media" in name]


@pytest.mark.parametrize(
    ("size", "printed"),
    [
        ((100, 50), (100, 50)),
        ((312, 100), (156, 50)),
        ((100, 400), (50, 200)),
        ((1560, 4000), (78, 200)),
        ((0, 0), (100, 75)),
        ((-3, 40), (100, 75)),
    ],
)
def test_a_picture_fits_the_page_and_is_never_enlarged(size: tuple[int, int], printed: tuple[int, int]) -> None:
    width, height = fitted(size[0] * MM, size[1] * MM)
    assert (width / MM, height / MM) == printed


def test_a_picture_as_thin_as_a_hair_keeps_a_height() -> None:
    assert fitted(10**9, 1) == (156 * MM, 1)


def test_pictures_do_not_clash_with_those_of_the_template() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="1" cy="1"/><wp:docPr id="10001" name="印章"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="urn:none"/>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    template = replaced(TEMPLATE, "</w:p>", drawing, member="word/footer1.xml")
    template = replaced(template, "rId3", "picture_1", member="word/_rels/document.xml.rels")
    _, made = shown(picture(ONE), picture(TWO), template=template)
    ids = [
        element.get("id")
        for name in ("word/document.xml", "word/footer1.xml")
        for element in etree.fromstring(members(made)[name]).iter("{*}docPr")
    ]
    assert len(ids) == len(set(ids)) == 3


def caption_lines(*blocks: Block, template: bytes = TEMPLATE) -> list[str]:
    """The lines of an article; those that are kept on the page of the next one begin with "+"."""
    made = typeset(issue(article(1, *blocks)), template, lambda sha256: FILES[sha256])
    assert violations(made) == []
    body = etree.fromstring(members(made)["word/document.xml"])[0]
    kept = [bool(line.findall("{*}pPr/{*}keepNext")) for line in body.iter("{*}p")]
    styles = [line.find("{*}pPr/{*}pStyle") for line in body.iter("{*}p")]
    names = ["" if style is None else style.get(W + "val", "") for style in styles]
    styles_in_order = [f"{'+' * is_kept}{name}" for is_kept, name in zip(kept, names, strict=True)]
    return styles_in_order[styles_in_order.index("Byline") + 1 :]


def test_a_caption_has_its_own_style_and_stays_with_its_picture() -> None:
    shows = replace(picture(ONE), caption="课间活动 <图>")
    assert caption_lines(shows, Paragraph("后"))[:3] == ["+PictureLine", "PictureCaption", "BodyText"]
    made = typeset(issue(article(1, shows)), TEMPLATE, lambda sha256: FILES[sha256])
    assert "PictureCaption|课间活动 <图>" in projection(made).splitlines()


def test_pictures_in_a_row_with_one_caption_stay_together() -> None:
    group = (picture(ONE), picture(TWO), replace(picture(THREE), caption="课间活动"), picture(ONE))
    assert caption_lines(*group)[:5] == ["+PictureLine"] * 3 + ["PictureCaption", "PictureLine"]


def test_a_template_made_before_there_were_captions_sets_them_as_pictures_are() -> None:
    old = replaced(
        TEMPLATE,
        'w:styleId="PictureCaption"><w:name w:val="图题"/>',
        'w:styleId="x"><w:name w:val="x"/>',
        member="word/styles.xml",
    )
    assert check_template(old) == ()
    assert caption_lines(replace(picture(ONE), caption="课间活动"), template=old)[:2] == ["+PictureLine", "PictureLine"]


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("表1 各校数据", "+PictureCaption"),
        ("全区“五型”政府建设工作情况表（单位：个）", "+PictureCaption"),
        ("具体情况如下：", "BodyText"),
        ("表一：各校数据", "+PictureCaption"),
        ("各校数据如下。", "BodyText"),
        ("表1显示，各校数据提升。", "BodyText"),
    ],
)
def test_the_title_of_a_table_stays_with_it(text: str, style: str) -> None:
    table = Table(((Cell("学校"), Cell("数据")),))
    assert caption_lines(Paragraph(text), table)[0] == style
