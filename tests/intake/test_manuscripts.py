"""A file to its articles: mended where `auto_fix` asks for it, recognised by its words as they were sent."""

from __future__ import annotations

from intake.outcome import ReadArticle
from intake.reading import read_letter
from intake.register import Register
from tests.support.manuscripts import BODY, TITLE, centred, large, plain
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx

MANUSCRIPT = File("投稿.docx", docx(large(TITLE) + centred("区教体局") + plain(f"共 5 家。{BODY}")))


def draft(*auto_fix: str) -> ReadArticle:
    register = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True, auto_fix=auto_fix)
    [read] = read_letter(raw_letter(MANUSCRIPT), register).articles
    return read


def test_article_is_mended_and_tells_what_stood_there() -> None:
    mended = draft("digit-space")
    assert mended.manuscript.lines == (f"共5家。{BODY}",)
    assert [(one.rule.name, one.suggestion) for one in mended.findings] == [("auto-fixed", "原文： 5 ")]


def test_without_it_the_article_stays_as_it_was_sent_and_the_space_is_pointed_out() -> None:
    as_sent = draft()
    assert as_sent.manuscript.lines == (f"共 5 家。{BODY}",)
    assert [one.rule.name for one in as_sent.findings] == ["digit-space"]


def test_mended_article_is_the_same_as_the_one_that_was_sent() -> None:
    assert draft("digit-space").text_sha256 == draft().text_sha256
