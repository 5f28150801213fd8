"""`replace`: places are listed, and replaced with --apply."""

from __future__ import annotations

from archive import articles
from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def texts(office: Office) -> list[str]:
    with office.ledger.reading() as ledger:
        return [article.manuscript.text for article in articles.articles(ledger)]


def test_words_are_listed_and_replaced(office: Office, command_line: CommandLine) -> None:
    first, second = hand_in(office, "甲", "乙")
    before = texts(office)
    listed = command_line.run_json("replace", "正文", "全文").document
    assert [place["article"] for place in listed["places"]] == [first, second]
    assert (listed["replaced"], texts(office)) == (0, before)
    shown = command_line.run("replace", "正文", "全文", "--article", str(second), "--apply").output
    assert "已替换 1 篇里的 1 处。" in shown
    assert ["全文" in text for text in texts(office)] == [False, True]
    assert "本期没有“没有的话”。" in command_line.run("replace", "没有的话").output
    assert command_line.run("replace", "").status == 2
