"""What lies beside the text is told to the editor, once for each kind."""

from __future__ import annotations

import pytest

from tests.support.docx_reading import lines, omissions, p, r
from tools.docx_builder import docx, paragraph

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SETTINGS_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    f'Type="{_OFFICE}/attachedTemplate" Target="{{}}" TargetMode="External"/></Relationships>'
)


def test_macro_is_reported() -> None:
    data = docx(paragraph("文"), parts={"word/vbaProject.bin": b"\xd0\xcf"})
    assert omissions(data) == {"macro": ("文件带有宏（程序），没有运行，也不会进入简报。", True)}


@pytest.mark.parametrize(
    ("target", "rule", "serious"),
    [
        ("http://192.0.2.1/t.dotm", "remote-template", True),
        ("\\\\server\\share\\t.dotm", "remote-template", True),
        ("file:///\\\\server\\share\\t.dotm", "remote-template", True),
        ("file://server/t.dotm", "remote-template", True),
        ("file:///C:/Users/a/Normal.dotm", "attached-template", False),
    ],
)
def test_template_is_reported_and_a_remote_one_flagged(target: str, rule: str, serious: bool) -> None:
    rels = _SETTINGS_RELS.format(target).encode()
    found = omissions(docx(paragraph("文"), parts={"word/_rels/settings.xml.rels": rels}))
    assert {key: flagged for key, (_, flagged) in found.items()} == {rule: serious}


@pytest.mark.parametrize("kind", ["oleObject", "frame", "subDocument", "image"])
def test_external_content_is_reported(kind: str) -> None:
    rel = f'<Relationship Id="r7" Type="{_OFFICE}/{kind}" Target="http://192.0.2.1/x" TargetMode="External"/>'
    assert omissions(docx(paragraph("文"), relationships=rel))["external-link"][1] is True


@pytest.mark.parametrize(
    "code", ["INCLUDEPICTURE &quot;http://192.0.2.1/a.png&quot;", "DDEAUTO c:\\\\cmd.exe", "LINK Excel"]
)
def test_field_that_reaches_outside_is_reported_and_its_stored_result_kept(code: str) -> None:
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    data = docx(p(begin + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + middle + r("结果") + end))
    assert lines(data) == ["结果"]
    assert omissions(data)["external-link"][1] is True


def test_comments_are_counted_and_quoted() -> None:
    comments = f'<w:comment w:id="0">{p(r("请核实数字"))}</w:comment><w:comment w:id="1">{p(r("同意"))}</w:comment>'
    body = p('<w:commentRangeStart w:id="0"/>' + r("文") + '<w:commentRangeEnd w:id="0"/>')
    data = docx(body, stories={"comments": comments})
    assert lines(data) == ["文"]
    assert omissions(data) == {"comment": ("有 2 条批注没有收入：“请核实数字”。", False)}


def test_header_text_is_reported_and_page_numbers_are_not() -> None:
    stories = {"header": p(r("章贡区教育体育局文件")), "footer": p(r("第 1 页 共 3 页"))}
    found = omissions(docx(paragraph("文"), stories=stories))
    assert found == {"header-footer": ("页眉页脚的文字没有收入：“章贡区教育体育局文件”。", False)}


@pytest.mark.parametrize(
    ("inner", "rule"),
    [
        (
            "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            "chart",
        ),
        (
            "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
            "smart-art",
        ),
        ('<w:r><w:object><o:OLEObject ProgID="Package"/></w:object></w:r>', "embedded-object"),
        ('<w:r><w:object><w:control r:id="r1"/></w:object></w:r>', "embedded-object"),
        ('<w:subDoc r:id="r1"/>', "alt-chunk"),
    ],
)
def test_unread_object_in_a_paragraph_is_reported(inner: str, rule: str) -> None:
    data = docx(p(r("文") + inner))
    assert lines(data) == ["文"]
    assert {key: serious for key, (_, serious) in omissions(data).items()} == {rule: True}


def test_foreign_file_inside_is_reported() -> None:
    data = docx(paragraph("文") + '<w:altChunk r:id="r1"/>')
    assert omissions(data) == {"alt-chunk": ("文件里夹有 1 份其他文件的内容，没有读入。", True)}


def test_field_without_a_result_is_reported() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    data = docx(p(r("文") + begin + r"<w:r><w:instrText>EQ \f(1,2)</w:instrText></w:r>" + end))
    assert omissions(data)["unknown-field"] == (r"有 1 处域没有显示结果，没有读入：“EQ \f(1,2)”。", True)


def test_long_quote_is_cut() -> None:
    message, _ = omissions(docx(p(r("密" * 50, "<w:vanish/>")) + paragraph("文")))["hidden-text"]
    assert message == f"有 1 处隐藏文字没有收入：“{'密' * 24}……”。"
