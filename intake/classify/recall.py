"""Recall notices: what a mail program sends when its user takes a letter back that has been delivered already.

Outlook writes 撤回: and Recall: before the subject of the letter; 163, QQ and others send a notice of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.parse.message import Message
from intake.parse.quoting import own_text

_LONGEST: Final = 500
"""Characters of a notice; a longer text is written by a person."""
_SUBJECT: Final = re.compile(
    r"\s*(?:[【\[](?:邮件)?(?:撤回|召回|recall(?:ed)?)(?:邮件|通知)?[】\]]\s*[:：]?|"
    r"(?:撤回|召回|recall(?:ed)?)(?:邮件|message)?\s*[:：])\s*(?P<subject>.{1,500})",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"撤回(?:了)?(?:主题|标题)(?:为|是)?\s*[“\"「《]|"
    r"(?:将|想要|希望|已)?撤回(?:了)?(?:一封|该|此|这封)?(?:发(?:送)?给(?:您|你)的)?(?:主题为?|标题为?)?(?:的)?(?:邮件|来信|[“\"「])|"
    r"(?:邮件|来信).{0,200}(?:已被?|被).{0,20}撤回|"
    r"would like to recall the message|has recalled (?:the|a|this) message|message recall",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"[“\"「]\s*([^”\"」]{1,300})\s*[”\"」]|《([^《》]{2,80})》")
_NAMED: Final = re.compile(r"(?:邮件)?(?:主题|标题)(?:为|是)?[ \t]*[:：][ \t]*([^\n]{1,300})")
_ADDRESS: Final = re.compile(
    r"[^\s<>()\[\]\",;:“”（）@]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Recall:
    """A recalled letter."""

    subject: str
    """Its subject, as the notice names it; "" for none."""
    sender: str
    """The address that sent it, as the notice names it, lower case; "" where the notice names none."""


def recall_of(message: Message) -> Recall | None:
    """The letter that a notice takes back; None for a letter that is no notice."""
    text = own_text(message.text[: 4 * _LONGEST])
    notice = len(text) <= _LONGEST and _NOTICE.search(text) is not None
    subject = _SUBJECT.match(message.subject)
    if not notice and (subject is None or len(text) > _LONGEST):
        return None
    quoted = next(("".join(match.groups("")) for form in (_QUOTED, _NAMED) for match in form.finditer(text)), "")
    named = subject["subject"].strip() if subject else quoted
    address = _ADDRESS.search(text)
    return Recall(named.strip('“”"《》 '), address[0].lower() if address else "")
