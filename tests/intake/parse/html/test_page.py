"""The text that a reader of an HTML body sees."""

from __future__ import annotations

from time import process_time

import pytest

from intake.parse.html.page import Page, read_page


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n\n二"),
        ("一<br>二", "一\n二"),
        ("<b>一</b><i>二</i>\n 三", "一二三"),
        ("<style>p{}</style><script>x()</script>一<title>t</title>", "一"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<!-- 注 -->一", "一"),
        ("", ""),
    ],
)
def test_text_is_what_is_seen(html: str, text: str) -> None:
    assert read_page(html).text == text


def test_break_of_the_source_shows_as_a_space_only_between_words() -> None:
    assert (
        read_page("<p>新建助餐点1576\n5处，发放\nLED 灯 a\nb 和 LED\n12</p>").text
        == "新建助餐点15765处，发放LED 灯 a b 和 LED 12"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<pre>一\n　　二\n三</pre>",
        "<div style='white-space: pre-wrap'><span>一\n　　二\n三</span></div>",
        "<p style='white-space:pre-line'>一\r\n　　二\r\n三</p>",
        "<textarea>一\n　　二\n三</textarea>",
    ],
)
def test_lines_stay_where_the_page_keeps_them(html: str) -> None:
    assert read_page(html).text == "一\n　　二\n三"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>甲</li><li>乙</li></ol>", ["1.甲", "2.乙"]),
        ("<ol start=3 type=a><li>甲</li><li value=9>乙</li><li>丙</li></ol>", ["c.甲", "i.乙", "j.丙"]),
        ("<ol type=I><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", ["I.甲", "1.子", "II.乙"]),
        ("<ol reversed><li>甲</li><li>乙</li></ol>", ["2.甲", "1.乙"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲</li><li>乙</li></ol>", ["一、甲", "二、乙"]),
        ("<ol><li style='list-style: none'>甲</li><li>乙</li></ol>", ["甲", "2.乙"]),
        ("<ul><li>甲</li><li><p>乙</p></li></ul>", ["●甲", "●乙"]),
        ("<ul style='list-style:none'><li>甲</li></ul><li>乙</li>", ["甲", "乙"]),
    ],
)
def test_items_of_lists_keep_their_labels(html: str, lines: list[str]) -> None:
    assert [line for line in read_page(html).text.split("\n") if line] == lines


def test_table_is_a_line_for_each_row() -> None:
    html = (
        "<p>表</p><table><caption>统计</caption><tr><th rowspan=2>单位</th><th colspan=2>件数</th></tr>"
        "<tr><td>一月</td><td>二月</td></tr><tr><td><p>甲</p><p>局</p></td><td></td><td>5</td></tr></table>"
    )
    page = read_page(html)
    assert page.is_structured
    assert page.text.split("\n")[-3:] == ["单位\t件数\t", "\t一月\t二月", "甲\u2028局\t\t5"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>一</td></tr><tr><td>二</td></tr></table>",
        "<table><tr><td>一</td><td>二</td></tr></table>",
        "<table><tr><td>一</td><td></td></tr><tr><td>二</td><td></td></tr></table>",
        f"<table><tr><td>一</td><td>{'长' * 400}</td></tr><tr><td>二</td><td>三</td></tr></table>",
        "<table><tr><td><table><tr><td>一</td><td>二</td></tr></table></td><td>三</td></tr><tr><td>四</td><td>五</td>",
    ],
)
def test_table_that_only_places_its_cells_is_paragraphs(html: str) -> None:
    assert "\t" not in read_page(html).text


def test_hidden_text_is_not_shown() -> None:
    assert read_page("<p style='display:none'>摘要</p><p>一</p>").text == "一"


def test_pictures_are_read_from_the_page_counted_or_named() -> None:
    html = (
        "<img src='data:image/png;base64,iVBO\n Rw=='><img src='https://x.example/a.png' width=400>"
        "<img src='https://x.example/pixel' width=1 height=1><img src='cid:photo@1'>"
        "<div id='ntes-pcmac-signature'>王某<img src='cid:logo@1'><img src='https://x.example/logo.png'></div>"
    )
    page = read_page(html)
    assert (page.embedded_pictures, page.remote_pictures) == ((b"\x89PNG",), 1)
    assert (set(page.shown_ids), set(page.signature_ids)) == ({"photo@1"}, {"logo@1"})
    assert set(page.signature) == {"王某"}


@pytest.mark.parametrize(
    ("source", "ids"), [("CID:a%2Bb@1", {"a+b@1"}), ("cid:%3Ca@1%3E", {"a@1"}), ("cid:", set()), ("cid:<>", set())]
)
def test_part_that_a_page_shows_is_named_as_its_header_names_it(source: str, ids: set[str]) -> None:
    assert read_page(f"<p>现场<img src='{source}'>").shown_ids == ids


def test_page_without_text_has_its_pictures() -> None:
    page = read_page("<img src='data:image/png;base64,iVBORw=='><img src='https://x.example/a.png'>")
    assert (page.text, page.embedded_pictures, page.remote_pictures) == ("", (b"\x89PNG",), 1)


def test_links_are_listed_once_and_only_those_of_the_web() -> None:
    page = read_page('<a href="https://x.org/a">1</a><a href="https://x.org/a">2</a><a href="javascript:x">3</a>')
    assert page == Page("123", ("https://x.org/a",))


def test_page_as_deep_as_the_parser_follows_is_read() -> None:
    assert read_page("<ol><li>" * 120 + "正文" + "</li></ol>" * 120).text.endswith("1.正文")


def test_page_nested_deeper_than_the_parser_follows_keeps_its_text() -> None:
    assert "正文" in read_page("<div>" * 3_000 + "正文" + "</div>" * 3_000).text


@pytest.mark.parametrize(
    ("source", "text"),
    [("a\n" + " " * 30_000 + "b", "a b"), ("1" + "\n" * 30_000 + "万", "1万"), ("中\n1" + " " * 30_000 + "2", "中1 2")],
)
def test_many_blanks_take_the_time_of_their_number(source: str, text: str) -> None:
    started = process_time()
    assert read_page(f"<p>{source}</p>").text == text
    assert process_time() - started < 1
