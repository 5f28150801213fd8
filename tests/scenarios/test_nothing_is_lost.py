"""Whatever a document is like, its words are in the article, in the record, or in a finding."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import chain
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.reading import read_letter
from intake.register import Register
from tests.scenarios.test_office_forms import FORMS
from tests.support.office_forms import REGISTERED, FormLine, OfficeForm, shown_characters, words_of
from tests.support.submissions import OFFICE, SECTIONS, File, raw_letter
from tools.office_documents import office_document

REGISTER: Final = Register(REGISTERED, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
_TOGETHER: Final = 4
"""Lines that follow each other in a form: a masthead, or units with their date, is only recognised whole."""
_TOP: Final = 7
"""Lines at the beginning of a form: head and title."""
LINES: Final = [[line for line in form.lines if line.setting != "D"] for form in FORMS.values()]
OPENINGS: Final = [[], *(lines[:_TOP] for lines in LINES)]
PASSAGES: Final = [lines[at : at + count] for lines in LINES for at in range(len(lines)) for count in (1, _TOGETHER)]
SENTENCE: Final = FormLine("P", "x", "区民政局认真做好冬季救助工作，成效明显。")


def lost(data: bytes, texts: Sequence[str]) -> str:
    """The characters of the texts that are nowhere in what is read."""
    reading = read_letter(raw_letter(File("稿件.docx", data), sender="mzj@example.org"), REGISTER)
    shown = sum((shown_characters(article) for article in reading.articles), words_of(iter([reading.reason.for_clerk])))
    return "".join((words_of(iter(texts)) - shown).elements())


@settings(deadline=None, max_examples=150)
@example([], [], [[FormLine("I", "b", "章贡区民政局"), FormLine("E", "b", "章贡区民政局")]])
@given(
    st.sampled_from(OPENINGS),
    st.lists(st.sampled_from(PASSAGES), max_size=4),
    st.lists(st.sampled_from(PASSAGES), max_size=3),
)
def test_no_word_of_any_lines_in_any_order_is_lost(
    opening: list[FormLine], above: list[list[FormLine]], below: list[list[FormLine]]
) -> None:
    form = OfficeForm("", [*opening, *chain.from_iterable(above), SENTENCE, *chain.from_iterable(below)])
    assert lost(form.data, [line.text for line in form.lines if line.setting not in "OZ"]) == ""


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32))
def test_no_word_of_a_document_of_many_forms_is_lost(seed: int) -> None:
    made = office_document(random.Random(seed))
    assert lost(made.data, [made.title, *made.text, *made.house]) == ""
