"""What is read from a PDF, what nobody can see in it, and what is refused."""

from __future__ import annotations

import pytest

from intake.read.pages.layout import PageLimits
from intake.read.pages.pdf import read_pdf
from tests.support import pdf as make
from tests.support.pdf import lines, pdf, picture
from values.errors import UnreadableManuscript

_PAGE = picture("I", 0, 0, make.WIDTH, make.HEIGHT)


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_pdf(data).omissions}


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableManuscript) as caught:
        read_pdf(data)
    return str(caught.value)


@pytest.mark.parametrize("page", ["", _PAGE])
def test_pdf_without_text_asks_for_the_word_file(page: str) -> None:
    assert reason(pdf(page, images={"I": make.image()})) == "扫描件或图片，没有文字，请发 Word 文稿（.docx）。"


def test_script_attachment_and_remark_are_left_and_reported() -> None:
    script = reported(pdf(lines("文"), catalog="/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"))
    assert script["macro"] == ("PDF 带有脚本（程序），没有运行，也不会进入简报。", True)
    names = "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.exe) /EF << /F 10 0 R >> >>] >> >>"
    file = b"<< /Type /EmbeddedFile /Length 1 >>\nstream\nx\nendstream"
    assert reported(pdf(lines("文"), catalog=names, objects=[file]))["embedded-object"][1] is True
    note = "/Annots [<< /Type /Annot /Subtype /FreeText /Rect [0 0 10 10] /Contents (x) >>]"
    assert (
        reported(pdf(lines("文"), page=note))["annotation"][0] == "PDF 里有 1 处批注、图章或表单，里面的内容没有收入。"
    )


def test_locked_pdf_is_refused_as_such() -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
    data = pdf(lines("文"), trailer="/Encrypt 10 0 R /ID [<00> <00>]", objects=[lock])
    assert reason(data) == "文件设有密码，无法打开。请取消密码后再发一次。"


def test_damaged_too_many_pages_too_much_text_are_refused() -> None:
    assert reason(pdf(lines("文"))[:300]) == "文件损坏，无法打开。请发 Word 文稿（.docx）。"
    assert reason(pdf(*[""] * 201)).startswith("文件有 201 页，超过上限 200 页，没有读。")
    with pytest.raises(UnreadableManuscript, match="文件的文字超过 30 字，没有读。"):
        read_pdf(pdf(lines("字" * 20, "字" * 20)), PageLimits(characters=30))
