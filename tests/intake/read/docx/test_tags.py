"""Simple types of WordprocessingML, and the branch of an alternative that is shown."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.read.docx.tags import ALTERNATE_CONTENT, MC_NS, W_NS, branch, flag, integer, val, w


def element(inner: str) -> etree._Element:
    return etree.fromstring(f'<w:rPr xmlns:w="{W_NS}" xmlns:mc="{MC_NS}">{inner}</w:rPr>')


@pytest.mark.parametrize(
    ("inner", "on"),
    [
        ("", None),
        ("<w:b/>", True),
        ('<w:b w:val="1"/>', True),
        ('<w:b w:val="false"/>', False),
        ('<w:b w:val="off"/>', False),
    ],
)
def test_an_on_off_child_is_on_without_a_value(inner: str, on: bool | None) -> None:
    assert flag(element(inner), w("b")) is on


def test_a_value_is_none_without_the_child_or_the_attribute() -> None:
    assert val(element('<w:sz w:val="32"/>'), w("sz")) == "32"
    assert val(element("<w:sz/>"), w("sz")) is None
    assert val(element(""), w("sz")) is None


@pytest.mark.parametrize(
    ("text", "number"), [("240", 240), ("240.0", 240), ("-1", -1), ("", 7), ("1e999", 7), ("nan", 7), (None, 7)]
)
def test_a_whole_number_is_read_as_programs_write_it(text: str | None, number: int) -> None:
    assert integer(text, 7) == number


def shown(*branches: str) -> str | None:
    namespaces = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:x="urn:unknown"'
    root = element(f"<mc:AlternateContent {namespaces}>{''.join(branches)}</mc:AlternateContent>")
    chosen = branch(root[0])
    return None if chosen is None else chosen.get("id")


def test_of_an_alternative_the_first_branch_that_is_understood_is_shown() -> None:
    unknown = '<mc:Choice Requires="x" id="unknown"/>'
    known = '<mc:Choice Requires="wps" id="known"/>'
    fallback = '<mc:Fallback id="fallback"/>'
    assert element("<mc:AlternateContent/>")[0].tag == ALTERNATE_CONTENT
    assert shown(unknown, known, fallback) == "known"
    assert shown(unknown, fallback) == "fallback"
    assert shown(unknown) == "unknown"
    assert shown() is None
