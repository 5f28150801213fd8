"""Who can write a letter that counts as an answer to one of ours."""

from __future__ import annotations

import pytest

from values.vouching import answers_our_letter, marked

KEY = bytes(range(32))
STEM = f"receipt.{'0a' * 12}"
ID = f"<{marked(STEM, 'jtj@example.org', KEY)}@office.example>"


def test_recipient_of_the_letter_answers_it() -> None:
    assert answers_our_letter(["<other@x>", ID], "jtj@example.org", KEY)


@pytest.mark.parametrize(
    ("message_id", "sender", "key"),
    [
        (ID, "rsj@example.org", KEY),
        (ID, "", KEY),
        (ID, "jtj@example.org", bytes(32)),
        (ID.replace("0a0a", "0b0a", 1), "jtj@example.org", KEY),
        (f"<{STEM}@office.example>", "jtj@example.org", KEY),
        (f"<{STEM}.{'0' * 32}@office.example>", "jtj@example.org", KEY),
        (f"<{marked(STEM, 'jtj@example.org', b'')}@office.example>", "jtj@example.org", b""),
        ("", "jtj@example.org", KEY),
    ],
)
def test_everybody_else_does_not(message_id: str, sender: str, key: bytes) -> None:
    assert not answers_our_letter([message_id], sender, key)
