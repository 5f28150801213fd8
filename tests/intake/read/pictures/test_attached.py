"""Pictures sent beside a manuscript stand at the end of its article."""

from __future__ import annotations

import base64
import io

from PIL import Image

from intake.outcome import Reading
from intake.reading import read_letter
from intake.register import Register
from tests.support.docx_reading import inline, p
from tests.support.photographs import BLUE, RED, SECRET, corners, jpeg_of, landscape, quarters, saved
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from tools.zip_builder import archive, gbk
from values.letter import Verdict
from values.manuscript import Picture

_REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
_LINE = "一是抓好各项工作，推动任务落实，层层压实责任，确保件件有回音、事事有着落，群众满意度稳步提升。"
PASTED = "\n".join(("推进工作落地见效", "区教体局", _LINE * 2, _LINE.replace("一是", "二是") * 2))
PHOTOGRAPH = jpeg_of(landscape(300, 200), orientation=6)


def manuscript(title: str, more: str = "", **options: object) -> bytes:
    centred = '<w:jc w:val="center"/>'
    head = paragraph(title, properties=centred, run='<w:sz w:val="44"/>') + paragraph("区教体局", properties=centred)
    return docx(head + paragraph(_LINE) + more, **options)  # type: ignore[arg-type]


DOCUMENT = File("稿件.docx", manuscript("推进工作落地见效"))


def reading(*files: File, text: str = "请查收。") -> Reading:
    return read_letter(raw_letter(*files, text=text), _REGISTER)


def pictures(found: Reading, draft: int = 0) -> list[Picture]:
    return [block for block in found.articles[draft].manuscript.blocks if isinstance(block, Picture)]


def remarks(found: Reading) -> dict[str, str]:
    return {finding.rule.name: finding.message for draft in found.articles for finding in draft.findings}


def test_photographs_stand_at_the_end_in_order_upright_and_without_their_metadata() -> None:
    other = File("图2 走访.png", saved(quarters(120, 80), "PNG"), "image/png")
    found = reading(DOCUMENT, other, File("图1 会场.jpg", PHOTOGRAPH, "image/jpeg"))
    first, second = pictures(found)
    assert (first.description, second.description) == ("图1 会场", "图2 走访")
    assert found.articles[0].manuscript.blocks[-2:] == (first, second)
    media = {one.sha256: one.data for one in found.articles[0].media}
    assert SECRET not in media[first.sha256]
    assert corners(Image.open(io.BytesIO(media[first.sha256])))[:2] == [BLUE, RED]
    assert (first.width, first.height) == (200 * 9_525, 300 * 9_525)


def test_article_with_attached_pictures_is_ordinary_and_says_where_they_are() -> None:
    found = reading(DOCUMENT, File("图1.jpg", PHOTOGRAPH, "image/jpeg"))
    assert (found.verdict, found.reason.for_clerk) == (Verdict.ARTICLE, "区教体局《推进工作落地见效》已成稿")
    assert remarks(found)["attached-picture"] == "1 张附图已放在文末：图1。"


