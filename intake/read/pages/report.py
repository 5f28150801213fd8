"""The omissions of a fixed-layout file: what it holds and the article does not, and what must be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from intake.read.pages.furniture import BodyLines
from intake.read.pages.lines import PageLine
from intake.read.pages.page import Character, FixedPage
from intake.read.source import Omission
from values import rules

_QUOTE: Final = 24
"""Characters of a quote; as in `docx.tally`."""
_MOST_PAGES: Final = 5
"""Page numbers listed in a message."""
_PICTURES: Final = {
    "over-text": (rules.PICTURE_OVER_TEXT, "有 {count} 张图片与文字重叠（如印章、水印、底纹），没有收入。"),
    "format": (rules.PICTURE_FORMAT, "有 {count} 张图片的格式（如 JBIG2）排版时无法放入，没有收入。"),
    "huge": (rules.PICTURE_HUGE, "有 {count} 张图片像素过多，没有读入，请缩小后再发。"),
    "damaged": (rules.PICTURE_DAMAGED, "有 {count} 张图片已损坏，没有读入。"),
    "running": (rules.PICTURE_RUNNING, "每页重复的 {count} 张图片（如徽标）没有收入。"),
    "small": (rules.PICTURE_SMALL, "有 {count} 张很小的图片（如图标）没有收入。"),
}
"""The rule and the sentence for each reason in `FixedPage.left_out`, in the order of the report."""


def omissions_of(
    pages: Sequence[FixedPage], body: BodyLines, undrawn: Sequence[int], file_type: str
) -> Iterator[Omission]:
    """The omissions in the order of the report. undrawn: the numbers of the pages with a table that has no drawn lines.
    file_type: "PDF" or "OFD"."""
    yield Omission(rules.FIXED_LAYOUT, f"由 {file_type} 读出，请核对分段与数字")
    yield from _scans(pages)
    hidden = [character for page in pages if not page.scanned for character in page.hidden]
    if any(not character.text.isspace() for character in hidden):
        message = f"有 {len(hidden)} 个看不见的文字没有收入：“{_quote(hidden)}”。"
        yield Omission(rules.HIDDEN_TEXT, message)
    if tables := [at for at, page in enumerate(body.lines, start=1) if _has_rows(page)]:
        what = f"{_pages(tables)}有表格，只逐行读出了文字，请核对或"
        yield Omission(rules.TABLE_AS_TEXT, f"{what}请对方发 Word 文稿。", f"{what}请发 Word 文稿。")
    if undrawn:
        what = f"{_pages(undrawn)}的表格没有画线，按各列的位置读成了表格，请核对或"
        yield Omission(rules.TABLE_AS_TEXT, f"{what}请对方发 Word 文稿。", f"{what}请发 Word 文稿。")
    if unknown := sum(page.unknown for page in pages):
        message = f"有 {unknown} 个字在文件里没有编码，以“〓”代替，请对照原文补上。"
        yield Omission(rules.UNKNOWN_SYMBOL, message)
    if turned := sum(page.turned for page in pages):
        message = f"有 {turned} 个斜排或竖排的文字（如水印）没有收入。"
        yield Omission(rules.TURNED_TEXT, message)
    yield from _pictures(pages)
    if body.running:
        message = f"页眉页脚的文字没有收入：“{_short('／'.join(body.running))}”。"
        yield Omission(rules.HEADER_FOOTER, message)
    if body.numbers:
        yield Omission(rules.PAGE_NUMBER, f"{body.numbers} 处页码没有收入。")


def _has_rows(lines: Sequence[PageLine]) -> bool:
    """Whether lines of a page are the rows of a table without rules: several cells, one row below the other."""
    return any(line.cells > 1 and below.cells > 1 for line, below in pairwise(lines))


def _scans(pages: Sequence[FixedPage]) -> Iterator[Omission]:
    if read := [at for at, page in enumerate(pages, start=1) if page.scanned]:
        message = f"{_pages(read)}是扫描件，文字由识别而来，须逐字核对。"
        yield Omission(rules.SCAN_WITH_TEXT, message)
    empty = [at for at, page in enumerate(pages, start=1) if page.grounded and not page.characters and not page.hidden]
    if empty:
        what = f"{_pages(empty)}是扫描件或图片，没有文字，没有读入。"
        yield Omission(rules.SCAN_WITHOUT_TEXT, f"{what}请对方发 Word 文稿。", f"{what}请发 Word 文稿。")


def _pictures(pages: Iterable[FixedPage]) -> Iterator[Omission]:
    counts = Counter(why for page in pages for why in page.left_out)
    for why, (rule, sentence) in _PICTURES.items():
        if counts[why]:
            yield Omission(rule, sentence.format(count=counts[why]))


def _pages(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:_MOST_PAGES]))
    return f"第 {shown} 页" if len(numbers) <= _MOST_PAGES else f"第 {shown} 等 {len(numbers)} 页"


def _quote(characters: Iterable[Character]) -> str:
    return _short("".join(character.text for character in characters))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else f"{line[:_QUOTE]}……"
