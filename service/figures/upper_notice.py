"""A 通报 of a higher level, read: which titles it lists, of whom, in which paper. Pure.

The list is pasted, mailed or a file (`intake.document_rows`). Tables are read by their headings; in tables without any,
and in lines, the title is what stands in 《》, or else the longest cell, or the line without its number and note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from values.upper_adoption import AdoptedAs, adopted_as_in
from values.written_date import date_written

_HEADINGS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("title", ("标题", "题目", "信息标题", "稿件标题", "信息题目", "篇名", "采用信息", "信息名称", "采用标题")),
    ("unit", ("单位", "报送单位", "供稿单位", "来稿单位", "报送地区", "县区", "县市区", "采用单位")),
    ("publication", ("刊物", "刊名", "采用刊物", "刊物名称", "采用期刊", "刊期", "期号", "期数", "采用期数")),
    ("dated", ("日期", "采用日期", "刊发日期", "时间", "采用时间", "刊发时间")),
    ("adopted_as", ("方式", "采用方式", "采用类型", "类型", "采用形式", "形式", "采用情况", "备注")),
    ("level", ("级别", "层级", "采用级别", "采用层次")),
)
"""Of each field, the headings that offices use."""
_ABOVE: Final = 6
"""Rows of a table above its headings: a title, a date."""
_NUMBER: Final = re.compile(r"^\s*(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]\s*|[·•●▪-]\s*)")
_QUOTED: Final = re.compile(r"《([^《》]{6,120})》")
_NOTE: Final = re.compile(r"[（(]([^（）()]{1,60})[）)]\s*[。；;]?\s*$")
_DASH: Final = re.compile(r"\s*(?:——|—|--)\s*([^—，。]{2,20})$")
_SHORTEST: Final = 6
"""Characters of a title."""
_LONGEST_TITLE: Final = 120
_PROSE: Final = re.compile(r"[。！？]\s*\S")
"""A line of several sentences is no title."""
_CHINESE: Final = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """A line of the list. Fields that it does not have are empty."""

    title: str
    unit: str = ""
    publication: str = ""
    dated: date | None = None
    adopted_as: AdoptedAs = AdoptedAs.UNSAID
    level: str = ""


def notice_items(rows: Sequence[Sequence[str]], year: int, levels: Sequence[str]) -> tuple[NoticeItem, ...]:
    """The items in the order of the rows, each title once. year: of days written without one. levels: those that the
    office has; others are left empty."""
    columns: dict[str, int] = {}
    items: dict[str, NoticeItem] = {}
    for index, row in enumerate(rows):
        if len(row) > 1 and (headings := _columns(row)):
            columns = headings
            continue
        for item in _items_in(row, columns, year):
            known_level = next((level for level in levels if item.level and item.level in (level, level[:-1])), "")
            items.setdefault("".join(item.title.split()), replace(item, level=known_level))
        if index > _ABOVE and len(row) == 1:
            columns = {}  # the table has ended
    return tuple(items.values())


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Where each field is; {} for a row that is no row of headings."""
    cells = ["".join(cell.split()) for cell in row]
    places = {field: next((cells.index(name) for name in names if name in cells), None) for field, names in _HEADINGS}
    columns = {field: place for field, place in places.items() if place is not None}
    return columns if "title" in columns else {}


def _items_in(row: Sequence[str], columns: dict[str, int], year: int) -> Iterator[NoticeItem]:
    cells = [cell.strip() for cell in row]
    if len([cell for cell in cells if cell]) < 2:
        yield from _of_line("".join(cells))
        return
    fields = {field: cells[place] if place < len(cells) else "" for field, place in columns.items()}
    title = fields.get("title") or (max(cells, key=_chinese) if not columns else "")
    quoted = _QUOTED.search(title)
    title = _NUMBER.sub("", quoted[1] if quoted else title)
    if not _chinese(title) >= _SHORTEST or len(title) > _LONGEST_TITLE:
        return
    dated = date_written(fields.get("dated", ""), year) or _day_in(cells, year)
    yield NoticeItem(
        title,
        unit=fields.get("unit", ""),
        publication=fields.get("publication", ""),
        dated=dated,
        adopted_as=adopted_as_in(fields.get("adopted_as", "")) or adopted_as_in(" ".join(_without(cells, title))),
        level=fields.get("level", ""),
    )


def _of_line(line: str) -> Iterator[NoticeItem]:
    """The titles of a line: all in 《》, or the line itself."""
    note = _NOTE.search(line)
    adopted_as = adopted_as_in(note[1]) if note else AdoptedAs.UNSAID
    if quoted := _QUOTED.findall(line):
        yield from (NoticeItem(title, adopted_as=adopted_as) for title in quoted)
        return
    bare = _NUMBER.sub("", line)
    if bare == line or _PROSE.search(line):
        return  # neither numbered nor quoted: the words around the list
    title = _NOTE.sub("", bare).strip()
    unit = _DASH.search(title)
    title = _DASH.sub("", title).rstrip("。；; ")
    if _chinese(title) >= _SHORTEST and len(title) <= _LONGEST_TITLE:
        yield NoticeItem(title, unit[1] if unit else _unit_in(note[1] if note else ""), adopted_as=adopted_as)


def _unit_in(note: str) -> str:
    """The unit in the note behind a title: （区教体局，全文）."""
    return next((part for part in re.split(r"[，,、；;\s]+", note) if part and not adopted_as_in(part)), "")


def _day_in(cells: Sequence[str], year: int) -> date | None:
    return next((day for cell in cells if (day := date_written(cell, year)) is not None), None)


def _without(cells: Sequence[str], title: str) -> list[str]:
    return [cell for cell in cells if title not in cell]


def _chinese(text: str) -> int:
    return len(_CHINESE.findall(text))
