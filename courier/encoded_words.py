"""Text of any language in a header field: encoded words (RFC 2047), each of whole characters, folded.

Written here, since Python's email package loses spaces between the words that it folds, and breaks characters apart
for programs that decode each word by itself.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Final

_WORD_OCTETS: Final = 39
"""Of the text in one word: its 52 characters of base64, the marks, and a field name of ten stay within the 76 of a line
(RFC 2047 2)."""


def encoded_words(text: str) -> str:
    """One word or several, each on a line of its own; what decodes them joins them without a space between."""
    words = (base64.b64encode(piece.encode()).decode("ascii") for piece in _pieces(text))
    return "\r\n ".join(f"=?utf-8?B?{word}?=" for word in words)


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if len((piece + character).encode()) > _WORD_OCTETS:
            yield piece
            piece = ""
        piece += character
    yield piece
