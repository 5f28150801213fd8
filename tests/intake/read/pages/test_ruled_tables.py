"""Tables among the lines drawn on a page."""

from __future__ import annotations

from itertools import pairwise

from intake.read.pages.page import Box, Character
from intake.read.pages.pdf import read_pdf
from intake.read.pages.ruled_tables import joined, tables_among, with_text
from intake.read.source import SourceParagraph
from tests.support.pdf import lines, pdf, show
from tests.support.placed_pages import line
from values.manuscript import Cell, Table

COLUMNS = (100.0, 200.0, 300.0)
ROWS = (100.0, 130.0, 160.0)


def rules(columns: tuple[float, ...] = COLUMNS, rows: tuple[float, ...] = ROWS) -> list[Box]:
    """The lines of a grid."""
    across = [Box(columns[0], y, columns[-1], y) for y in rows]
    return [*across, *(Box(x, rows[0], x, rows[-1]) for x in columns)]


def placed(*cells: tuple[str, float, float]) -> list[Character]:
    return [character for text, x, y in cells for character in line(text, y, x, 10.0)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


FILLED = placed(("单位", 110, 118), ("人数", 210, 118), ("区教体局", 110, 148), ("12", 210, 148))


def test_grid_of_lines_is_a_table_with_the_text_of_its_cells() -> None:
    [table], rest = with_text(tables_among(rules()), [*FILLED, *placed(("表外", 110, 300))])
    assert texts(table.table) == [["单位", "人数"], ["区教体局", "12"]]
    assert table.table.widths == (2000, 2000)
    assert "".join(character.text for character in rest) == "表外"


def test_grid_may_be_drawn_cell_by_cell_and_as_thin_rectangles() -> None:
    pieces = [Box(left, y - 0.3, right, y + 0.3) for y in ROWS for left, right in pairwise(COLUMNS)]
    pieces += [Box(x, top, x + 0.5, bottom) for x in COLUMNS for top, bottom in pairwise(ROWS)]
    [table], _ = with_text(tables_among(pieces), FILLED)
    assert texts(table.table) == [["单位", "人数"], ["区教体局", "12"]]


def test_cells_without_a_line_between_them_are_one() -> None:
    without_wall = [rule for rule in rules() if rule.left != 200.0 or rule.width]
    halves = [*without_wall, Box(200, 130, 200, 160)]
    [table], _ = with_text(tables_among(halves), placed(("合并", 110, 118), ("甲", 110, 148), ("乙", 210, 148)))
    assert table.table.rows == ((Cell("合并", 2, 1),), (Cell("甲"), Cell("乙")))


def test_cell_over_two_rows_has_its_rowspan() -> None:
    top_and_bottom = [rule for rule in rules() if rule.top != 130.0 or rule.height]
    [table], _ = with_text(
        tables_among([*top_and_bottom, Box(200, 130, 300, 130)]),
        placed(("合并", 110, 135), ("甲", 210, 118), ("乙", 210, 148)),
    )
    assert table.table.rows == ((Cell("合并", 1, 2), Cell("甲")), (Cell("乙"),))


def test_text_wraps_within_its_cell_and_ends_early_where_it_has_room() -> None:
    cells = placed(("一二三四五六七八", 110, 113), ("九十", 110, 126), ("短", 210, 113), ("另一段", 210, 126))
    [table], _ = with_text(tables_among(rules()), [*cells, *placed(("甲", 110, 148), ("乙", 210, 148))])
    assert texts(table.table)[0] == ["一二三四五六七八九十", "短\n另一段"]


def test_underline_in_a_cell_divides_nothing() -> None:
    [table], _ = with_text(tables_among([*rules(), Box(110, 120, 150, 120)]), FILLED)
    assert texts(table.table) == [["单位", "人数"], ["区教体局", "12"]]


def test_frame_rule_and_empty_boxes_are_no_table() -> None:
    assert tables_among([Box(100, 100, 300, 160)]) == ()
    assert tables_among([Box(100, 100, 300, 100), Box(100, 160, 300, 160)]) == ()
    assert with_text(tables_among(rules()), placed(("孤", 110, 118))) == ([], placed(("孤", 110, 118)))


def test_table_that_goes_on_on_the_next_page_is_one_without_its_repeated_header() -> None:
    above = Table(((Cell("单位"), Cell("数")), (Cell("甲"), Cell("1"))), (2000, 2000))
    below = Table(((Cell("单位"), Cell("数")), (Cell("乙"), Cell("2"))), (2000, 2010))
    whole = joined(above, below)
    assert whole is not None
    assert (texts(whole), whole.header_rows) == ([["单位", "数"], ["甲", "1"], ["乙", "2"]], 1)
    assert joined(above, Table(below.rows, (1000, 3000))) is None
    assert joined(above, Table(below.rows, (2000, 2000, 2000))) is None


def test_table_of_a_pdf_stands_between_its_paragraphs() -> None:
    across = "".join(f"100 {y} m 400 {y} l S\n" for y in (400, 450, 500))
    down = "".join(f"{x} 400 m {x} 500 l S\n" for x in (100, 250, 400))
    cells = show("单位", 110, 465) + show("人数", 260, 465) + show("区教体局", 110, 415) + show("12", 260, 415)
    document = read_pdf(pdf(lines("　　见下表。") + across + down + cells + show("　　以上。", 80, 300)))
    first, table, last = document.blocks
    assert isinstance(table, Table)
    assert texts(table) == [["单位", "人数"], ["区教体局", "12"]]
    assert [block.text for block in (first, last) if isinstance(block, SourceParagraph)] == ["见下表。", "以上。"]
    assert "table-as-text" not in {omission.rule.name for omission in document.omissions}
