"""Letters that are signed around their content: clear-signed OpenPGP text, and opaque S/MIME. The content is read, the
signature is not checked.

The only module that imports asn1crypto (docs/decisions/0084). Never raises.
"""

from __future__ import annotations

import re
from typing import Final

from asn1crypto import cms

PGP_NOTE: Final = "信有 OpenPGP 签名，签名没有核对"
SMIME_NOTE: Final = "信有 S/MIME 签名，签名没有核对"
_CLEAR_SIGNED: Final = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z][A-Za-z-]{0,30}: [^\n]*\n)*[ \t]*\n"
    r"(?P<text>.*?)\n-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)",
    re.DOTALL,
)
"""RFC 9580 section 7: armour headers, an empty line, the dash-escaped text."""
_ESCAPED: Final = re.compile(r"^- ", re.MULTILINE)


def without_clear_signature(text: str) -> str:
    """The text with each clear-signed part replaced by what was signed; the same text when none is.

    Line ends are "\\n".
    """
    if "-----BEGIN PGP SIGNED MESSAGE-----" not in text:
        return text
    return _CLEAR_SIGNED.sub(lambda match: _ESCAPED.sub("", match["text"]), text)


def smime_content(data: bytes) -> bytes | None:
    """The MIME entity in an opaque S/MIME message (RFC 8551 3.5.2, signed-data); None for anything else, such as an
    encrypted one."""
    if data[:1] != b"0":  # the tag of a SEQUENCE
        return None
    try:
        info = cms.ContentInfo.load(data)
        if info["content_type"].native != "signed_data":
            return None
        content = info["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    return content if isinstance(content, bytes) else None
