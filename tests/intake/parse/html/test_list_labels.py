"""The labels of lists, which no text of a page has."""

from __future__ import annotations

import pytest
from lxml import etree

from intake.parse.html.list_labels import counter_of


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        ("<ol><li/><li/></ol>", ["1.", "2."]),
        ("<ol start='9' type='i'><li/><li/></ol>", ["ix.", "x."]),
        ("<ol start='x'><li/></ol>", ["1."]),
        ("<ol reversed=''><li/><li/><li/></ol>", ["3.", "2.", "1."]),
        ("<ol style='list-style-type:simp-chinese-informal'><li/><li value='11'/></ol>", ["一、", "十一、"]),
        ("<ol style='list-style: lower-alpha inside'><li/></ol>", ["a."]),
        ("<ul><li/><li style='list-style-type:decimal'/></ul>", ["●", "2."]),
        ("<ul type='none' style='list-style:none'><li/></ul>", [""]),
        ("<ol style='list-style-type:disc'><li/></ol>", ["●"]),
    ],
)
def test_labels_are_those_of_a_browser(html: str, labels: list[str]) -> None:
    element = etree.fromstring(html)
    counter = counter_of(element, element.get("style", ""))
    assert [counter.label(item, item.get("style", "")) for item in element] == labels
