"""The code in a letter that brings a draft, by which its answer is recognised: JB-7K2M9-Q4XTR-0H6VN-3ZC8W.

It stands in the letter's text, which programs quote below an answer, and where the server takes plus-addresses in the
address for answers. It is made of the installation's key, so that equal letters are equal bytes, and for one person,
one revision of a draft, its content, and one use: after a backup is restored, the revision of that number may be
another. Who reads a letter keeps the fingerprint alone. Pure.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are misread."""
_GROUPS: Final = 4
_IN_GROUP: Final = 5
"""Characters; 20 of them are 100 bits, more than the 80 that RFC 2104 5 asks for."""
_CODE: Final = re.compile(
    rf"(?<![0-9A-Za-z])JB(?:-[{_ALPHABET}]{{{_IN_GROUP}}}){{{_GROUPS}}}(?![0-9A-Za-z])", re.IGNORECASE
)
_PLUS: Final = re.compile(rf"\+JB(?:-[{_ALPHABET}]{{{_IN_GROUP}}}){{{_GROUPS}}}(?=@)", re.IGNORECASE)
_MASK: Final = "（答复码）"
_LINK: Final = re.compile(r"(/approve/)\S+")
"""A one-time link (docs/decisions/0108), which an answer quotes as well: whoever has the rest of it approves."""


def answer_code(key: bytes, issue: int, revision: tuple[int, str], person: str, used: int) -> str:
    """The code. revision: its number, and the SHA-256 of its file. used: how many codes of the person for that revision
    are used up."""
    number_of_revision, sha256 = revision
    text = f"answer code\n{issue}\n{number_of_revision}\n{sha256}\n{person.lower()}\n{used}"
    number = int.from_bytes(hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest(), "big")
    characters = "".join(_ALPHABET[number >> 5 * at & 31] for at in range(_GROUPS * _IN_GROUP))
    groups = (characters[at : at + _IN_GROUP] for at in range(0, len(characters), _IN_GROUP))
    return "-".join(("JB", *groups))


def code_fingerprint(code: str) -> str:
    """SHA-256 of the code, however its letters are written."""
    return hashlib.sha256(code.upper().encode()).hexdigest()


def fingerprints_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Of the codes in the texts, each once, in their order."""
    return tuple(dict.fromkeys(code_fingerprint(code) for text in texts for code in _CODE.findall(text)))


def without_codes(text: str) -> str:
    """The text as it may be shown: also without what makes a one-time link."""
    return without_answer_code(_LINK.sub(r"\1（链接只给收件人看）", text))


def without_answer_code(text: str) -> str:
    """The text with an address without its code, and words in place of any other code."""
    return _CODE.sub(_MASK, _PLUS.sub("", text))


def plus_address(address: str, code: str) -> str:
    """The address with the code, for servers that deliver box+anything@ to box@ (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{code.lower()}@{domain}"
