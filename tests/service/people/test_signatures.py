"""Signed texts: only unaltered ones, for the purpose that they were signed for."""

from __future__ import annotations

from service.people.signatures import signed, text_of

KEY = b"k" * 32


def test_signed_text_is_read_back_with_its_key_and_purpose_only() -> None:
    token = signed(KEY, "a purpose", "12.34_x")
    assert text_of(KEY, "a purpose", token) == "12.34_x"
    assert text_of(KEY, "another", token) is None
    assert text_of(b"x" * 32, "a purpose", token) is None


def test_any_altered_character_makes_it_invalid() -> None:
    token = signed(KEY, "p", "12.34")
    for position in range(len(token)):
        altered = f"{token[:position]}{'1' if token[position] != '1' else '2'}{token[position + 1 :]}"
        assert text_of(KEY, "p", altered) is None
