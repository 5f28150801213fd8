"""The foreign-mail program at a small size: letters of many kinds, whole and damaged, beside good submissions."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from benchmarks import foreign_mail
from benchmarks.foreign_mail import as_sent, failures_of, mail_mix, office_on
from service.letters.receive import IntakeResult
from tests.support.dovecot import dovecot_server

FOREIGN: Final = {
    "newsletter": b"From: News <news@shop.example>\nTo: x@y.example\nList-Unsubscribe: <https://shop.example/u>\n"
    b"Subject: Winter sale\nContent-Type: text/html; charset=iso-8859-1\n\n<p>Now 20 \xa3 only</p>\n",
    "bounce": b"From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n"
    b"--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--b--\n",
    "japanese": b"From: =?iso-2022-jp?b?GyRCOzNFRBsoQg==?= <yamada@jp.example>\nSubject: \x1b$B$J\x1b(B\n"
    b"Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B$3$s$K$A$O\x1b(B\n",
    "gbk-advertisement": b"From: sales@ad.example\nSubject: \xb4\xfa\xbf\xaa\xb7\xa2\xc6\xb1\n"
    b"Content-Type: text/plain\n\n"
    b"\xb4\xfa\xbf\xaa\xb8\xf7\xb5\xd8\xb7\xa2\xc6\xb1\n",
    "invitation": b"From: boss@corp.example\nSubject: Meeting\nContent-Type: text/calendar; method=REQUEST\n\n"
    b"BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n",
    "nested": b"From: a@b.example\nSubject: Fwd: Fwd: Fwd\nContent-Type: message/rfc822\n\n"
    b"From: c@d.example\nContent-Type: message/rfc822\n\nFrom: e@f.example\n\nhello\n",
    "no-header": b"\n\njust text without any field\n",
    "nul-and-lone-cr": b"From: z@z.example\r\nSubject: a\x00b\r\n\r\none\rtwo\x00three\r\n",
    "many-recipients": b"From: q@q.example\nTo: " + b", ".join(b"u%d@u.example" % n for n in range(300)) + b"\n\nhi\n",
    "signed": b"From: s@s.example\n"
    b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s\n\n'
    b"--s\nContent-Type: text/plain\n\nsigned\n--s\nContent-Type: application/pkcs7-signature\n\nMIIB\n--s--\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Foreign letters as files, some of them below."""
    below = tmp_path / "mail" / "below"
    below.mkdir(parents=True)
    for number, (name, raw) in enumerate(FOREIGN.items()):
        ((below if number % 2 else below.parent) / f"{name}.eml").write_bytes(raw)
    return below.parent


@pytest.mark.dovecot
def test_foreign_mail_is_stored_settled_and_unanswered_and_good_mail_becomes_articles(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = foreign_mail.main([str(folder), "--damaged", "40", "--good", "6"])
    verdicts, figures, *failures = capfd.readouterr().out.splitlines()
    assert "article 6" in verdicts
    assert figures.startswith("50 foreign and 6 good letters: ")
    slow = [line for line in failures if line.startswith("slower than")]  # what a busy machine may be
    assert failures == (slow or ["All goals met."])
    assert status == len(slow)


@pytest.mark.dovecot
def test_letter_that_is_missing_is_counted(tmp_path: Path) -> None:
    """Of what the program checks, none passes for an office that has not polled."""
    mix = mail_mix([FOREIGN["bounce"]], damaged_copies=3, good=2, seed=1)
    with dovecot_server(tmp_path) as server, office_on(server.account(), tmp_path / "office") as office:
        failures = failures_of(office, mix, IntakeResult(errors=("一封信没有取到",)))
    assert failures == [
        f"{len(set(mix.shuffled))} letters not stored byte for byte",
        "1 letters that could not be fetched",
        "2 good submissions that are no article",
    ]


def test_same_seed_gives_the_same_letters() -> None:
    files = list(FOREIGN.values())
    first, again = (mail_mix(files, damaged_copies=20, good=3, seed=5) for _ in range(2))
    assert first == again
    assert first != mail_mix(files, damaged_copies=20, good=3, seed=6)
    assert len(first.shuffled) == len(files) + 20 + 3
    assert len(set(first.good)) == 3


def test_letters_are_as_a_server_sends_them() -> None:
    assert as_sent(b"A: b\n\r\nx\0y\n") == b"A: b\r\n\r\nx\x80y\r\n"
    assert (as_sent(b" \r\n"), as_sent(b"x" * (5 << 20))) == (b"", b"")
