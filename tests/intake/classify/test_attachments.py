"""How an attachment that cannot be read is shown, and what is asked for instead."""

from __future__ import annotations

import pytest

from intake.classify.attachments import Unread, is_attachment, is_picture, unread
from intake.parse.archive_fault import ArchiveFault
from intake.parse.message import Part
from tests.support.submissions import DOC, LOCKED, PNG
from values.reason import Reason

SAVE_AS = Reason.alike("请另存为 .docx 重发")


def attached(name: str, data: bytes, content_type: str = "application/octet-stream") -> Part:
    return Part(name, content_type, "attachment", data)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (attached("稿.doc", DOC), "“稿.doc”"),
        (attached("稿.wps", DOC), "“稿.wps”"),
        (attached("稿.txt", DOC), "“稿.txt”（旧版 Word 文档）"),
        (attached("稿.xyz", b"?"), "“稿.xyz”"),
        (attached("稿.docx", b""), "“稿.docx”"),
        (attached("", b"?"), "（没有文件名，不认识的格式）"),
        (attached("winmail.dat", b"\x78\x9f\x3e\x22"), "“winmail.dat”"),
        (attached("附件.bin", b"\x78\x9f\x3e\x22"), "“附件.bin”（Outlook 专用的 winmail.dat）"),
        (attached("稿.docx", LOCKED), "“稿.docx”"),
        (attached("~$稿.docx", b"x"), "“~$稿.docx”（Word 打开文稿时留下的临时文件）"),
        (attached("长" * 80 + ".doc", DOC), f"“{'长' * 30}…{'长' * 26}.doc”"),
    ],
)
def test_description_is_given_only_where_the_name_does_not_show_it(part: Part, shown: str) -> None:
    assert unread(part).shown == shown


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (ArchiveFault.LOCKED, Unread("“a.zip”（加了密码的压缩包）", Reason.alike("请取消密码后重发"))),
        (
            ArchiveFault.SUSPICIOUS,
            Unread(
                "“a.zip”（内容异常的压缩包，疑似压缩炸弹）",
                Reason.alike("请不要压缩，直接附上其中的 .docx 重发"),
            ),
        ),
    ],
)
def test_archive_that_stayed_closed_is_described_by_its_fault(fault: ArchiveFault, expected: Unread) -> None:
    assert unread(Part("a.zip", "", "attachment", b"PK", unopened=fault)) == expected


def test_sender_is_not_asked_to_install_anything() -> None:
    remedy = unread(Part("a.7z", "", "attachment", b"7z", unopened=ArchiveFault.NO_DECODER)).remedy
    assert "请管理员安装" in remedy.for_clerk
    assert remedy.for_sender == "请直接附上其中的 .docx 重发"


def test_remedy_depends_on_the_kind() -> None:
    assert unread(attached("稿.xyz", b"?")).remedy == SAVE_AS
    assert unread(attached("图.png", PNG)).remedy == Reason.alike("请把文字稿存为 .docx 重发")


def test_pictures_in_the_text_and_signatures_are_no_attachments() -> None:
    inline = Part("logo.png", "image/png", "inline", PNG, inline=True)
    assert (is_picture(inline), is_attachment(inline)) == (True, False)
    assert not is_attachment(Part("smime.p7s", "application/pkcs7-signature", "attachment", b"x"))
    assert is_attachment(attached("图.png", PNG))
