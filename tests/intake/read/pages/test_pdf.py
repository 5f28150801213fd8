"""What is read from a PDF, what nobody can see in it, and what is refused."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from intake.read.pages.layout import PageLimits
from intake.read.pages.pdf import read_pdf
from intake.read.source import SourceDocument, SourceParagraph
from tests.support import pdf as make
from tests.support.pdf import lines, pdf, picture, show
from values.errors import UnreadableManuscript
from values.manuscript import Picture

_FLAG = ("fixed-layout", "由 PDF 读出，请核对分段与数字", True)
_PAGE = picture("I", 0, 0, make.WIDTH, make.HEIGHT)


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def told(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_pdf(data).omissions}


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableManuscript) as caught:
        read_pdf(data)
    return str(caught.value)


def test_every_pdf_is_flagged_to_be_compared() -> None:
    (only,) = read_pdf(pdf(lines("　　文。"))).omissions
    assert (only.rule.name, only.message, only.serious) == _FLAG


def test_font_name_and_size_tell_what_is_bold_and_large() -> None:
    document = read_pdf(pdf(show("标题", 250, 760, 22, font="F2") + lines("　　正文第一段。", "　　正文第二段。")))
    assert document.blocks[:2] == (
        SourceParagraph("标题", size=22, centred=True, bold=True),
        SourceParagraph("正文第一段。", size=16),
    )


def test_raised_small_characters_are_superscripts() -> None:
    found = read_pdf(pdf(show("m", 100, 600) + show("2", 108.5, 606, 8) + show("的面积", 113, 600)))
    (paragraph,) = found.blocks
    assert isinstance(paragraph, SourceParagraph)
    assert (paragraph.text, [(mark.start, mark.end, mark.kind) for mark in paragraph.marks]) == (
        "m2的面积",
        [(1, 2, "superscript")],
    )


def test_radicals_that_stand_for_characters_become_those() -> None:
    assert texts(read_pdf(pdf(lines("⼯作ﬁle")))) == ["工作file"]


def test_rotated_page_is_read_as_it_is_shown() -> None:
    assert texts(read_pdf(pdf(show("横放的一页", 100, 200, turn="0 1 -1 0"), page="/Rotate 90"))) == ["横放的一页"]


@pytest.mark.parametrize(
    "hidden",
    [
        show("看不见的话", 100, 400, state="3 Tr"),
        show("看不见的话", 100, 400, state="1 g"),
        show("看不见的话", 100, 400, size=2),
        show("看不见的话", 700, 400),
        show("看不见的话", 100, 400) + "0 g 90 390 300 40 re f\n",
    ],
    ids=["invisible", "white", "tiny", "off the page", "painted over"],
)
def test_text_that_nobody_sees_is_left_out_and_told(hidden: str) -> None:
    data = pdf(lines("　　看得见。") + hidden)
    assert texts(read_pdf(data)) == ["看得见。"]
    assert told(data)["hidden-text"] == ("有 5 个看不见的文字没有收入：“看不见的话”。", True)


def test_white_text_on_a_dark_ground_is_seen() -> None:
    data = pdf("0 0 0.6 rg 70 700 400 40 re f\n" + show("白字", 100, 712, state="1 g"))
    assert texts(read_pdf(data)) == ["白字"]
    assert list(told(data)) == ["fixed-layout"]


@pytest.mark.parametrize(
    "page",
    [_PAGE + show("　　识别的字", 80, 700, state="3 Tr"), show("识别的字", 112, 700) + _PAGE],
    ids=["invisible over the picture", "under the picture"],
)
def test_searchable_scan_is_read_only_with_a_warning(page: str) -> None:
    data = pdf(page, lines("　　打印的字。"), images={"I": make.image()})
    assert texts(read_pdf(data)) == ["识别的字", "打印的字。"]
    assert told(data)["scan-with-text"] == ("第 1 页是扫描件，文字由识别而来，须逐字核对。", True)
    assert "hidden-text" not in told(data)
    assert read_pdf(data).media == ()


@pytest.mark.parametrize("page", ["", _PAGE])
def test_pdf_without_text_asks_for_the_word_file(page: str) -> None:
    assert reason(pdf(page, images={"I": make.image()})) == "扫描件或图片，没有文字，请发 Word 文稿（.docx）。"


def test_scanned_page_among_others_is_told() -> None:
    data = pdf(lines("　　文。"), _PAGE, images={"I": make.image()})
    assert told(data)["scan-without-text"] == (
        "第 2 页是扫描件或图片，没有文字，没有读入。请对方发 Word 文稿。",
        True,
    )


def test_slanted_text_is_left_out_and_told() -> None:
    data = pdf(lines("　　文。") + show("机密", 200, 300, 60, turn="0.7 0.7 -0.7 0.7"))
    assert texts(read_pdf(data)) == ["文。"]
    assert told(data)["turned-text"] == ("有 2 个斜排或竖排的文字（如水印）没有收入。", True)


def test_picture_stands_between_its_paragraphs_in_the_size_shown() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 10, 10)).save(out, "JPEG")
    page = lines("　　图前的一段。", "　　图后的一段。", pitch=200) + picture("J", 200, 560, 144, 72)
    document = read_pdf(pdf(page, images={"J": make.jpeg(out.getvalue(), 60, 40)}))
    before, shown, after = document.blocks
    assert isinstance(shown, Picture)
    assert (shown.content_type, shown.width, shown.height) == ("image/jpeg", 144 * 12_700, 72 * 12_700)
    assert [one.data for one in document.media] == [out.getvalue()]
    assert (texts(document), type(before), type(after)) == (
        ["图前的一段。", "图后的一段。"],
        SourceParagraph,
        SourceParagraph,
    )


@pytest.mark.parametrize(
    ("matrix", "corner"),
    [
        ("100 0 0 100", "top left"),
        ("-100 0 0 100", "top right"),
        ("100 0 0 -100", "bottom left"),
        ("0 100 -100 0", "bottom left"),
        ("0 -100 100 0", "top right"),
    ],
)
def test_turned_and_mirrored_pictures_are_as_shown(matrix: str, corner: str) -> None:
    pixels = bytes([0]) + bytes([255]) * 1_599  # one dark pixel, first in the file: top left when upright
    content = f"q {matrix} 300 400 cm /I Do Q\n" + lines("　　文。")
    head = b"<< /Type /XObject /Subtype /Image /Width 40 /Height 40 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    image = head + b"/Length 1600 >>\nstream\n" + pixels + b"\nendstream"
    (media,) = read_pdf(pdf(content, images={"I": image})).media
    with Image.open(io.BytesIO(media.data)) as shown:
        places = {"top left": (0, 0), "top right": (39, 0), "bottom left": (0, 39), "bottom right": (39, 39)}
        assert [name for name, place in places.items() if shown.convert("L").getpixel(place) == 0] == [corner]


def test_seal_over_the_text_and_ornament_are_no_pictures_of_the_article() -> None:
    page = lines("　　文稿的正文。") + picture("S", 100, 700, 80, 80) + picture("S", 300, 300, 10, 10)
    data = pdf(page, images={"S": make.image(more="/SMask 11 0 R"), "M": make.image()})
    assert (texts(read_pdf(data)), read_pdf(data).media) == (["文稿的正文。"], ())
    assert told(data)["picture-over-text"] == ("有 1 张图片与文字重叠（如印章、水印、底纹），没有收入。", True)
    assert told(data)["picture-small"][1] is False


def test_ruling_lines_flag_a_table_whose_lines_are_read_one_by_one() -> None:
    across = "".join(f"100 {y} m 400 {y} l S\n" for y in (400, 450, 500))
    down = "".join(f"{x} 400 m {x} 500 l S\n" for x in (100, 250, 400))
    cells = show("单位", 110, 465) + show("人数", 260, 465) + show("区教体局", 110, 415) + show("12", 260, 415)
    data = pdf(lines("　　见下表。") + across + down + cells)
    assert texts(read_pdf(data)) == ["见下表。", "单位 人数", "区教体局 12"]
    assert told(data)["table-as-text"] == ("第 1 页有表格，只逐行读出了文字，请核对或请对方发 Word 文稿。", True)


def test_red_rule_and_frame_are_no_table() -> None:
    assert "table-as-text" not in told(pdf(lines("　　文。") + "100 400 m 400 400 l S\n80 600 300 150 re S\n"))


def test_script_attachment_and_remark_are_left_and_told() -> None:
    script = told(pdf(lines("文"), catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"))
    assert script["macro"] == ("PDF 带有脚本（程序），没有运行，也不会进入简报。", True)
    names = "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.exe) /EF << /F 10 0 R >> >>] >> >>"
    file = b"<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"
    assert told(pdf(lines("文"), catalog=names, objects=[file]))["embedded-object"][1] is True
    note = "/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 10 10] /Contents (x) >>]"
    assert told(pdf(lines("文"), page=note))["annotation"][0] == "PDF 里有 1 处批注、图章或表单，里面的内容没有收入。"


def test_locked_pdf_is_refused_as_such() -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
    data = pdf(lines("文"), trailer="/Encrypt 10 0 R /ID [<00> <00>]", objects=[lock])
    assert reason(data) == "文件设有密码，无法打开。请取消密码后再发一次。"


def test_damaged_too_many_pages_too_much_text_are_refused() -> None:
    assert reason(pdf(lines("文"))[:300]) == "文件损坏，无法打开。请发 Word 文稿（.docx）。"
    assert reason(pdf(*[""] * 201)).startswith("文件有 201 页，超过上限 200 页，没有读。")
    with pytest.raises(UnreadableManuscript, match="文件的文字超过 30 字，没有读。"):
        read_pdf(pdf(lines("字" * 20, "字" * 20)), PageLimits(characters=30))
