"""Manuscripts as offices really write them: each file of documents/ in a letter of 区民政局, read like any letter."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from benchmarks.truth import Expected, differences, truths_in
from intake.outcome import ReadArticle
from intake.read.legacy.formats import docx_wanted_of
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import Conversions
from programs.libreoffice import convert
from tests.support.scenario import ROOT
from tests.support.submissions import OFFICE, SECTIONS, File, raw_letter
from values.department import Department

DOCUMENTS: Final = ROOT / "tests" / "scenarios" / "documents"
DEPARTMENTS: Final = (
    Department("区教体局", "章贡区教育体育局", senders=("jtj@example.org",)),
    Department("区民政局", "章贡区民政局", senders=("mzj@example.org",)),
)
REGISTER: Final = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
TRUTHS: Final = truths_in(DOCUMENTS)
CONVERTED: Final = (".doc", ".rtf", ".odt", ".wps")


def read(path: Path, converted: Conversions | None = None) -> ReadArticle:
    raw = raw_letter(File(path.name, path.read_bytes()), sender="mzj@example.org")
    reading = read_letter(raw, REGISTER, converted or {})
    assert reading.articles, reading.reason.for_clerk
    return reading.articles[0]


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, TRUTHS[path], id=f"{path.parent.name}/{path.name}") for path in paths]


@pytest.mark.parametrize(("path", "expected"), named([path for path in TRUTHS if path.suffix not in CONVERTED]))
def test_document_is_read_as_its_office_means_it(path: Path, expected: Expected) -> None:
    assert list(differences(read(path), expected)) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize(("path", "expected"), named([path for path in TRUTHS if path.suffix in CONVERTED]))
def test_document_of_an_older_format_is_read_as_its_office_means_it(
    path: Path, expected: Expected, soffice: Path
) -> None:
    request = docx_wanted_of(path.read_bytes())
    assert request is not None
    assert list(differences(read(path, convert([request], soffice)), expected)) == []


def test_every_document_has_its_expectation() -> None:
    files = {path for path in DOCUMENTS.rglob("*") if path.is_file() and path.name != "truth.json"}
    assert files == set(TRUTHS)
