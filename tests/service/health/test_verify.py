"""`verify` names every file and row that is not as it was recorded."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from service.health.difference import Difference
from service.health.verify import verify
from service.office import Office
from tests.support.command_line import CommandLine, command_line_of
from tests.support.trusted_office import KINDS, add_file, digest, execute, file_of, fill


@pytest.fixture
def office(office: Office) -> Office:
    fill(office)
    return office


@pytest.fixture
def command_line(office: Office) -> CommandLine:
    return command_line_of(office)


def name(office: Office, path: Path) -> str:
    return str(path.relative_to(office.data_dir))


def test_nothing_differs_in_an_office_that_nobody_touched(office: Office, command_line: CommandLine) -> None:
    done = command_line.run_json("verify")
    assert (done.status, done.document["differences"]) == (0, [])
    assert done.document["checked"] >= len(KINDS) + 3
    assert "都与入库时一样" in command_line.run("verify").output


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", ["altered", "truncated", "removed", "linked"])
def test_a_file_that_was_changed_is_named(kind: str, change: str, office: Office, command_line: CommandLine) -> None:
    path = file_of(office, kind)
    data = path.read_bytes()
    actual: str | None = None
    match change:
        case "altered":  # of equal length, with the time of before
            before = path.stat()
            path.write_bytes(altered := bytes([data[0] ^ 1]) + data[1:])
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            actual = digest(altered)
        case "truncated":
            path.write_bytes(data[:-1])
            actual = digest(data[:-1])
        case "removed":
            path.unlink()
        case "linked":  # to the same bytes, which somebody else may change at any time
            path.rename(elsewhere := office.data_dir.parent / "elsewhere")
            path.symlink_to(elsewhere)
    done = command_line.run_json("verify")
    assert done.status == 1
    expected = {"what": kind, "path": name(office, path), "expected": digest(data), "found": actual}
    assert done.document["differences"] == [expected]
    words = "不见了" if actual is None else "与入库时不同"
    shown = command_line.run("verify")
    assert (shown.status, words in shown.output, name(office, path) in shown.output) == (1, True, True)


@pytest.mark.parametrize(
    "path", ["raw/aa/x.eml", "media/x", "issues/wuxing/70/70.exe", "issues/x.docx", "outbox/x.eml", "raw/.hidden"]
)
def test_a_file_that_nobody_knows_is_named(path: str, office: Office) -> None:
    add_file(office.data_dir / path, b"added")
    assert verify(office).differences == (Difference("unknown_file", path, None, digest(b"added")),)


def test_a_file_written_just_now_gets_time_to_be_recorded(office: Office) -> None:
    """A poll writes the letter's file first, and then its row."""
    late = "letter with 丁.docx".encode()
    sha256 = office.raws.put(late)

    def record(_seconds: float) -> None:
        execute(office, insert_letter(sha256))

    assert verify(office, pause=record).differences == ()


def test_a_file_that_stays_unrecorded_is_named_after_the_pause(office: Office) -> None:
    sha256 = office.raws.put(b"never recorded")
    pauses: list[float] = []
    [difference] = verify(office, pause=pauses.append).differences
    assert (difference.what, difference.actual, len(pauses)) == ("unknown_file", sha256, 1)


def insert_letter(sha256: str) -> str:
    return (
        "INSERT INTO letter (bulletin, sha256, size, header_only, received_at, stored_at, verdict, reason)"
        f" VALUES ('wuxing', '{sha256}', 1, 0, '2022-11-08 08:00:00', '2022-11-08 08:00:00', 'pending', '待读')"
    )


def test_half_written_files_are_left_to_their_writer(office: Office) -> None:
    add_file(office.data_dir / "raw" / ".part-1", b"half")
    assert verify(office).differences == ()


def test_a_row_without_its_file_is_named(office: Office) -> None:
    execute(office, insert_letter("a" * 64))
    assert verify(office).differences == (Difference("letter", f"raw/aa/{'a' * 64}.eml", "a" * 64, None),)


def test_a_row_whose_digest_was_altered_is_named_with_its_file(office: Office) -> None:
    path = file_of(office, "issue")
    execute(office, f"UPDATE issue_file SET sha256 = '{'b' * 64}' WHERE kind = 'docx'")
    found = {(each.what, each.expected, each.actual) for each in verify(office).differences}
    assert ("issue", "b" * 64, digest(path.read_bytes())) in found


def test_a_row_that_was_removed_leaves_a_file_that_nobody_knows(office: Office) -> None:
    execute(office, "DELETE FROM issue_file WHERE kind = 'manifest'")
    assert [each.what for each in verify(office, pause=lambda _: None).differences] == ["unknown_file"]


def test_a_letter_out_altered_in_its_row_is_named(office: Office) -> None:
    execute(office, "UPDATE outbox SET raw = x'00' WHERE id = 1")
    [difference] = verify(office).differences
    assert (difference.what, difference.path) == ("letter_out", "jianbao.sqlite3#outbox/1")
    assert difference.actual == digest(b"\0")


def test_a_destroyed_letter_is_not_missed_and_named_when_it_comes_back(office: Office) -> None:
    path = file_of(office, "letter")
    data = path.read_bytes()
    execute(
        office,
        "INSERT INTO removal (letter_id, kind, who, why, removed_at) SELECT id, 'destroyed', '管理员', '保密办要求',"
        f" stored_at FROM letter WHERE sha256 = '{path.stem}'",
    )
    path.unlink()
    assert verify(office).differences == ()
    add_file(path, data)
    assert [(each.what, each.actual) for each in verify(office).differences] == [("removed_letter", path.stem)]


def test_a_picture_that_no_article_uses_is_no_difference_while_it_is_whole(office: Office) -> None:
    path = office.media.path(digest(b"of a duplicate letter"))
    add_file(path, b"of a duplicate letter")
    assert verify(office).differences == ()
    add_file(path, b"altered")
    assert [each.what for each in verify(office).differences] == ["unknown_file"]
