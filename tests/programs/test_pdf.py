"""A .docx as PDF, and why there may be none."""

from __future__ import annotations

from pathlib import Path

import pytest

from programs.libreoffice import ConversionLimits
from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from programs.pdf_pages import page_count
from tools.docx_builder import docx, paragraph

ISSUE = docx(paragraph("工作简报"))


@pytest.mark.libreoffice
def test_document_becomes_pages(soffice: Path) -> None:
    assert page_count(pdf_of(ISSUE, soffice)) == 1


def test_without_libreoffice_the_failure_says_that_it_is_not_installed() -> None:
    with pytest.raises(PdfNotMade, match="没有安装 LibreOffice") as raised:
        pdf_of(ISSUE, None)
    assert raised.value.failure is PdfFailure.NOT_INSTALLED


def test_program_that_does_not_start_is_a_failure_that_may_pass(tmp_path: Path) -> None:
    with pytest.raises(PdfNotMade, match="LibreOffice 无法启动") as raised:
        pdf_of(ISSUE, tmp_path / "soffice")
    assert raised.value.failure is PdfFailure.NOT_LAID_OUT


@pytest.mark.libreoffice
def test_document_that_takes_too_long_is_given_up(soffice: Path) -> None:
    with pytest.raises(PdfNotMade, match="超过 0 秒") as raised:
        pdf_of(ISSUE, soffice, ConversionLimits(seconds=0.1))
    assert raised.value.failure is PdfFailure.NOT_LAID_OUT
