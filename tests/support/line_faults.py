"""Sentences with everything that may break badly, put at every position of a line, and the faults of their lines as
printed (GB/T 15834-2011 5.1)."""

from __future__ import annotations

import contextlib
import ctypes
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pypdfium2
from pypdfium2 import raw

from values.line_ends import NOT_FIRST, NOT_LAST
from values.manuscript import Paragraph

POSITIONS: Final = 28
"""A line has so many characters."""
SENTENCES: Final = (
    "坚持“安全第一，预防为主，综合治理”要求，建立健全“责任明确，齐抓共管”的机制。",
    "推广经验……取得明显成效——群众满意度提升……各项工作有序推进——稳步前行。",
    "他说：“办事更快了……”大家都说好。“服务……”“再优化……”，等等。",
    "增长……5.6%，完成A……B两项，GDP……同比2022……2023年提高——5G——应用。",
    "《关于促进高校毕业生若干措施的通知》《章贡区办法（试行）》〔2022〕3号（以下简称《措施》）。",
    "请登录http://www.zgq.gov.cn/zwgk/2022/1108/content_12345.html?id=1&type=2查询，办理业务。",
    "网址为www.gov.cn，邮箱zgqwxzfb@163.com，请各单位注明来稿单位和联系人。",
    "联系电话0797-8199917，传真0797-8199918转801，手机13807970000。",
    "累计兑现4912.5万元，新增发放20412.9万元，同比增长5.6%，气温35℃，涉及1,234.56亩。",
    "打造“ISO9001”品牌、“5G+”应用、“12345”热线，推进“互联网+居家养老”。",
    "推进“‘五型’政府”建设，落实“十四五”规划，用好“‘一网’通办”平台。",
    "自2019—2021年，章贡区—南康区，1978～2022年，卡尔·马克思、弗里德里希·恩格斯。",
    "做得怎么样？！很好！……真的吗？……是的——“好”……（见附件1）、（二）。",
    "各镇／街道、A/B两类，设备型号GB/T9704-2012，版本V2.0-beta，COVID-19防控。",
)
_LEFT: Final = 1588 / 20
_RIGHT: Final = (11906 - 1474) / 20
"""Points: the edges of the text area (GB/T 9704-2012 5.2.2)."""
_SIZE: Final = 16
_CHARACTER: Final = 15.75
"""Points: the type of the text (三号), and what a Chinese character of it takes up."""
_WIDEST: Final = 1.6
"""Characters: no justified line is spread wider. Where …… is held together, a line may lack two characters."""
_SHORTEST: Final = 12.5
"""Characters that a line may lack on the right, before a part of an address that does not fit on it."""
_HAN: Final = re.compile("[一-龥]")
_QUOTES: Final = "“”‘’"
_WHOLE: Final = re.compile(r"\d{3,4}-\d{7,8}|1\d{10}|\d[\d.,]*[%℃]?|https?://|[a-z]+@", re.ASCII)
"""Numbers, telephone numbers and the beginnings of addresses: never on two lines."""
_PAGE_NUMBER: Final = re.compile(r"—\d+—")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The characters of a line without blanks. x, right: of each one's origin and ink, in points."""

    text: str
    x: Sequence[float]
    right: float

    @property
    def is_first(self) -> bool:
        """Whether it begins a paragraph, two characters in."""
        return self.x[0] > _LEFT + _CHARACTER


def every_position() -> list[Paragraph]:
    """A paragraph for each sentence and each position at which it may begin in a line."""
    return [Paragraph("编" * shift + sentence) for sentence in SENTENCES for shift in range(POSITIONS)]


def line_faults(pdf: bytes) -> Mapping[str, Sequence[str]]:
    """What is wrong with the lines of paragraphs set two characters in, by kind; {} for nothing. The first page, of
    masthead and contents, is passed over."""
    faults: defaultdict[str, list[str]] = defaultdict(list)
    lines = [line for line in _lines(pdf) if not _PAGE_NUMBER.fullmatch(line.text)]
    for line, following in pairwise(lines):
        for fault in _faults(line, None if following.is_first else following):
            faults[fault].append(f"{line.text[-8:]}|{following.text[:6]}")
    return faults


def _faults(line: PrintedLine, following: PrintedLine | None) -> Iterator[str]:
    """following: the next line of its paragraph, None for the last one."""
    if line.right > _RIGHT + 1:
        yield "outside"
    steps = [(first, after - before) for first, (before, after) in zip(line.text, pairwise(line.x), strict=False)]
    characters = [step for sign, step in steps if _HAN.fullmatch(sign)]
    if any(step < 0.9 * min(characters, default=_CHARACTER) for sign, step in steps if sign in _QUOTES):
        yield "narrow quotation mark"
    if following is None:
        return
    if following.text[0] in NOT_FIRST:
        yield "closing mark first"
    if line.text[-1] in NOT_LAST:
        yield "opening mark last"
    if line.text[-1] in "…—" and following.text[0] == line.text[-1]:
        yield "torn mark"
    if any(match.start() < len(line.text) < match.end() for match in _WHOLE.finditer(line.text + following.text)):
        yield "torn number"
    if max(characters, default=0.0) > _WIDEST * _CHARACTER:
        yield "stretched"
    if _RIGHT - line.right > _SHORTEST * _CHARACTER:
        yield "short"


def _lines(pdf: bytes) -> Iterator[PrintedLine]:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in list(document)[1:]:
            with contextlib.closing(page.get_textpage()) as text:
                rows: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
                for index in range(text.count_chars()):
                    if text.get_text_range(index, 1).strip() and round(raw.FPDFText_GetFontSize(text, index)) == _SIZE:
                        x, y = ctypes.c_double(), ctypes.c_double()
                        raw.FPDFText_GetCharOrigin(text, index, x, y)
                        rows[round(y.value)].append((x.value, index))
                for _, row in sorted(rows.items(), reverse=True):
                    yield _printed(text, sorted(row))


def _printed(text: pypdfium2.PdfTextPage, row: Sequence[tuple[float, int]]) -> PrintedLine:
    return PrintedLine(
        "".join(text.get_text_range(index, 1) for _, index in row),
        [x for x, _ in row],
        max(text.get_charbox(index)[2] for _, index in row),
    )
