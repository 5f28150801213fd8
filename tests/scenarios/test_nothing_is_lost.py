"""Whatever a document is like, its words are in the article, in the record, or in a finding."""

from __future__ import annotations

import random
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading import read_letter
from intake.register import Register
from tests.scenarios.test_office_forms import FORMS
from tests.support.office_forms import REGISTERED, FormLine, OfficeForm, shown_characters, words_of
from tests.support.submissions import OFFICE, SECTIONS, File, raw_letter
from tools.office_documents import office_document

REGISTER: Final = Register(REGISTERED, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
LINES: Final = [line for form in FORMS.values() for line in form.lines if line.setting != "D"]


def lost(data: bytes, texts: list[str]) -> str:
    """The characters of the texts that are nowhere in what is read."""
    reading = read_letter(raw_letter(File("稿件.docx", data), sender="mzj@example.org"), REGISTER)
    shown = sum((shown_characters(article) for article in reading.articles), words_of(iter([reading.reason.for_clerk])))
    return "".join((words_of(iter(texts)) - shown).elements())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=30))
def test_no_word_of_any_lines_in_any_order_is_lost(lines: list[FormLine]) -> None:
    form = OfficeForm("", [*lines, FormLine("P", "x", "区民政局认真做好冬季救助工作，成效明显。")])
    assert lost(form.data, [line.text for line in form.lines if line.setting not in "OZ"]) == ""


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32))
def test_no_word_of_a_document_of_many_forms_is_lost(seed: int) -> None:
    made = office_document(random.Random(seed))
    assert lost(made.data, [made.title, *made.text, *made.house]) == ""
