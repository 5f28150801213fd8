"""Footnotes and endnotes: numbered as they are read, at the end of the article."""

from __future__ import annotations

from tests.support.docx_reading import lines, omissions, p, r
from tools.docx_builder import docx, paragraph


def _notes(kind: str) -> str:
    tag = kind.removesuffix("s")
    return (
        f'<w:{tag} w:id="-1" w:type="separator"><w:p/></w:{tag}>'
        f'<w:{tag} w:id="1"><w:p><w:r><w:{tag}Ref/></w:r>{r(" 见文件一。")}</w:p>{paragraph("续一。")}</w:{tag}>'
        f'<w:{tag} w:id="2"><w:p>{r("见文件二。")}</w:p></w:{tag}>'
    )


def test_notes_are_numbered_in_reading_order_and_stand_at_the_end() -> None:
    second, first = (f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' for note in (1, 2))
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    body = p(r("甲") + first + r("乙") + second + end) + paragraph("丙")
    data = docx(body, stories={"footnotes": _notes("footnotes"), "endnotes": _notes("endnotes")})
    assert lines(data) == [
        "甲〔注1〕乙〔注2〕〔注3〕",
        "丙",
        "〔注1〕见文件二。",
        "〔注2〕见文件一。",
        "续一。",
        "〔注3〕见文件二。",
    ]


def test_note_in_deleted_text_or_without_its_text_leaves_no_marker() -> None:
    gone = '<w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del>'
    missing = '<w:r><w:footnoteReference w:id="99"/></w:r>'
    data = docx(p(r("甲") + gone + missing), stories={"footnotes": _notes("footnotes")})
    assert lines(data) == ["甲"]
    assert omissions(data)["missing-note"] == ("有 1 处注释在文件里找不到正文，没有收入。", True)
