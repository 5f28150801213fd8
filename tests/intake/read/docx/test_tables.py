"""Tables: each merged cell once, a grid without holes, nested tables as lines."""

from __future__ import annotations

from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.docx_reading import box, inline, omissions, p, png, r, tables, tbl, tc, tr
from tools.docx_builder import docx, paragraph
from values.manuscript import Cell, Picture, Table


def _only(body: str, numbering: str = "") -> Table:
    (table,) = tables(docx(body, numbering=numbering))
    return table


def test_table_is_read_with_widths_and_header_rows() -> None:
    header = "<w:tblHeader/>"
    table = _only(
        tbl(
            tr(tc("单位"), tc("篇数"), properties=header),
            tr(tc("区教体局"), tc("3"), properties='<w:tblHeader w:val="0"/>'),
            tr(tc("区民政局"), tc("1"), properties=header),
            grid="6000 2000",
        )
    )
    assert table == Table(
        rows=((Cell("单位"), Cell("篇数")), (Cell("区教体局"), Cell("3")), (Cell("区民政局"), Cell("1"))),
        widths=(6000, 2000),
        header_rows=1,
    )


def test_table_stands_between_its_paragraphs() -> None:
    blocks = read_docx(docx(paragraph("前") + tbl(tr(tc("格"))) + paragraph("后"))).blocks
    assert [block.text if isinstance(block, SourceParagraph) else type(block) for block in blocks] == [
        "前",
        Table,
        "后",
    ]


def test_merged_cells_stand_once() -> None:
    start, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = _only(
        tbl(
            tr(tc("表头", '<w:gridSpan w:val="2"/>'), tc("三")),
            tr(tc("竖", start), tc("b"), tc("c")),
            tr(tc("", go_on), tc("e"), tc("f")),
            tr(tc("", '<w:vMerge w:val="continue"/>'), tc("h"), tc("i")),
            tr(tc("新", start), tc("k"), tc("l")),
            grid="1 1 1",
        )
    )
    assert table.rows == (
        (Cell("表头", colspan=2), Cell("三")),
        (Cell("竖", rowspan=3), Cell("b"), Cell("c")),
        (Cell("e"), Cell("f")),
        (Cell("h"), Cell("i")),
        (Cell("新"), Cell("k"), Cell("l")),
    )


def test_cell_merged_both_ways_stands_once() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    table = _only(
        tbl(
            tr(tc("大", wide + '<w:vMerge w:val="restart"/>'), tc("a")),
            tr(tc("", wide + "<w:vMerge/>"), tc("b")),
        )
    )
    assert table.rows == ((Cell("大", 2, 2), Cell("a")), (Cell("b"),))


