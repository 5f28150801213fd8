from __future__ import annotations

import hashlib

from programs.conversion import ConversionRequest, NotConverted, key_of, without_drawings
from values.reason import Reason


def test_request_is_known_by_the_sha256_of_the_file() -> None:
    request = ConversionRequest.to_pdf(b"PK")
    assert (request.key, request.extension, request.target) == (hashlib.sha256(b"PK").hexdigest(), ".docx", "pdf")


def test_without_drawings_keeps_documents_and_failures() -> None:
    failed = NotConverted(Reason.alike("太慢"))
    made: dict[str, bytes | NotConverted] = {
        key_of(b"a"): b"PK\x03\x04",
        key_of(b"b"): b"%PDF-1.7",
        key_of(b"c"): failed,
    }
    kept = without_drawings(made)
    assert (kept[key_of(b"a")], kept[key_of(b"c")]) == (b"PK\x03\x04", failed)
    assert isinstance(kept[key_of(b"b")], NotConverted)
