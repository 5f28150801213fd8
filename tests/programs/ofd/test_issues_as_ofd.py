"""Issues made by hypothesis, as LibreOffice lays them out: the text of OFD and PDF is equal, and the pages look alike.

Five issues by default, in one start of LibreOffice; with JIANBAO_SLOW=1 fifty more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assembler.typeset import typeset
from programs.conversion import ConversionRequest
from programs.docx_for_libreoffice import docx_for_libreoffice
from programs.libreoffice import ConversionLimits, convert
from programs.ofd.convert import ofd_of
from programs.ofd.doubt import OfdMade
from tests.programs.ofd.test_convert import DAY, UNLIKE, unlike, words, words_of_pdf
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tools.docx_builder import docx, paragraph
from values.issue import Issue
from values.manuscript import Block, Cell, Heading, Paragraph, Table

pytestmark = pytest.mark.libreoffice

_BATCH: Final = 5
"""Issues in one start of LibreOffice, which takes longer than they do."""
_LEAST: Final = 400
"""Characters of an issue's representation, in the mean of a batch."""
_EVERY_LOOK: Final = ("", "<w:b/>", "<w:i/>", '<w:w w:val="80"/>', '<w:u w:val="single"/>', '<w:shd w:fill="FFFF00"/>')
_TEXT: Final = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
        st.sampled_from("，。；：？！、《》“”‘’（）—…·％0123456789.%-/ "),
        st.characters(min_codepoint=0x21, max_codepoint=0x7E),
    ),
    min_size=1,
    max_size=60,
).map(str.strip)
_WORDS: Final = _TEXT.filter(bool)
_BLOCKS: Final[st.SearchStrategy[Block]] = st.one_of(
    st.builds(Paragraph, _WORDS),
    st.builds(Heading, _WORDS, st.integers(1, 4)),
    st.builds(
        Table,
        st.lists(st.tuples(st.builds(Cell, _TEXT), st.builds(Cell, _TEXT)), min_size=1, max_size=4).map(tuple),
        st.just(()),
        st.just(1),
    ),
)
_ARTICLES: Final = st.lists(st.tuples(_WORDS, st.lists(_BLOCKS, min_size=1, max_size=6)), min_size=1, max_size=3)


def made_issue(articles: Sequence[tuple[str, Sequence[Block]]]) -> Issue:
    return issue(*(article(at, *blocks, title=(title,)) for at, (title, blocks) in enumerate(articles, start=1)))


def is_of_use(batch: Sequence[Issue]) -> bool:
    """hypothesis begins with the simplest issues, which show little."""
    return sum(len(repr(made.sections)) for made in batch) > _LEAST * len(batch)


_BATCHES: Final = st.lists(_ARTICLES.map(made_issue), min_size=_BATCH, max_size=_BATCH).filter(is_of_use)


def pdfs_of(files: Mapping[str, bytes], soffice: Path) -> Mapping[str, bytes]:
    requests = [
        ConversionRequest(name, docx_for_libreoffice(data), ".docx", "archival pdf") for name, data in files.items()
    ]
    made = convert(requests, soffice, ConversionLimits(seconds=100))
    return {name: pdf for name, pdf in made.items() if isinstance(pdf, bytes)}


def every_look() -> bytes:
    """A .docx in typefaces with cubic and with quadratic outlines: bold, slanted, narrow, underlined, on a ground."""
    runs = [
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{look}<w:sz w:val="32"/></w:rPr>'
        "<w:t>简报 Office affluent 2022</w:t></w:r>"
        for font in ("DejaVu Sans", "Noto Serif CJK SC")
        for look in _EVERY_LOOK
    ]
    return docx("".join(f"<w:p>{run}</w:p>" for run in runs) + paragraph("完"))


def check(made: OfdMade, pdf: bytes) -> None:
    assert made.pictured == ()
    assert [without_hyphens(page) for page in words(made.data)] == [without_hyphens(page) for page in words_of_pdf(pdf)]


def without_hyphens(page: str) -> str:
    """PDFium takes a - at the end of a line for one that divides a word, and leaves it out or marks it."""
    return page.replace("-", "")


def check_batch(batch: Sequence[Issue], soffice: Path) -> None:
    files = {f"{at}": typeset(made, TEMPLATE, no_picture) for at, made in enumerate(batch)}
    pdfs = pdfs_of(files | {"every look": every_look()}, soffice)
    assert len(pdfs) == _BATCH + 1
    for pdf in pdfs.values():
        check(ofd_of(pdf, DAY), pdf)
    looks = pdfs["every look"]
    assert max(unlike(ofd_of(looks, DAY).data, looks)) < UNLIKE


def _given(batches: int, *, always_the_same: bool) -> settings:
    return settings(
        derandomize=always_the_same,
        max_examples=batches,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@_given(1, always_the_same=True)
@given(batch=_BATCHES)
def test_text_is_equal_on_five_issues(batch: list[Issue], soffice: Path) -> None:
    check_batch(batch, soffice)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@_given(10, always_the_same=False)
@given(batch=_BATCHES)
def test_text_is_equal_on_fifty_issues(batch: list[Issue], soffice: Path) -> None:
    check_batch(batch, soffice)
