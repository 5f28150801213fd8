"""One file with every trap known to make readers lose, repeat or invent text."""

from __future__ import annotations

from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.docx_reading import box, field, inline, p, png, r, tbl, tc, tr
from tools.docx_builder import docx, paragraph
from values.manuscript import Picture, Table

_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(
            [
                ("chineseCountingThousand", "%1、"),
                ("chineseCounting", "（%2）"),
                ("decimal", "%3."),
                ("decimalEnclosedCircleChinese", "%4"),
            ]
        )
    )
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="h"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def _item(text: str, level: int) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')


_BODY = "".join(
    [
        _item("标签一", 0) + _item("标签二", 1) + _item("标签三", 2) + _item("标签四", 3),
        p(r("插入前") + f"<w:ins>{r('插入')}</w:ins>" + "<w:del><w:r><w:delText>删除</w:delText></w:r></w:del>"),
        p(f"<w:moveFrom>{r('移走')}</w:moveFrom><w:moveTo>{r('移来')}</w:moveTo>"),
        p(f"<w:smartTag>{r('智能标记')}</w:smartTag><w:customXml>{r('自定义')}</w:customXml>"),
        p(f"<w:sdt><w:sdtContent>{r('行内控件')}</w:sdtContent></w:sdt>"),
        f"<w:sdt><w:sdtContent>{paragraph('块级控件')}</w:sdtContent></w:sdt>",
        p(f'<w:fldSimple w:instr="DATE">{r("简单域")}</w:fldSimple>' + field("REF a", r("复杂域"))),
        p(f"<w:r><w:ruby><w:rt>{r('zhù')}</w:rt><w:rubyBase>{r('注')}</w:rubyBase></w:ruby></w:r>" + r("音")),
        p(r("文本框锚点") + box(paragraph("文本框"))),
        p(r("隐", '<w:rStyle w:val="h"/>') + r("可见") + r("藏", "<w:vanish/>")),
        p(
            r("公式")
            + "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"
            + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        ),
        p(r("超链接：") + f"<w:hyperlink>{r('链接')}</w:hyperlink>" + '<w:r><w:footnoteReference w:id="1"/></w:r>'),
        tbl(
            tr(tc("合并", '<w:gridSpan w:val="2"/>')),
            tr(tc("纵", '<w:vMerge w:val="restart"/>'), tc("右一")),
            tr(tc("", "<w:vMerge/>"), tc(paragraph("外") + tbl(tr(tc("内一"), tc("内二"))))),
            grid="1 1",
        ),
        p(inline("rId9")),
        p(r("前半"), "<w:rPr><w:del/></w:rPr>") + paragraph("后半"),
    ]
)


def test_one_file_with_every_trap() -> None:
    data = docx(
        _BODY,
        styles=_STYLES,
        numbering=_NUMBERING,
        pictures={"rId9": png()},
        parts={"word/vbaProject.bin": b"x"},
        stories={
            "footnotes": f'<w:footnote w:id="1">{p(r("脚注"))}</w:footnote>',
            "comments": f'<w:comment w:id="0">{p(r("批注"))}</w:comment>',
            "header": p(r("页眉")),
        },
    )
    read = read_docx(data)
    shown = [
        block.text
        if isinstance(block, SourceParagraph)
        else [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in block.rows]
        if isinstance(block, Table)
        else "图"
        for block in read.blocks
    ]
    assert shown == [
        "一、标签一",
        "（一）标签二",
        "1. 标签三",
        "① 标签四",
        "插入前插入",
        "移来",
        "智能标记自定义",
        "行内控件",
        "块级控件",
        "简单域复杂域",
        "注音",
        "文本框",
        "文本框锚点",
        "可见",
        "公式E=mc√",
        "超链接：链接〔注1〕",
        [[("合并", 2, 1)], [("纵", 1, 2), ("右一", 1, 1)], [("外\n内一 内二", 1, 1)]],
        "图",
        "前半后半",
        "〔注1〕脚注",
    ]
    assert {omission.rule.name: omission.serious for omission in read.omissions} == {
        "macro": True,
        "hidden-text": True,
        "tracked-deletion": False,
        "tracked-insertion": False,
        "comment": False,
        "header-footer": False,
        "pronunciation": False,
    }
    assert [block.content_type for block in read.blocks if isinstance(block, Picture)] == ["image/png"]
