"""Letters that are signed around their content: clear-signed OpenPGP text, and opaque S/MIME. The content is read, the
signature is not checked.

The only module that imports asn1crypto (docs/decisions/0084). Never raises.
"""

from __future__ import annotations

import re
from typing import Final

PGP_NOTE: Final = "信有 OpenPGP 签名，签名没有核对"
SMIME_NOTE: Final = "信有 S/MIME 签名，签名没有核对"
_CLEAR_SIGNED: Final = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[ \t]*\n)?"
    r"(?:(?:Hash|Version|Comment|Charset|MessageID|NotDashEscaped): [^\n]*\n(?:[ \t]*\n)?)*(?:[ \t]*\n)?"
)
"""RFC 9580 section 7: what precedes the dash-escaped text, with the armour headers and the empty line. A page made of
such a text has more empty lines, or fewer."""
_SIGNATURE: Final = "\n-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END: Final = "-----END PGP SIGNATURE-----"
_ESCAPED: Final = re.compile(r"^- ", re.MULTILINE)


def without_clear_signature(text: str) -> str:
    """The text with each clear-signed part replaced by what was signed; the same text when none is.

    Line ends are "\\n".
    """
    parts: list[str] = []
    at = 0
    while (begin := _CLEAR_SIGNED.search(text, at)) is not None:
        signature = text.find(_SIGNATURE, begin.end())
        if signature < 0:
            break
        parts += [text[at : begin.start()], _ESCAPED.sub("", text[begin.end() : signature])]
        end = text.find(_SIGNATURE_END, signature)
        at = len(text) if end < 0 else end + len(_SIGNATURE_END)
    return "".join([*parts, text[at:]])


def smime_content(data: bytes) -> bytes | None:
    """The MIME entity in an opaque S/MIME message (RFC 8551 3.5.2, signed-data); None for anything else, such as an
    encrypted one."""
    if data[:1] != b"0":  # the tag of a SEQUENCE
        return None
    from asn1crypto import cms  # 2 MB, which the service itself spares: letters are read in its children

    try:
        info = cms.ContentInfo.load(data)
        if info["content_type"].native != "signed_data":
            return None
        content = info["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None
    return content if isinstance(content, bytes) else None
