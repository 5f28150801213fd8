"""What views answer with: names of downloads, and where a redirection may lead."""

from __future__ import annotations

import pytest

from desk.page import file_response


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("第70期.docx", "filename=\"_70_.docx\"; filename*=UTF-8''%E7%AC%AC70%E6%9C%9F.docx"),
        ("../../etc/passwd", "filename=\"_.._etc_passwd\"; filename*=UTF-8''_.._etc_passwd"),
        ('a";b\r\nX: y.docx', "filename=\"a__bX_ y.docx\"; filename*=UTF-8''a_%3BbX_%20y.docx"),
        ("a\u202exslx.exe", "filename=\"axslx.exe\"; filename*=UTF-8''axslx.exe"),
        ("", "filename=\"file\"; filename*=UTF-8''file"),
    ],
)
def test_a_download_is_kept_under_a_harmless_name(name: str, shown: str) -> None:
    headers = file_response(b"x", name, "application/octet-stream").headers
    assert headers["content-disposition"] == f"attachment; {shown}"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
