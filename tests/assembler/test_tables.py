from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assembler.styles import NAMES, TemplateStyles
from assembler.tables import table_xml
from assembler.typeset import typeset
from tests.support.docx_rules import table_faults, violations
from tests.support.editing import members
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import W, projection
from values.manuscript import Block, Cell, Paragraph, Table


def set_table(table: Table) -> tuple[list[str], etree._Element]:
    """The rows as projected, and the w:tbl (the w:document where there is none)."""
    data = typeset(issue(article(1, Paragraph("前"), table)), TEMPLATE, no_picture)
    assert violations(data) == []
    rows = [line.partition("|")[2] for line in projection(data).splitlines() if line.startswith("BulletinTable|")]
    document = etree.fromstring(members(data)["word/document.xml"])
    tables = (style.getparent() for style in document.iter(W + "tblStyle") if style.get(W + "val") == "BulletinTable")
    properties = next(tables, None)
    return rows, document if properties is None else next(properties.iterancestors(W + "tbl"))


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(map(Cell, texts))


def column_widths(table: Table) -> list[int]:
    return [int(column.get(W + "w", "")) for column in set_table(table)[1].iter(W + "gridCol")]


def test_cells_over_several_columns_and_rows_stand_where_they_stood() -> None:
    table = Table(
        (
            (Cell("序号", 1, 2), Cell("单位", 1, 2), Cell("得分", 2)),
            cells("本月", "累计"),
            (Cell("1"), Cell("水西镇"), Cell("并列", 2, 2)),
            cells("2", "水东镇"),
        )
    )
    assert set_table(table)[0] == [
        "序号|单位|得分|<",
        "^|^|本月|累计",
        "1|水西镇|并列|<",
        "2|水东镇|^|<",
    ]


def test_a_row_in_which_no_cell_begins_is_kept() -> None:
    assert set_table(Table(((Cell("甲", 1, 2), Cell("乙", 1, 2)), ())))[0] == ["甲|乙", "^|^"]


def test_ragged_rows_are_filled_up() -> None:
    assert set_table(Table((cells("甲"), cells("乙", "丙", "丁"), ())))[0] == ["甲||", "乙|丙|丁", "||"]


def test_a_cell_that_claims_more_than_there_is_gets_what_there_is() -> None:
    assert set_table(Table(((Cell("甲", 1, 99), Cell("乙")), (Cell("丙", 0, -3),))))[0] == ["甲|乙", "^|丙"]


def test_a_cell_that_would_cover_another_is_cut_short() -> None:
    table = Table(((Cell("甲"), Cell("乙", 1, 2), Cell("丙")), (Cell("丁", 2), Cell("戊"))))
    assert set_table(table)[0] == ["甲|乙|丙", "丁|^|戊"]


def test_no_text_is_lost_beyond_the_63_columns_that_word_allows() -> None:
    rows, _ = set_table(Table((cells(*(f"{number}号" for number in range(70))),)))
    assert rows[0].count("|") == 62
    assert rows[0].endswith("61号|62号 / 63号 / 64号 / 65号 / 66号 / 67号 / 68号 / 69号")


def test_a_table_without_cells_is_left_out() -> None:
    assert set_table(Table(()))[0] == []
    assert set_table(Table(((), ())))[0] == []


def test_widths_keep_their_proportion_and_fill_the_measure() -> None:
    narrow, wide, last = column_widths(Table((cells("一", "二", "三"),), (1000, 6000, 1000)))
    assert narrow + wide + last == 8844
    assert narrow == last
    assert 4.0 < wide / narrow <= 6.0


def test_a_table_without_widths_is_shared_out_by_its_text() -> None:
    number, matter = column_widths(Table((cells("序号", "通报事项"), cells("1", "水西镇负责外事工作的同志擅自退群。"))))
    assert number + matter == 8844
    assert matter > 3 * number


def test_widths_that_make_no_sense_are_not_believed() -> None:
    for widths in ((1,), (0, 0), (-5, -7), (1, 2, 3)):
        assert sum(column_widths(Table((cells("甲", "乙"),), widths))) == 8844


