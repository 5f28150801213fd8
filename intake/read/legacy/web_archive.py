"""Word's 单个文件网页 (MHTML, RFC 2557): a MIME message whose first page is the document; often named .doc."""

from __future__ import annotations

import codecs
import re
from typing import Final

from intake.parse.charsets import decode
from intake.parse.mime import USUAL_LIMITS, Leaf, dissect

_HEAD: Final = 4_096
"""Bytes of the message head, and characters of the page, that are searched; programs write a few hundred."""
_FIRST: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:mime-version|from|date|subject|content-type)\s*:", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset=[\w-]+", re.IGNORECASE)
_RELATED: Final = re.compile(rb"^content-type\s*:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def is_web_archive(data: bytes) -> bool:
    """Whether the bytes are a MIME message of type multipart/related, as browsers and Word save a page."""
    head = data[:_HEAD]
    return _FIRST.match(head) is not None and _RELATED.search(head) is not None


def web_page_of(data: bytes) -> bytes:
    """The page in UTF-8, with that as its declared charset; b"" when there is none."""
    page = next((leaf for leaf in _leaves(data) if leaf.content_type == "text/html"), None)
    if page is None:
        return b""
    text = decode(page.data.removeprefix(codecs.BOM_UTF8), page.charset)
    head = _CHARSET.sub("charset=utf-8", text[:_HEAD])
    return codecs.BOM_UTF8 + (head + text[_HEAD:]).encode("utf-8", "replace")


def pictures_within(data: bytes) -> int:
    """The number of pictures in the message."""
    return sum(leaf.content_type.startswith("image/") for leaf in _leaves(data))


def _leaves(data: bytes) -> list[Leaf]:
    return dissect(data, USUAL_LIMITS).leaves
