"""Bytes → text, also under a wrong label. Never raises.

The labels that Chinese mail programs write are wrong more often than not: GBK bytes are labelled gb2312, anything is
labelled us-ascii (mail.md section 7, domain.md section 9).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

_CHINESE: Final = re.compile(
    r"gb_?2312(?:[-_]?(?:80|1980))?|x-?gbk|gbk|(?:ms|cp|x-cp|windows-)?936|gb-?18030(?:-\d+)?|gbk-?18030|"
    r"(?:x-)?euc-?cn|csgb2312|chinese|csiso58gb231280|iso-ir-58|gb|hz_gb"
)
_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+()-]{0,39}")
# An allow list: codecs.lookup also accepts unicode_escape, punycode (quadratic) and others that are no character sets
# of mail.
_ALLOWED: Final = re.compile(
    r"utf-(?:7|8|8-sig|16|16-le|16-be|32|32-le|32-be)|big5(?:hkscs)?|hz|cp\d{3,4}|iso8859-\d{1,2}|koi8-[rtu]|"
    r"shift_jis\w*|euc_\w+|iso2022_\w+|johab|mac-\w+|tis-620"
)
_UNINFORMATIVE: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
_HAN: Final = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff‐-‧　-〿！-～]")
_REPLACEMENT: Final = "\ufffd"


def decode(data: bytes, label: str = "") -> str:
    """The text of `data`, labelled `label` ("" for none). What cannot be decoded becomes U+FFFD."""
    if data.isascii() and not _escapes(label):
        return data.decode("ascii")
    codec = codec_for(label)
    if codec in _UNINFORMATIVE:
        western = "cp1252" if codec != "ascii" else ""
        return _decode_unlabelled(data, western)
    return _first_that_fits(data, [codec, "utf-8", "gb18030"] if codec else ["utf-8", "gb18030"])


def codec_for(label: str) -> str:
    """The name of Python's codec for a label as written in mail, "" when there is none that is allowed."""
    plain = label.strip().strip("\"'").partition("*")[0].lower()  # utf-8*zh-cn: RFC 2231 section 5
    if not _LABEL.fullmatch(plain):
        return ""
    if plain in ("hz-gb-2312", "hz-gb2312"):
        return "hz"
    if _CHINESE.fullmatch(plain):
        return "gb18030"
    try:
        name = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return ""
    if name in _UNINFORMATIVE or _ALLOWED.fullmatch(name):
        return name
    return ""


def _escapes(label: str) -> bool:
    """Whether ASCII bytes may encode other characters in this character set."""
    return bool(label) and not label.lower().startswith(("utf-8", "utf8", "gb", "us-ascii"))


def _decode_unlabelled(data: bytes, western: str) -> str:
    """Without an informative label: UTF-8, then GB18030 where it gives Chinese, else the label as written."""
    for codec in ("utf-8", "gb18030"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" or not western or _looks_chinese(text):
            return text
    return _first_that_fits(data, [western] if western else ["utf-8", "gb18030"])


def _looks_chinese(text: str) -> bool:
    foreign = sum(not character.isascii() for character in text)
    return len(_HAN.findall(text)) * 10 >= foreign * 9  # nine in ten: Western text in GB18030 gives rare signs too


def _first_that_fits(data: bytes, names: Iterable[str]) -> str:
    """The text by the first codec that decodes strictly; when none does, by the one that loses least."""
    salvaged: list[str] = []
    for codec in names:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            salvaged.append(data.decode(codec, errors="replace"))
    return min(salvaged, key=lambda text: text.count(_REPLACEMENT))