def test_large_photograph_is_no_wider_than_the_text_and_two_fit_on_a_page() -> None:
    tall = File("图1.jpg", saved(landscape(1_500, 3_000), "JPEG"), "image/jpeg")
    wide = File("图2.jpg", saved(landscape(3_000, 1_000), "JPEG"), "image/jpeg")
    sizes = [(one.width // 36_000, one.height // 36_000) for one in pictures(reading(DOCUMENT, tall, wide))]
    assert sizes == [(52, 105), (156, 52)]


def test_picture_that_stands_in_the_manuscript_is_not_doubled() -> None:
    inside = manuscript("推进工作落地见效", p(inline("rId9")), pictures={"rId9": PHOTOGRAPH})
    found = reading(File("稿件.docx", inside), File("图1.jpg", PHOTOGRAPH, "image/jpeg"))
    assert len(pictures(found)) == 1
    assert "attached-picture" not in remarks(found)


def test_picture_that_cannot_be_printed_is_named_with_the_remedy_and_the_letter_flagged() -> None:
    found = reading(
        DOCUMENT,
        File("图1.heic", b"\0\0\0\x18ftypheic", "image/heic"),
        File("图2.jpg", PHOTOGRAPH[:2_000], "image/jpeg"),
    )
    assert (found.verdict, pictures(found)) == (Verdict.FLAGGED, [])
    assert "附图“图1.heic”是手机的 HEIC 格式，排版时无法放入。请在手机上导出为 JPEG 重发" in found.reason.for_clerk
    assert "附图“图2.jpg”已损坏或认不出格式，没有放入，请检查后重发。" in found.reason.for_clerk


def test_pictures_in_an_archive_go_to_the_manuscript_in_their_folder() -> None:
    second = saved(quarters(120, 80), "PNG")
    packed = archive(
        [
            gbk("书香/稿.docx", manuscript("书香校园")),
            gbk("书香/1.jpg", PHOTOGRAPH),
            gbk("食堂/稿件.docx", manuscript("明厨亮灶")),
            gbk("食堂/照片/1.png", second),
            gbk("封面.png", saved(quarters(90, 60), "PNG")),
        ]
    )
    found = reading(File("材料.zip", packed))
    assert [draft.manuscript.title for draft in found.articles] == ["书香校园", "明厨亮灶"]
    assert [len(pictures(found, draft)) for draft in (0, 1)] == [1, 1]
    assert found.articles[1].media[0].data == second
    assert "附图“材料.zip/封面.png”不知属于哪篇" in found.reason.for_clerk


def test_pictures_of_a_manuscript_that_cannot_be_read_are_reported_with_it() -> None:
    broken = File("食堂.docx", manuscript("明厨亮灶")[:-400])
    found = reading(DOCUMENT, broken, File("食堂1.jpg", PHOTOGRAPH, "image/jpeg"))
    assert pictures(found) == []
    assert "随它的 1 张附图也没有收入" in found.reason.for_clerk


def test_pasted_article_takes_the_attached_pictures_and_the_photographs_in_its_text() -> None:
    logo = File("logo.png", saved(quarters(90, 90), "PNG"), "image/png", "inline")
    within = File("IMG_1.png", saved(quarters(400, 300), "PNG"), "image/png", "inline")
    found = reading(logo, within, File("会场.jpg", PHOTOGRAPH, "image/jpeg"), text=PASTED)
    assert [one.description for one in pictures(found)] == ["IMG_1", "会场"]
    assert "没有读入" not in found.reason.for_clerk


def test_photograph_in_the_text_of_a_letter_with_a_manuscript_is_reported() -> None:
    data = base64.b64encode(saved(quarters(400, 300), "PNG")).decode()
    page = File("", f"<p>请审。</p><img src='data:image/png;base64,{data}'>".encode(), "text/html", "inline")
    found = reading(DOCUMENT, page)
    assert (found.verdict, pictures(found)) == (Verdict.ARTICLE, [])
    assert remarks(found)["picture-in-letter"] == "来信正文里有 1 张图片没有收入，需要时请到原信中取。"


def test_letter_of_pictures_alone_stays_as_it_is() -> None:
    found = reading(File("会场.jpg", PHOTOGRAPH, "image/jpeg"))
    assert (found.verdict, found.reason.for_clerk) == (
        Verdict.QUARANTINED,
        "附件“会场.jpg”暂不能读，请把文字稿存为 .docx 重发。",
    )


def test_manuscript_with_and_without_pictures_is_the_same_article() -> None:
    [alone] = reading(DOCUMENT).articles
    [accompanied] = reading(DOCUMENT, File("会场.jpg", PHOTOGRAPH, "image/jpeg")).articles
    assert alone.text_sha256 == accompanied.text_sha256
    assert alone.content_sha256 == accompanied.content_sha256
