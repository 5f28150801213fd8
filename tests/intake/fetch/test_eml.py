"""Letters from files: .eml, folders, Maildir, mbox."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from intake.fetch.eml import BadPath, letters_from
from intake.fetch.mailbox import HEADER_LIMIT, Oversize
from values.letter import Letter

BEIJING = timezone(timedelta(hours=8))
DATED = b"Received: from a by b;\r\n\tFri, 10 Jun 2022 09:30:00 +0800\r\nDate: Mon, 1 Jan 2001 00:00:00 +0000\r\n"
LETTER = DATED + b"Subject: \xd5\xc2\r\n\r\nbody\r\n\r\n"


def write(path: Path, octets: bytes = LETTER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)
    return path


def reasons(*paths: Path) -> list[str]:
    return [one.reason for one in letters_from(paths) if isinstance(one, BadPath)]


def raws(*paths: Path) -> list[bytes]:
    return [one.raw for one in letters_from(paths) if isinstance(one, Letter)]


def test_eml_file_is_a_letter_byte_for_byte(tmp_path: Path) -> None:
    (letter,) = letters_from([write(tmp_path / "来稿.eml")])
    assert letter == Letter(LETTER, datetime(2022, 6, 10, 9, 30, tzinfo=BEIJING))


def test_arrival_falls_back_to_date_and_then_to_the_files_time(tmp_path: Path) -> None:
    dated = write(tmp_path / "1.eml", b"Date: Fri, 10 Jun 2022 09:30:00 +0800\n\nbody")
    undated = write(tmp_path / "2.eml", b"Subject: x\n\nDate: Fri, 10 Jun 2022 09:30:00 +0800\n")
    os.utime(undated, (1_650_000_000, 1_650_000_000))
    arrivals = [one.received_at for one in letters_from([dated, undated]) if isinstance(one, Letter)]
    assert arrivals == [datetime(2022, 6, 10, 1, 30, tzinfo=UTC), datetime.fromtimestamp(1_650_000_000, UTC)]
    assert all(at.tzinfo for at in arrivals)


def test_folder_gives_its_letters_and_those_of_its_subfolders_in_order(tmp_path: Path) -> None:
    for name in ("b.EML", "a.eml", "sub/deeper/c.eml"):
        write(tmp_path / name, b"Subject: " + name.encode() + b"\n\n")
    write(tmp_path / ".hidden.eml")
    write(tmp_path / "Thumbs.db")
    assert raws(tmp_path) == [b"Subject: a.eml\n\n", b"Subject: b.EML\n\n", b"Subject: sub/deeper/c.eml\n\n"]
    assert reasons(tmp_path) == []


def test_maildir_gives_new_and_read_letters_and_none_half_delivered(tmp_path: Path) -> None:
    write(tmp_path / "cur" / "2.host,S=5:2,S", b"A: 2\n\n")
    write(tmp_path / "new" / "1.host", b"A: 1\n\n")
    write(tmp_path / "tmp" / "3.host", b"A: 3\n\n")
    write(tmp_path / "dovecot-uidlist", b"3 V1")
    assert raws(tmp_path) == [b"A: 1\n\n", b"A: 2\n\n"]
    assert reasons(tmp_path) == []
    assert raws(tmp_path / "cur") == [b"A: 2\n\n"]


MBOX = (
    b"From MAILER-DAEMON Fri Jun 10 09:30:00 2022\n"
    b"Subject: one\n\nFrom here on 09:30 until 2022 it is text\n\nFrom the office, 2022\n>From quoted\n\n"
    b"From - Fri Jun 10 09:31:00 +0800 2022\r\n"
    b"Subject: two\r\n\r\nbody\r\n\r\n\r\n"
    b"From x@example.org Fri Jun 10 09:32:00 2022\n"
    b"Subject: three\n\nno line end"
)


def test_mbox_letters_keep_every_octet_between_their_separators(tmp_path: Path) -> None:
    assert raws(write(tmp_path / "inbox", MBOX)) == [
        b"Subject: one\n\nFrom here on 09:30 until 2022 it is text\n\nFrom the office, 2022\n>From quoted\n",
        b"Subject: two\r\n\r\nbody\r\n\r\n",
        b"Subject: three\n\nno line end",
    ]


def test_from_line_inside_a_long_line_splits_nothing(tmp_path: Path) -> None:
    separator = b"From x@example.org Fri Jun 10 09:32:00 2022\n"
    body = b"Subject: x\n\n\n" + b"y" * 65_536 + separator
    assert raws(write(tmp_path / "m.mbox", separator + body)) == [body]


def test_letters_above_the_limit_keep_their_header_only(tmp_path: Path) -> None:
    eml = write(tmp_path / "1.eml", LETTER + b"x" * 300_000)
    mbox = write(tmp_path / "2.mbox", MBOX.replace(b"body", b"x" * 300_000))
    large, one, two, three = letters_from([eml, mbox], limit=200_000)
    assert isinstance(large, Oversize)
    assert large.header == DATED + b"Subject: \xd5\xc2\r\n\r\n"
    assert large.size == len(LETTER) + 300_000
    assert large.received_at == datetime(2022, 6, 10, 9, 30, tzinfo=BEIJING)
    assert isinstance(two, Oversize)
    assert two.header == b"Subject: two\r\n\r\n"
    assert [type(one), type(three)] == [Letter, Letter]


def test_header_without_end_is_cut_at_its_limit(tmp_path: Path) -> None:
    (large,) = letters_from([write(tmp_path / "1.eml", b"A: " + b"x" * 300_000)], limit=200_000)
    assert isinstance(large, Oversize)
    assert len(large.header) == HEADER_LIMIT


@pytest.mark.parametrize(
    ("name", "octets", "reason"),
    [
        ("missing.eml", None, "没有这个文件"),
        ("empty.eml", b"", "空文件"),
        ("稿件.docx", b"PK\x03\x04" * 20, "不像一封信"),
    ],
)
def test_bad_path_is_named_with_its_reason_and_the_others_come(
    tmp_path: Path, name: str, octets: bytes | None, reason: str
) -> None:
    bad = tmp_path / name
    if octets is not None:
        write(bad, octets)
    good = write(tmp_path / "good.eml")
    assert raws(bad, good) == [LETTER]
    (said,) = reasons(bad, good)
    assert name in said
    assert reason in said


def test_file_in_a_folder_that_is_no_letter_is_named(tmp_path: Path) -> None:
    write(tmp_path / "1.eml")
    write(tmp_path / "发票.pdf", b"%PDF")
    assert [reason.partition("：")[2][:15] for reason in reasons(tmp_path)] == ["不是 .eml 或 mbox "]
    assert len(raws(tmp_path)) == 1


def test_folder_without_letters_reports_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert ["里面没有信" in reason for reason in reasons(tmp_path)] == [True]


def test_special_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    assert ["不是普通文件" in reason for reason in reasons(tmp_path)] == [True]


def test_link_back_up_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "1.eml")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert raws(tmp_path) == [LETTER]


def test_file_that_fails_while_read_is_named_and_the_others_come(tmp_path: Path) -> None:
    failing = tmp_path / "1.eml"
    failing.symlink_to("/proc/self/mem")  # reading its beginning is an I/O error, for root too
    good = write(tmp_path / "2.eml")
    assert ["读不了" in reason for reason in reasons(failing, good)] == [True]
    assert raws(failing, good) == [LETTER]


def test_file_name_that_is_not_utf8_can_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd5\xc2.eml"))
    write(path, b"")
    (reason,) = reasons(path)
    assert reason.encode("utf-8")