def test_horizontal_merge_of_old_programs_is_read() -> None:
    table = _only(tbl(tr(tc("宽", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("窄"))))
    assert table.rows == ((Cell("宽", colspan=2), Cell("窄")),)


def test_merge_that_continues_nothing_is_a_cell() -> None:
    table = _only(tbl(tr(tc("甲", "<w:vMerge/>"), tc("乙")), tr(tc("丙"), tc("丁"))))
    assert table.rows == ((Cell("甲"), Cell("乙")), (Cell("丙"), Cell("丁")))


def test_text_under_a_merged_cell_is_reported() -> None:
    data = docx(tbl(tr(tc("甲", '<w:vMerge w:val="restart"/>')), tr(tc("压住", "<w:vMerge/>"))))
    assert tables(data)[0].rows == ((Cell("甲", rowspan=2),), ())
    assert omissions(data)["hidden-text"] == ("有 1 处隐藏文字没有收入：“压住”。", True)


def test_grid_before_and_after_and_short_rows_are_empty_cells() -> None:
    table = _only(
        tbl(
            tr(tc("a"), tc("b"), tc("c"), tc("d")),
            tr(tc("e"), properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'),
            tr(tc("f")),
        )
    )
    assert table.rows[1:] == ((Cell("", 2), Cell("e"), Cell("")), (Cell("f"), Cell("", 3)))


def test_widths_fit_the_columns_or_are_left_out() -> None:
    assert _only(tbl(tr(tc("a")), grid="10 20")).widths == (10,)
    assert _only(tbl(tr(tc("a"), tc("b"), tc("c")), grid="10 20")).widths == (10, 20, 15)
    assert _only(tbl(tr(tc("a"), tc("b")), grid="0 20")).widths == ()
    assert _only(tbl(tr(tc("a")))).widths == ()


def test_absurd_span_does_not_make_a_huge_grid() -> None:
    table = _only(tbl(tr(tc("a", '<w:gridSpan w:val="1000000000"/>'))))
    assert table.rows == ((Cell("a", colspan=63),),)


def test_paragraphs_of_a_cell_are_lines_with_their_labels() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    cell = paragraph("甲", properties=item) + paragraph("") + paragraph("乙", properties=item)
    assert _only(tbl(tr(tc(cell))), numbering).rows == ((Cell("1. 甲\n2. 乙"),),)


def test_nested_table_becomes_lines_of_its_cell() -> None:
    inner = tbl(tr(tc("a"), tc("b\tc")), tr(tc(paragraph("d") + paragraph("e")), tc("f")))
    assert _only(tbl(tr(tc(paragraph("外") + inner + paragraph("尾"))))).rows == ((Cell("外\na b c\nd e f\n尾"),),)


def test_text_box_in_a_cell_is_read_once() -> None:
    assert _only(tbl(tr(tc(p(r("锚") + box(paragraph("框"))))))).rows == ((Cell("框\n锚"),),)


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    cell = f"<w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent>{tr(tc('甲'), cell)}</w:sdtContent></w:sdt>"
    assert _only(tbl(row)).rows == ((Cell("甲"), Cell("乙")),)


def test_deleted_and_hidden_rows_are_left_out_and_inserted_ones_are_in() -> None:
    data = docx(
        tbl(
            tr(tc("留")),
            tr(tc("删"), properties="<w:del/>"),
            tr(tc("隐"), properties="<w:hidden/>"),
            tr(tc("插"), properties="<w:ins/>"),
        )
    )
    assert tables(data)[0].rows == ((Cell("留"),), (Cell("插"),))
    assert set(omissions(data)) == {"tracked-deletion", "hidden-text", "tracked-insertion"}


def test_merge_goes_on_over_a_deleted_row() -> None:
    go_on = "<w:vMerge/>"
    data = docx(
        tbl(
            tr(tc("合", '<w:vMerge w:val="restart"/>'), tc("a")),
            tr(tc("", go_on), tc("b"), properties="<w:del/>"),
            tr(tc("", go_on), tc("c")),
        )
    )
    assert tables(data)[0].rows == ((Cell("合", rowspan=2), Cell("a")), (Cell("c"),))


def test_raised_and_lowered_figures_of_a_cell_keep_their_meaning() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    data = docx(tbl(tr(tc(p(r("5m") + r("2", up) + r("、CO") + r("2", down))), tc(p(r("注") + r("甲", up))))))
    assert tables(data)[0].rows == ((Cell("5m²、CO₂"), Cell("注甲")),)
    assert omissions(data) == {"script-in-table": ("表格里有 1 处上标或下标改成了普通文字：“注甲”。", False)}


def test_picture_in_a_cell_follows_the_table() -> None:
    data = docx(tbl(tr(tc(p(inline("rId9"))), tc("说明"))) + paragraph("后"), pictures={"rId9": png()})
    table, picture, _ = read_docx(data).blocks
    assert isinstance(table, Table)
    assert table.rows == ((Cell(""), Cell("说明")),)
    assert isinstance(picture, Picture)
    assert omissions(data)["picture-in-table"] == ("表格里的 1 张图片移到了表格之后。", False)


def test_table_without_rows_is_nothing() -> None:
    assert read_docx(docx(tbl() + paragraph("文"))).blocks == (SourceParagraph(text="文"),)
