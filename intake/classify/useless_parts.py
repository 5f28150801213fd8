"""Parts that a program adds and nobody means to send: keys, cards, calendars, resource forks, cut-off texts.

They are neither read nor mentioned to the sender.
"""

from __future__ import annotations

import re
from typing import Final

from intake.parse.charsets import decode
from intake.parse.file_kinds import APPLE_DOUBLE, plain_name
from intake.parse.html.page import read_page
from intake.parse.message import Part

_TYPES: Final = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
    | {"application/applefile", "text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory"}
    | {"message/external-body", "text/rfc822-headers", "message/delivery-status", "message/disposition-notification"}
    | {"application/pgp-encrypted", "application/x-apple-msg-attachment", "application/smil"}
    | {"text/enriched", "text/watch-html", "text/x-amp-html", "application/x-mso", "application/vnd.ms-officetheme"}
)
_NAMES: Final = re.compile(
    r".+\.(?:p7s|vcf|ics|sig)|(?:openpgp_|0x|pgp|publickey|signature).*\.asc|\._.+|\.ds_store|thumbs\.db|desktop\.ini|"
    r"(?:oledata|editdata)\.mso|themedata\.(?:thmx|xml)|colorschememapping\.xml|filelist\.xml|.+\.smil"
)
"""As `plain_name` gives them. The second line: what Word adds to a page that it sends as a letter."""
_ARMOUR: Final = (b"-----BEGIN PGP PUBLIC KEY BLOCK", b"-----BEGIN PGP SIGNATURE", b"BEGIN:VCARD", b"BEGIN:VCALENDAR")
_CUT_OFF: Final = re.compile(r"att\d{4,6}\.(?:html?|txt|c)|mime-attachment(?:\.\w+)?|part[\d.]+\.(?:html?|txt)")
"""How Exchange, Apple and gateways name the text below an attachment when they make a file of it."""
_LONGEST_CUT_OFF: Final = 200
"""Characters of such a text: a signature. A longer one may be an article."""


def is_useless(part: Part) -> bool:
    """Whether nobody means to send this part."""
    name = plain_name(part.name.rpartition("/")[2])
    if part.content_type.lower() in _TYPES or part.data.startswith(APPLE_DOUBLE) or _NAMES.fullmatch(name):
        return True
    if not part.data and _has_no_kind(name):
        return True
    if part.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:40].startswith(_ARMOUR):
        return True
    return _CUT_OFF.fullmatch(name) is not None and _is_short(part)


def _has_no_kind(name: str) -> bool:
    """Whether the name of an empty file shows no kind that somebody may miss."""
    return "." not in name or name.endswith((".htm", ".html", ".dat", ".bin"))


def _is_short(part: Part) -> bool:
    text = decode(part.data[: 100 * _LONGEST_CUT_OFF], part.charset)
    if part.content_type.lower() == "text/html" or part.data.lstrip()[:1] == b"<":
        text = read_page(text).text
    return b"\0" not in part.data and len("".join(text.split())) <= _LONGEST_CUT_OFF
