"""The text that a reader of an HTML body sees."""

from __future__ import annotations

import pytest

from intake.parse.html_text import Page, read_page


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n\n二"),
        ("一<br>二", "一\n二"),
        ("<b>一</b><i>二</i>\n 三", "一二 三"),
        ("<style>p{}</style><script>x()</script>一<title>t</title>", "一"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<!-- 注 -->一", "一"),
        ("", ""),
    ],
)
def test_text_is_what_is_seen(html: str, text: str) -> None:
    assert read_page(html).text == text


def test_cells_are_separated_by_tabs() -> None:
    assert "一\t二" in read_page("<table><tr><td>一</td><td>二</td></tr></table>").text


def test_links_are_listed_once_and_only_those_of_the_web() -> None:
    page = read_page('<a href="https://x.org/a">1</a><a href="https://x.org/a">2</a><a href="javascript:x">3</a>')
    assert page == Page("123", ("https://x.org/a",))


def test_page_nested_deeper_than_the_parser_follows_keeps_its_text() -> None:
    assert "正文" in read_page("<div>" * 3_000 + "正文" + "</div>" * 3_000).text
