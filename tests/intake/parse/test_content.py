"""A letter for display."""

from __future__ import annotations

from intake.parse.content import MOST_TEXT, content_of
from intake.parse.message import parse_message
from tests.support.submissions import DOC, File, raw_letter
from values.letter import AttachedFile, LetterContent


def content(raw: bytes) -> LetterContent:
    return content_of(raw, parse_message(raw))


def test_fields_text_and_files_are_shown() -> None:
    shown = content(raw_letter(File("稿.wps", DOC), sender="区教体局 <jtj@example.org>", text="请查收。"))
    assert shown.sender_name == "区教体局"
    assert ("Subject", "投稿") in shown.headers
    assert (shown.text, shown.cut) == ("请查收。", False)
    assert shown.files == (AttachedFile("稿.wps", "WPS 文档", len(DOC)),)


def test_only_fields_that_show_who_wrote_when_and_how_are_kept() -> None:
    shown = content(raw_letter(header="X-Own: secret\r\nList-Id: <a.b>\r\nReply-To: c@x.org\r\n"))
    assert {name for name, _ in shown.headers} == {"From", "To", "Subject", "List-Id", "Reply-To"}


def test_long_text_is_cut_and_marked() -> None:
    shown = content(raw_letter(text="长" * (MOST_TEXT + 1)))
    assert (len(shown.text), shown.cut) == (MOST_TEXT, True)
