"""Style sheets of pages that decide about lines and labels."""

from __future__ import annotations

from time import process_time

import pytest
from lxml import etree

from intake.parse.html.page import read_page
from intake.parse.html.style_sheet import style_of, style_sheet_of

WORD = (
    "<style><!--\n/* Font */\n@font-face\n\t{font-family:宋体;}\nol.zh, ul.a\n\t{list-style-type:cjk-ideographic;}\n"
    "@page WordSection1\n\t{size:595.3pt;}\n--></style>"
)


@pytest.mark.parametrize(
    ("sheet", "element", "style"),
    [
        ("div.a{white-space:pre}", "<div class='x a'/>", "white-space:pre"),
        (".a,.b{white-space : pre-wrap}", "<p class='b'/>", "white-space : pre-wrap"),
        ("#k{color:red;white-space:pre}", "<p id='k'/>", "white-space:pre"),
        ("p{list-style:none}", "<p style='list-style:disc'/>", "list-style:disc;list-style:none"),
        ("@media print{.a{white-space:pre}} .b{white-space:pre}", "<p class='a'/>", ""),
        ("@media print{.a{white-space:pre}} .b{white-space:pre}", "<p class='b'/>", "white-space:pre"),
        (".a .b{white-space:pre}", "<p class='b'/>", ""),
        (".a{display:none}", "<p class='a'/>", ""),
        (".a{white-space:pre;white-space:normal}", "<p class='a'/>", "white-space:normal"),
        (
            ".a{white-space:pre;list-style:none} .a{white-space:normal}",
            "<p class='a'/>",
            "white-space:normal;list-style:none",
        ),
        (".b{white-space:pre} /* .a{white-space:pre}", "<p class='a'/>", ""),
        ("@import 'x.css'; .a{white-space:pre}", "<p class='a'/>", "white-space:pre"),
    ],
)
def test_style_is_that_of_the_element_and_of_simple_rules(sheet: str, element: str, style: str) -> None:
    root = etree.fromstring(f"<html><style>{sheet}</style>{element}</html>")
    assert style_of(root[1], style_sheet_of(root)).strip(";") == style


def test_rules_of_a_page_of_word_label_its_lists() -> None:
    assert read_page(f"{WORD}<ol class=zh><li>建强阵地。</li><li>做优服务。</li></ol>").text.split() == [
        "一、建强阵地。",
        "二、做优服务。",
    ]


@pytest.mark.parametrize("sheet", ["/* " * 60_000, "a" * 200_000, "{" * 200_000, "a{" * 100_000])
def test_sheet_without_rules_takes_the_time_of_its_length(sheet: str) -> None:
    root = etree.fromstring(f"<html><style>{sheet}</style></html>")
    started = process_time()
    assert style_sheet_of(root) == {}
    assert process_time() - started < 1


def test_elements_of_a_rule_that_is_repeated_take_the_time_of_their_number() -> None:
    page = f"<style>{'p{white-space:pre}' * 11_000}</style>{'<p>a' * 20_000}"
    started = process_time()
    assert read_page(page).text.count("a") == 20_000
    assert process_time() - started < 2
