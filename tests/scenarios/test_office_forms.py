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
OTHERWISE_IN_PDF: Final = frozenset({"heads/网站来源行", "sign-offs/来源作者审核编辑"})
"""Those with a centred line that fills the width: it looks like the first line of a paragraph."""


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
    """Every third of them, without the levels of headings, which a page does not show."""
    names = [name for name in FORMS if name not in OTHERWISE_IN_PDF and _is_printed_alike(FORMS[name])][::3]
    requests = {name: ConversionRequest.to_pdf(FORMS[name].data) for name in names}
    converted = convert(list(requests.values()), soffice)
    unlike: dict[str, object] = {}
    for name, request in requests.items():
        pdf = converted[request.key]
        assert isinstance(pdf, bytes), (name, pdf)
        different = [
            what for what in FORMS[name].differences(read("稿件.pdf", pdf)) if what[0] not in ("level", "rule")
        ]
        unlike |= {name: different} if different else {}
    assert unlike == {}


def _is_printed_alike(form: OfficeForm) -> bool:
    """Whether its lines are all on the page, one below the other: a text box overlaps the text."""
    return all(line.setting not in "XYD" for line in form.lines)
