"""Whatever is written is read back; whatever is broken is read or refused, never anything else."""

from __future__ import annotations

import io
import zipfile
from random import Random
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.read.docx.package import is_docx
from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.damage import xml_changed
from tests.support.docx_reading import box, field, inline, lines, p, png, r, tbl, tc, tr
from tools.docx_builder import docx, paragraph, zipped
from values.errors import UnreadableManuscript
from values.manuscript import Table

_TAKEN_OUT = "\u00ad\u200b\u200e\u200f\u2028\u2029\u0085\ufeff\ufff9\ufffa\ufffb\ufffe\uffff" + "".join(
    map(chr, [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xF000, 0xF100)])
)
_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=_TAKEN_OUT), min_size=1, max_size=40)
_RUN = st.one_of(_TEXT, st.just("\n"), st.just("\t"))
_PARAGRAPH = st.lists(_RUN, min_size=1, max_size=6).map("".join)
_CELLS = st.lists(_TEXT.map(str.strip).filter(bool), min_size=1, max_size=4)


def _written(text: str) -> str:
    xml = escape(text).replace("\n", "</w:t><w:br/><w:t xml:space='preserve'>")
    return p(
        f"<w:r><w:t xml:space='preserve'>{xml}</w:t></w:r>".replace("\t", "</w:t><w:tab/><w:t xml:space='preserve'>")
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(_PARAGRAPH, min_size=1, max_size=8))
def test_text_comes_back_character_for_character(texts: list[str]) -> None:
    shown = [line for text in texts for line in text.split("\n") if line.strip()]
    data = docx("".join(map(_written, texts)) + paragraph("末"))
    assert lines(data) == [*shown, "末"]
    assert read_docx(data).omissions == ()


@settings(max_examples=50, deadline=None)
@given(st.lists(_CELLS, min_size=1, max_size=5))
def test_table_comes_back_as_a_full_grid(rows: list[list[str]]) -> None:
    (table,) = read_docx(docx(tbl(*(tr(*(tc(p(r(escape(text)))) for text in row)) for row in rows)))).blocks
    assert isinstance(table, Table)
    columns = max(len(row) for row in rows)
    assert [[cell.text for cell in row if cell.text] for row in table.rows] == rows
    assert {sum(cell.colspan for cell in row) for row in table.rows} == {columns}


_MERGES = st.sampled_from(["", '<w:vMerge w:val="restart"/>', "<w:vMerge/>", "<w:hMerge/>"])
_SPANS = st.integers(-1, 4).map(lambda span: f'<w:gridSpan w:val="{span}"/>')
_EDGES = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
    lambda edges: f'<w:gridBefore w:val="{edges[0]}"/><w:gridAfter w:val="{edges[1]}"/>'
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(_EDGES, st.lists(st.tuples(_MERGES, _SPANS), max_size=5)), min_size=1, max_size=6))
def test_any_merging_gives_a_grid_without_holes_or_overlaps(rows: list[tuple[str, list[tuple[str, str]]]]) -> None:
    body = tbl(*(tr(*(tc("x", span + merge) for merge, span in cells), properties=edges) for edges, cells in rows))
    (table,) = (block for block in read_docx(docx(body + paragraph("后"))).blocks if isinstance(block, Table))
    taken: set[tuple[int, int]] = set()
    for index, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (index, column) in taken:
                column += 1
            places = {(index + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            assert not places & taken
            taken |= places
    columns = max((column for _, column in taken), default=-1) + 1
    assert taken == {(row, column) for row in range(len(table.rows)) for column in range(columns)}


_RICH = docx(
    p(r("甲", "<w:b/>") + field("PAGE", r("1")) + box(paragraph("框")) + inline("rId9"))
    + tbl(tr(tc("a", '<w:vMerge w:val="restart"/>'), tc("b")), tr(tc("", "<w:vMerge/>"), tc("c")), grid="1 2"),
    styles='<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>',
    numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"/></w:abstractNum>',
    pictures={"rId9": png()},
)


def _read_or_refuse(data: bytes) -> None:
    try:
        read = read_docx(data)
    except UnreadableManuscript as refused:
        assert str(refused).endswith("。")  # noqa: PT017 - both outcomes are right
    else:
        assert all(block.text for block in read.blocks if isinstance(block, SourceParagraph))
    assert is_docx(data) in (True, False)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(_RICH) - 1), st.binary(min_size=1, max_size=4))
def test_damaged_archive_is_read_or_refused(at: int, damage: bytes) -> None:
    _read_or_refuse(_RICH[:at] + damage + _RICH[at + len(damage) :])


with zipfile.ZipFile(io.BytesIO(_RICH)) as _archive:
    _MEMBERS = {name: _archive.read(name) for name in _archive.namelist()}
_PARTS = ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels"]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(_PARTS), st.data())
def test_damaged_xml_is_read_or_refused(part: str, data: st.DataObject) -> None:
    xml = _MEMBERS[part]
    start = data.draw(st.integers(0, len(xml)))
    end = data.draw(st.integers(start, min(len(xml), start + 30)))
    changed = xml[:start] + data.draw(st.binary(max_size=6)) + xml[end:]
    _read_or_refuse(zipped(_MEMBERS | {part: changed}))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 1 << 32), min_size=1, max_size=3))
def test_xml_turned_upside_down_is_read_or_refused(dice: list[int]) -> None:
    """Elements moved, nested, doubled, renamed; attributes swapped; values that mean nothing."""
    data = _RICH
    for one in dice:
        data = xml_changed(data, b"", Random(one))
    _read_or_refuse(data)
