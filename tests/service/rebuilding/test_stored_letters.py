"""Whose a stored letter is, found without a ledger."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.rebuilding.stored_letters import AlteredLetter, StoredLetter, stored_letters
from settings.load import load_settings
from settings.model import BulletinSettings
from tests.support.offices import bulletin, config, write_config

DATE = b"Date: Tue, 08 Nov 2022 09:00:00 +0800\r\n"


def stored(data_dir: Path, raw: bytes) -> str:
    sha256 = hashlib.sha256(raw).hexdigest()
    path = data_dir / "raw" / sha256[:2] / f"{sha256}.eml"
    path.parent.mkdir(parents=True)
    path.write_bytes(raw)
    return sha256


def bulletins(tmp_path: Path, *ids: str) -> tuple[BulletinSettings, ...]:
    return load_settings(write_config(tmp_path / "office", config(*map(bulletin, ids)))).bulletins


@pytest.mark.parametrize(
    ("recipients", "owners"),
    [
        (b"To: first@example.org\r\n", ("first",)),
        (b'To: x@example.org\r\nCc: "First" <FIRST@example.org>, second@example.org\r\n', ("first", "second")),
        (b"To: list@example.org\r\nDelivered-To: second@example.org\r\n", ("second",)),
        (b"To: first@example.org.evil.com\r\n", ()),
        (b"", ()),
    ],
)
def test_with_several_bulletins_the_recipients_decide(
    tmp_path: Path, recipients: bytes, owners: tuple[str, ...]
) -> None:
    sha256 = stored(tmp_path, DATE + recipients + b"\r\ntext")
    [letter] = stored_letters(tmp_path, bulletins(tmp_path, "first", "second"), {})
    assert isinstance(letter, StoredLetter)
    assert letter.bulletins == owners
    assert (letter.kept.sha256, letter.kept.received_at) == (sha256, datetime(2022, 11, 8, 1, 0, tzinfo=UTC))


def test_what_was_printed_belongs_to_the_bulletin_that_printed_it(tmp_path: Path) -> None:
    sha256 = stored(tmp_path, DATE + b"To: first@example.org\r\n\r\ntext")
    [letter] = stored_letters(tmp_path, bulletins(tmp_path, "first", "second"), {sha256: {"second"}})
    assert isinstance(letter, StoredLetter)
    assert letter.bulletins == ("second",)


def test_only_bulletin_owns_every_letter(tmp_path: Path) -> None:
    stored(tmp_path, b"no header at all")
    [letter] = stored_letters(tmp_path, bulletins(tmp_path, "first"), {})
    assert isinstance(letter, StoredLetter)
    assert letter.bulletins == ("first",)


@pytest.mark.parametrize(
    ("raw", "header_only"),
    [
        (DATE + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n', True),
        (DATE + b'Content-Type: multipart/mixed;\n boundary="b"\n\n', True),
        (DATE + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b--\r\n', False),
        (DATE + b"Content-Type: text/plain\r\n\r\n", False),
        (DATE + b"Subject: without a text\r\n\r\n", False),
    ],
)
def test_letter_of_several_parts_without_any_is_the_header_of_one_that_was_too_large(
    tmp_path: Path, raw: bytes, header_only: bool
) -> None:
    stored(tmp_path, raw)
    [letter] = stored_letters(tmp_path, bulletins(tmp_path, "first"), {})
    assert isinstance(letter, StoredLetter)
    assert letter.kept.header_only is header_only


def test_altered_letter_is_named(tmp_path: Path) -> None:
    sha256 = stored(tmp_path, DATE)
    path = tmp_path / "raw" / sha256[:2] / f"{sha256}.eml"
    path.write_bytes(b"altered")
    assert list(stored_letters(tmp_path, bulletins(tmp_path, "first"), {})) == [
        AlteredLetter(path.relative_to(tmp_path).as_posix())
    ]