def test_header_rows_repeat_and_have_their_style() -> None:
    _, document = set_table(Table((cells("序号", "事项"), cells("1", "水西镇负责外事工作的同志擅自退群。")), (), 1))
    first, second = document.iter(W + "tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None
    assert second.find(f"{W}trPr/{W}tblHeader") is None
    styles = [[style.get(W + "val") for style in row.iter(W + "pStyle")] for row in (first, second)]
    assert styles == [["TableHeader", "TableHeader"], ["TableCentred", "TableText"]]


def test_a_table_that_is_all_header_repeats_none_of_it() -> None:
    _, document = set_table(Table((cells("甲"), cells("乙")), (), 5))
    assert len(list(document.iter(W + "tblHeader"))) == 1


def test_a_header_higher_than_half_a_page_is_not_repeated() -> None:
    _, document = set_table(Table((cells("长" * 2000, "短"), cells("1", "2")), (1, 1), 1))
    assert list(document.iter(W + "tblHeader")) == []


def test_rows_stay_whole_unless_they_are_too_high_for_it() -> None:
    _, document = set_table(Table((cells("短"), cells("长" * 3000))))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in document.iter(W + "tr")] == [True, False]


def test_lines_within_a_cell_are_paragraphs_of_it() -> None:
    assert set_table(Table((cells("第一行\n第二行", "{{ x }}"),)))[0] == ["第一行 / 第二行|{{ x }}"]


any_cell = st.builds(Cell, st.text(max_size=5), st.integers(-1, 70), st.integers(-1, 9))
any_table = st.builds(
    Table,
    st.lists(st.lists(any_cell, max_size=8).map(tuple), max_size=6).map(tuple),
    st.lists(st.integers(-5, 9000), max_size=8).map(tuple),
    st.integers(-1, 7),
)


@given(any_table)
def test_table_with_any_spans_comes_out_as_a_rectangle(table: Table) -> None:
    xml = table_xml(table, TemplateStyles({ours: ours for ours in NAMES}, ()))
    if xml:
        root = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{xml}</w:body>')
        assert table_faults(root[0]) == []
        assert sum(int(column.get(W + "w", "")) for column in root.iter(W + "gridCol")) == 8844
    else:
        assert not any(table.rows)


def sections_of(*blocks: Block, template: bytes = TEMPLATE) -> list[str]:
    """For each section of the issue "landscape" or "portrait"."""
    data = typeset(issue(article(1, *blocks)), template, no_picture)
    assert violations(data) == []
    sizes = etree.fromstring(members(data)["word/document.xml"]).iter(W + "pgSz")
    return [size.get(W + "orient", "portrait") for size in sizes]


def test_many_short_columns_stay_on_the_page() -> None:
    assert sections_of(Table((cells(*"一二三四五六七八九十"),))) == ["portrait"]


def repeated_rows(table: Table) -> int:
    return len(list(set_table(table)[1].iter(W + "tblHeader")))


FIGURES: Final = (cells("1", "水西镇", "98.5"), cells("2", "水东镇", "97"))


@pytest.mark.parametrize(
    ("rows", "repeated"),
    [
        ((cells("序号", "单位名称", "得分"), *FIGURES), 1),
        ((cells("", "完成率", "同比增长"), *FIGURES), 1),
        (((Cell("序号", 1, 2), Cell("得分", 2)), cells("本月", "累计"), cells("1", "98.5", "97")), 2),
        ((cells("1", "水西镇", "98.5"), *FIGURES), 0),
        ((cells("单位", "2022年", "2021年"), *FIGURES), 0),
        ((cells("工作情况", "全区各镇、街道认真贯彻落实区委、区政府决策部署"), *FIGURES), 0),
        ((cells("", "通报", ""), *FIGURES), 0),
        ((cells("单位"), cells("水西镇"), cells("水东镇")), 0),
        ((cells("序号", "单位名称", "得分"),), 0),
        (
            (
                (Cell("重点工作", 1, 4), Cell("甲镇"), Cell("优")),
                *[cells("乙镇", "良")] * 3,
                cells("日常", "丙镇", "优"),
            ),
            0,
        ),
    ],
)
def test_rows_that_name_the_columns_are_repeated_where_the_author_marked_none(
    rows: tuple[tuple[Cell, ...], ...], repeated: int
) -> None:
    assert repeated_rows(Table(rows)) == repeated


def test_the_rows_that_the_author_marked_are_repeated_whatever_they_say() -> None:
    assert repeated_rows(Table((cells("单位", "2022年"), cells("水西镇", "98.5")), header_rows=1)) == 1
