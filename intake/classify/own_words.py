"""The words that the writer of an answer has written: without the letter that it answers, banners and the signature."""

from __future__ import annotations

import re
from typing import Final

from intake.parse.message import BodyText, Message
from intake.parse.quoting import own_text
from intake.read.pasted.banners import without_banner
from intake.read.pasted.folding import unfolded
from intake.read.pasted.signatures import answer_without_signature

LONGEST: Final = 20_000
"""Characters of an answer."""
_MOST_TEXT: Final = 400_000
"""Characters that are searched, with all that is quoted."""
_LINE_ABOVE: Final = re.compile(r"^[>＞|\s]*[—\-]{2,}\s?答复请写在这一行上面.*$", re.MULTILINE)
"""The first line of our letters about drafts (templates/letters/_above.j2). Below it, nothing is the writer's, even
where a program quotes without a mark. Quoted twice, it has two marks before it."""
_QUOTED: Final = re.compile(r"^\s*[>＞]")
_WROTE: Final = re.compile(r"(?:写道|wrote)\s*[:：]\s*$", re.IGNORECASE)


def own_words(message: Message) -> str:
    """The words of the letter's own text, the plain one before that of HTML; "" for none."""
    own = (body for body in message.bodies if not body.forwarded)
    return next(filter(None, map(_words, own)), "")[:LONGEST]


def _words(body: BodyText) -> str:
    text = body.text[:_MOST_TEXT].replace("\r\n", "\n")
    cut = _LINE_ABOVE.search(text)
    above = own_text(text[: cut.start()] if cut else text) or _below_quotation(text)
    lines = without_banner(unfolded(above.split("\n")))
    return "\n".join(answer_without_signature(lines, body.signature)).strip()


def _below_quotation(text: str) -> str:
    """What is written below a letter that is quoted with marks, by programs that put the answer there."""
    lines = text.split("\n")
    marked = [at for at, line in enumerate(lines) if _QUOTED.match(line)]
    if not marked:
        return ""
    return "\n".join(line for line in lines[marked[-1] + 1 :] if not _WROTE.search(line)).strip()
