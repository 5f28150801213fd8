from __future__ import annotations

import io
import zipfile

import pytest

from intake.parse.message import parse_message
from tests.support.submissions import DOC, JPEG, LOCKED, MANUSCRIPT, PNG, File, classified, reason, submission
from values.errors import NoManuscript


def test_text_alone_asks_for_an_attachment() -> None:
    assert reason() == "信中没有附件，只有文字。请把稿件存为 .docx 作附件重发。"


def test_signature_picture_within_the_text_is_no_attachment() -> None:
    assert reason(File("logo.png", PNG, "image/png", "inline")).startswith("信中没有附件，只有文字。")


def test_empty_letter_is_reported_as_empty() -> None:
    assert reason(text="  ") == "信是空的，没有文字，也没有附件。请把稿件存为 .docx 作附件重发。"


def test_scanned_letter_without_text_is_a_picture() -> None:
    assert reason(File("扫描.jpg", JPEG, "image/jpeg", "inline"), text="") == (
        "附件“扫描.jpg”暂不能读，请把文字稿存为 .docx 重发。"
    )


def zip_of(*members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in members:
            archive.writestr(name, b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.doc", DOC, "附件“x.doc”暂不能读，请另存为 .docx 重发。"),
        ("x.wps", DOC, "附件“x.wps”暂不能读，请另存为 .docx 重发。"),
        ("x.pdf", b"%PDF-1.7", "附件“x.pdf”暂不能读，请另存为 .docx 重发。"),
        ("x.doc", b"%PDF-1.7", "附件“x.doc”（PDF）暂不能读，请另存为 .docx 重发。"),
        ("x.doc", b"{\\rtf1", "附件“x.doc”（RTF 文档）暂不能读，请另存为 .docx 重发。"),
        ("x.doc", LOCKED, "附件“x.doc”（加了密码的文档）暂不能读，请取消密码，另存为 .docx 重发。"),
        ("x.bin", b"rubbish", "附件“x.bin”暂不能读，请另存为 .docx 重发。"),
        ("x.zip", zip_of("a.docx"), "附件“x.zip”暂不能读，请把其中的 .docx 直接作附件重发。"),
        ("x.zip", zip_of("word/document.xml"), "附件“x.zip”暂不能读，请把其中的 .docx 直接作附件重发。"),
        ("x.rar", b"Rar!\x1a\x07\x01", "附件“x.rar”暂不能读，请把其中的 .docx 直接作附件重发。"),
        ("x.7z", b"7z\xbc\xaf\x27\x1c", "附件“x.7z”暂不能读，请把其中的 .docx 直接作附件重发。"),
        ("x.rar", b"cut off", "附件“x.rar”暂不能读，请把其中的 .docx 直接作附件重发。"),
        ("x.xlsx", zip_of("xl/workbook.xml"), "附件“x.xlsx”暂不能读，请把文字稿存为 .docx 重发。"),
        ("x.jpeg", JPEG, "附件“x.jpeg”暂不能读，请把文字稿存为 .docx 重发。"),
        ("x.doc", PNG, "附件“x.doc”（图片）暂不能读，请把文字稿存为 .docx 重发。"),
        ("x.heic", b"\x00\x00", "附件“x.heic”暂不能读，请把文字稿存为 .docx 重发。"),
        (
            "winmail.dat",
            b"\x78\x9f\x3e\x22",
            "附件“winmail.dat”暂不能读，请改用 HTML 或纯文本格式写信，把 .docx 作普通附件重发。",
        ),
        ("smime.p7m", b"\x30\x80", "附件“smime.p7m”暂不能读，请不要加密，把 .docx 作附件重发。"),
    ],
)
def test_attachment_that_cannot_be_read_is_named_with_the_remedy(name: str, data: bytes, said: str) -> None:
    assert reason(File(name, data)) == said


def test_attachments_with_one_remedy_share_a_sentence() -> None:
    found = reason(File("甲.doc", DOC), File("图.png", PNG, "image/png"), File("乙.wps", DOC))
    assert found == (
        "附件“甲.doc”、“乙.wps”暂不能读，请另存为 .docx 重发。附件“图.png”暂不能读，请把文字稿存为 .docx 重发。"
    )


def test_many_long_names_make_a_short_reason() -> None:
    found = reason(*(File(f"{index:03}{'长' * 70}.doc", DOC + bytes([index])) for index in range(30)))
    assert "等 30 个暂不能读" in found
    assert len(found) < 400


@pytest.mark.parametrize(
    "text",
    [
        "从QQ邮箱发来的超大附件\n投稿.docx (60MB, 2022年12月3日到期)",
        "云附件：https://example.com/x",
        "见 https://mail.qq.com/cgi-bin/ftnExs_download?k=1",
    ],
)
def test_cloud_attachment_is_asked_for_as_a_usual_one(text: str) -> None:
    assert reason(text=text).endswith("会过期的下载链接，系统不会去下载。请以普通附件重发 .docx。")
    [unread] = submission(MANUSCRIPT, text=text).notes.unread
    assert "请以普通附件重发" in unread.for_sender


def test_cloud_attachment_is_seen_where_only_the_markup_links_to_it() -> None:
    raw = (
        "From: jtj@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        '<p>请查收</p><a href="https://wx.mail.qq.com/ftn/download?k=1">投稿.docx</a>'
    )
    with pytest.raises(NoManuscript, match="请以普通附件重发"):
        classified(parse_message(raw.encode()))


def test_talk_about_cloud_attachments_is_no_cloud_attachment() -> None:
    assert "云附件" not in reason(text="请问可以用超大附件吗？")
