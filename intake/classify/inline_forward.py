"""Letters forwarded as 163, QQ and Foxmail do: the header quoted in the text, the files attached again.

The signs are strict on purpose: a letter that passes on or answers a notice and brings a manuscript of its own looks
much the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from intake.parse.message import BodyText, Message, Part
from intake.parse.quoting import Quotation, quotation
from values.department import Department, department_of_sender

_FORWARDS: Final = re.compile(r"\s*(?:【[^【】]{0,100}】)?\s*\[?(?:转发|fwd?)\s*[:：]", re.IGNORECASE)
_REPLIES: Final = re.compile(r"\s*(?:【[^【】]{0,100}】)?\s*(?:回复|答复|回覆|re)\s*[:：]", re.IGNORECASE)
_LONGEST_NOTE: Final = 100
"""Characters of the forwarder's own words: a line and a signature. A longer note speaks for itself."""
_OURS: Final = re.compile(r"我[局委办院校园镇乡处科所站行]|[我本](?:单位|街道|中心|公司|社区|部门|学校)")
_SENDS: Final = re.compile(r"[报呈]送|投稿")
_ASKS: Final = re.compile(r"通知|约稿|征稿")
_DEEPEST: Final = 5  # letters quoted within quoted ones
_MOST_TEXT: Final = 400_000  # characters searched for a quoted header


def with_forwarded_writer(
    message: Message, own_addresses: Collection[str], departments: Sequence[Department] = ()
) -> Message:
    """The letter; where its text forwards another, its files and the quoted text get that letter's sender as origin.

    Then they count as if the other letter had been attached. Of letters forwarded several times, the origin is the
    innermost writer who is registered; the innermost of all where none is. A quoted letter of our own (own_addresses)
    does not count: what is attached to it is the answer.
    """
    own = {address.strip().lower() for address in own_addresses}
    parts = tuple(_with_first_writer(part, departments) for part in message.parts)
    bodies = tuple(_with_first_writer(body, departments) for body in message.bodies)
    for text in (message.text, message.html_text):
        quoted = _forwarded(text[:_MOST_TEXT], message.subject)
        if quoted and quoted[-1].sender not in own:
            origin = _first_registered([letter.sender for letter in quoted], departments) or quoted[-1].sender
            body = BodyText(quoted[-1].text, forwarded=True, origin=origin)
            parts = tuple(_part_from(origin, part) for part in parts)
            return replace(message, parts=parts, bodies=(*bodies, body))
    return replace(message, parts=parts, bodies=bodies)


_Forwarded = TypeVar("_Forwarded", Part, BodyText)


def _with_first_writer(forwarded: _Forwarded, departments: Sequence[Department]) -> _Forwarded:
    first = _first_registered(forwarded.writers, departments)
    return replace(forwarded, origin=first) if first and first != forwarded.origin else forwarded


def _first_registered(writers: Sequence[str], departments: Sequence[Department]) -> str:
    """The innermost of the writers, the outermost first, who is registered; "" for none."""
    return next((writer for writer in reversed(writers) if department_of_sender(writer, departments)), "")


def _forwarded(text: str, subject: str) -> list[Quotation]:
    """The letters that are forwarded in the text, each within the one before."""
    letters: list[Quotation] = []
    while len(letters) < _DEEPEST:
        quoted = quotation(text)
        if quoted is None or not quoted.sender or not _is_forwarded(quoted, subject):
            break
        letters.append(quoted)
        text, subject = quoted.text, quoted.subject
    return letters


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
