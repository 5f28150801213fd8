"""Every text of a .docx, by the place where it stands."""

from __future__ import annotations

from intake.read.docx.texts import docx_texts
from intake.read.texts import FileText
from tools.docx_builder import docx, paragraph

TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('密级')}</w:tc><w:tc>{paragraph('秘密')}</w:tc></w:tr></w:tbl>"


def test_the_beginning_and_all_lines_are_given() -> None:
    texts = docx_texts(docx("".join(paragraph(f"第{n}行") for n in range(20))))
    lines = tuple(f"第{n}行" for n in range(20))
    assert FileText("开头", lines[:15]) in texts
    assert FileText("正文", lines, at_head=False) in texts


def test_a_table_counts_only_near_the_beginning() -> None:
    assert FileText("开头的表格", rows=(("密级", "秘密"),)) in docx_texts(docx(TABLE + paragraph("标题")))
    late = docx_texts(docx("".join(paragraph("行") for _ in range(20)) + TABLE))
    assert not [text for text in late if text.rows]


def test_stories_have_their_places() -> None:
    stories = {kind: paragraph(kind) for kind in ("header", "footer")}
    texts = docx_texts(docx(paragraph("标题"), stories=stories))
    assert {text.place: text.lines for text in texts if text.place.startswith("页")} == {
        "页眉": ("header",),
        "页脚": ("footer",),
    }
