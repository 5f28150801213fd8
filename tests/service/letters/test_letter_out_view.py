"""The content of a letter out's page."""

from __future__ import annotations

import pytest

from service.letters.letter_out_view import letter_out_view
from service.office import Office
from tests.support.outboxes import put_in
from values.errors import BadUsage
from values.outgoing import LetterKind, OutgoingLetter

RAW = (
    b"Message-ID: <a@x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5oKo5aW9\r\n"
    b"--b\r\nContent-Type: application/octet-stream\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''%E9%80%81%E5%AE%A1.docx\r\n\r\nPK\r\n--b--\r\n"
)


def test_view_has_the_text_and_the_names_of_the_files(office: Office) -> None:
    put_in(office, OutgoingLetter(LetterKind.DRAFT, "a@example.org", "送审", "<a@x>", RAW))
    view = letter_out_view(office, 1)
    assert (view.text.strip(), view.files) == ("您好", ("送审.docx",))


def test_unknown_letter_is_named(office: Office) -> None:
    with pytest.raises(BadUsage, match="没有编号为 7"):
        letter_out_view(office, 7)
