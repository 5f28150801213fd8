"""Measures the OFD of an issue of twenty pages, and compares its text with the PDF's.

    python -m benchmarks.ofd

Goal (issue 20): 2 s. Exit status 1 when it is missed, or a text differs. LibreOffice makes the PDF, which is not
counted. The peer is easyofd, which makes an OFD of a PDF with pictures for pages, or with text in fonts of the reader's
machine. It is measured where it is installed; the development environment does not have it, since it needs AGPL code.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import operator
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import ofdkit
import pypdfium2

from assembler.typeset import typeset
from programs.libreoffice import ConversionLimits
from programs.ofd.convert import load, ofd_of
from programs.pdf_archival import archival_pdf_of
from tests.support.issues import TEMPLATE, article, issue, no_picture
from values.issue import Issue
from values.manuscript import Cell, Heading, Paragraph, Table

_GOAL: Final = 2.0
_PAGES: Final = 20
_COMMON: Final = range(0x4E00, 0x4E00 + 900)
"""Characters of the articles: as many different ones as twenty pages of prose have."""


def main() -> int:
    soffice = Path(shutil.which("soffice") or sys.exit("LibreOffice is not installed"))
    docx = typeset(_long_issue(), TEMPLATE, no_picture)
    pdf = archival_pdf_of(docx, soffice, ConversionLimits(seconds=180))
    load()  # the child loads it once, too
    made, seconds = _measured(lambda: ofd_of(pdf, date(2022, 11, 8)))
    pages = len(pypdfium2.PdfDocument(pdf))
    texts = [_plain(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(pdf)]
    ours = ["".join(_plain(run.text) for run in page.runs) for page in ofdkit.open(io.BytesIO(made.data)).pages]
    print(f"{pages} pages, {sum(map(len, texts))} characters, {len(set(''.join(texts)))} different")
    print(
        f"OFD: {seconds:.2f} s, {len(made.data) / 1000:.0f} kB of {len(pdf) / 1000:.0f} kB, "
        f"{len(made.pictured)} pages are pictures"
    )
    print(f"text equal on {sum(map(operator.eq, ours, texts))} pages")
    _measure_peer(pdf)
    return 0 if seconds <= _GOAL and ours == texts and pages >= _PAGES else 1


def _measure_peer(pdf: bytes) -> None:
    if importlib.util.find_spec("easyofd") is None:
        print("peer easyofd: not installed")
        return
    module: Any = importlib.import_module("easyofd.ofd")
    for words, optional in (("pictures", False), ("text", True)):
        made, seconds = _measured(partial(module.OFD().pdf2ofd, pdf, optional_text=optional))
        print(f"peer easyofd, {words}: {seconds:.2f} s, {len(made) / 1000:.0f} kB")


def _measured(call: Callable[[], Any]) -> tuple[Any, float]:
    """Its result and CPU time, the better of two runs."""
    times = []
    for _ in range(2):
        begin = time.process_time()
        result = call()
        times.append(time.process_time() - begin)
    return result, min(times)


def _plain(text: str) -> str:
    return "".join(text.replace("\ufffe", "").replace("\x02", "").split())


def _long_issue() -> Issue:
    sentence = "".join(map(chr, _COMMON))
    table = Table(
        tuple(tuple(Cell(sentence[at : at + 6]) for at in range(row, row + 24, 6)) for row in range(6)), (), 1
    )
    articles = [
        article(
            number,
            Heading("一、加大服务供给", 1),
            *(
                Paragraph(f"{sentence[at : at + 300]}2022年完成投资20412.9万元，增长5.6%。")
                for at in range(0, 900, 150)
            ),
            table,
            title=(f"第{number}篇稿件的标题",),
        )
        for number in range(1, 7)
    ]
    return issue(*articles)


if __name__ == "__main__":
    sys.exit(main())
