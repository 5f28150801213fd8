"""The digest: nothing that a sender or a server wrote becomes a header or a line of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from courier.compose_digest import digest_letter
from courier.render import Letterhead
from tests.support.answering import text_of
from values.digest import Digest, WaitingArticle

AT = datetime(2022, 11, 14, tzinfo=UTC)
HOSTILE = "题\r\nBcc: x@evil.example\u202e"


def test_foreign_words_stay_within_their_line() -> None:
    waiting = (WaitingArticle(1, HOSTILE, HOSTILE, 3),)
    digest = Digest(
        ("a",), HOSTILE, AT, AT, 1, 1, HOSTILE, "磁盘可用 1 GB", 0, (HOSTILE,), waiting, 1, waiting, 1, (HOSTILE,), 1
    )
    letterhead = Letterhead("a@b.example", "办")
    out = digest_letter(digest, letterhead, "e@b.example", at=AT)
    message = message_from_bytes(out.raw, policy=default)
    assert (message["Bcc"], message["Auto-Submitted"], "\n" in out.subject) == (None, "auto-generated", False)
    assert "\nBcc:" not in text_of(message)
    assert "\u202e" not in text_of(message)
    assert digest_letter(digest, letterhead, "e@b.example", at=AT) == out
