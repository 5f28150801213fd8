"""Documents in the forms that offices use (forms/*.txt): title, byline, text, headings and record; nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from intake.outcome import ReadArticle
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import ConversionRequest
from programs.libreoffice import convert
from tests.support.office_forms import REGISTERED, OfficeForm, forms_in
from tests.support.scenario import ROOT
from tests.support.submissions import OFFICE, SECTIONS, File, raw_letter

FORMS: Final = {
    f"{path.stem}/{form.name}": form
    for path in sorted((ROOT / "tests" / "scenarios" / "forms").glob("*.txt"))
    for form in forms_in(path)
}
REGISTER: Final = Register(REGISTERED, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
WHOLE: Final = 98.0  # percent of the documents, printed from LibreOffice


def read(name: str, data: bytes) -> ReadArticle:
    reading = read_letter(raw_letter(File(name, data), sender="mzj@example.org"), REGISTER)
    assert len(reading.articles) == 1, reading.reason.for_clerk
    return reading.articles[0]


@pytest.mark.parametrize("form", [pytest.param(form, id=name) for name, form in FORMS.items()])
def test_document_becomes_what_its_office_means(form: OfficeForm) -> None:
    assert list(form.differences(read(form.file_name, form.data))) == []


def test_names_of_forms_are_unique() -> None:
    files = (ROOT / "tests" / "scenarios" / "forms").glob("*.txt")
    assert sum(len(forms_in(path)) for path in files) == len(FORMS)


@pytest.mark.libreoffice
def test_documents_printed_as_pdf_become_the_same(soffice: Path) -> None:
    """Without the levels of headings, which a page does not show. A text box there overlaps the text below it."""
    forms = {name: form for name, form in FORMS.items() if all(line.setting not in "XYD" for line in form.lines)}
    requests = {name: ConversionRequest.to_pdf(form.data) for name, form in forms.items()}
    converted = convert(list(requests.values()), soffice)
    unlike: dict[str, object] = {}
    for name, form in forms.items():
        pdf = converted[requests[name].key]
        assert isinstance(pdf, bytes), name
        different = [what for what in form.differences(read("稿件.pdf", pdf)) if what[0] not in ("level", "rule")]
        unlike |= {name: different} if different else {}
    assert len(unlike) <= (100 - WHOLE) / 100 * len(forms), unlike
