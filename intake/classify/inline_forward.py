"""Letters forwarded as 163, QQ and Foxmail do: the header quoted in the text, the files attached again.

The signs are strict on purpose: a letter that passes on or answers a notice and brings a manuscript of its own looks
much the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from intake.parse.message import BodyText, Message, Part
from intake.parse.quoting import Quotation, quotation

_FORWARDS: Final = re.compile(r"\s*(?:【[^【】]{0,100}】)?\s*\[?(?:转发|fwd?)\s*[:：]", re.IGNORECASE)
_REPLIES: Final = re.compile(r"\s*(?:【[^【】]{0,100}】)?\s*(?:回复|答复|回覆|re)\s*[:：]", re.IGNORECASE)
_LONGEST_NOTE: Final = 100
"""Characters of the forwarder's own words: a line and a signature. A longer note speaks for itself."""
_OURS: Final = re.compile(r"我[局委办院校园镇乡处科所站行]|[我本](?:单位|街道|中心|公司|社区|部门|学校)")
_SENDS: Final = re.compile(r"[报呈]送|投稿")
_ASKS: Final = re.compile(r"通知|约稿|征稿")
_DEEPEST: Final = 5  # letters quoted within quoted ones
_MOST_TEXT: Final = 400_000  # characters searched for a quoted header


def with_forwarded_writer(message: Message, own_addresses: Collection[str]) -> Message:
    """The letter; where its text forwards another, its files and the quoted text get that letter's sender as origin.

    Then they count as if the other letter had been attached. A quoted letter of our own (own_addresses) does not
    count: what is attached to it is the answer.
    """
    own = {address.strip().lower() for address in own_addresses}
    for text in (message.text, message.html_text):
        forwarded = _innermost(text[:_MOST_TEXT], message.subject)
        if forwarded and forwarded.sender not in own:
            quoted = BodyText(forwarded.text, forwarded=True, origin=forwarded.sender)
            parts = tuple(_part_from(forwarded.sender, part) for part in message.parts)
            return replace(message, parts=parts, bodies=(*message.bodies, quoted))
    return message


def _innermost(text: str, subject: str) -> Quotation | None:
    innermost = None
    for _ in range(_DEEPEST):
        quoted = quotation(text)
        if quoted is None or not quoted.sender or not _is_forwarded(quoted, subject):
            break
        innermost = quoted
        text, subject = quoted.text, quoted.subject
    return innermost


def _is_forwarded(quoted: Quotation, subject: str) -> bool:
    if _REPLIES.match(subject) or not (quoted.forwarded or _FORWARDS.match(subject)):
        return False
    note = "".join(quoted.above.split())
    if len(note) > _LONGEST_NOTE or _OURS.search(note) or (_SENDS.search(note) and "转" not in note):
        return False
    return not _ASKS.search(quoted.subject) or _REPLIES.match(quoted.subject) is not None


def _part_from(sender: str, part: Part) -> Part:
    """A text of the letter itself keeps its origin; so does what already lies in an attached letter."""
    is_text = not part.name and part.content_type in ("text/plain", "text/html")
    return part if is_text or part.forwarded else replace(part, forwarded=True, origin=sender)
