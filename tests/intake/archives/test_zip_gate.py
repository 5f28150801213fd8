"""What the gate lets in, and with which fault it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.archives.limits import USUAL_LIMITS, ArchiveLimits, ArchiveRefused
from intake.archives.zip_gate import inflate, open_zip
from intake.parse.archive_fault import ArchiveFault
from tools.zip_builder import ENCRYPTED, Member, archive


def fault(data: bytes, limits: ArchiveLimits = USUAL_LIMITS) -> ArchiveFault:
    with pytest.raises(ArchiveRefused) as refused:
        open_zip(data, limits)
    return refused.value.fault


def test_member_of_a_sound_zip_is_inflated() -> None:
    opened = open_zip(archive([Member(b"a", b"text" * 100, deflated=True)]), USUAL_LIMITS)
    assert inflate(opened, opened.infolist()[0], 400) == b"text" * 100


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 cut off", archive([Member(b"a", b"x")])[:-30]])
def test_bytes_that_are_no_zip_are_named_so(data: bytes) -> None:
    assert fault(data) is ArchiveFault.NOT_A_ZIP


def test_password_is_seen_in_the_directory() -> None:
    assert fault(archive([Member(b"a", b"x", flags=ENCRYPTED)])) is ArchiveFault.LOCKED


@pytest.mark.parametrize(
    ("limits", "member"),
    [
        (replace(USUAL_LIMITS, entries=0), Member(b"a", b"x")),
        (replace(USUAL_LIMITS, unpacked=10), Member(b"a", b"x" * 11)),
        (replace(USUAL_LIMITS, ratio_from=100), Member(b"a", bytes(100_000), deflated=True)),
    ],
    ids=["members", "size", "ratio"],
)
def test_zip_beyond_a_limit_is_suspicious(limits: ArchiveLimits, member: Member) -> None:
    assert fault(archive([member]), limits) is ArchiveFault.SUSPICIOUS


def test_picture_may_shrink_more_than_other_members() -> None:
    limits = replace(USUAL_LIMITS, ratio_from=100)
    assert open_zip(archive([Member(b"word/media/a.bmp", bytes(100_000), deflated=True)]), limits).infolist()


def test_member_larger_than_declared_is_refused_while_it_is_inflated() -> None:
    opened = open_zip(archive([Member(b"a", bytes(1_000), deflated=True, declared=1_000)]), USUAL_LIMITS)
    with pytest.raises(ArchiveRefused) as refused:
        inflate(opened, opened.infolist()[0], 999)
    assert refused.value.fault is ArchiveFault.SUSPICIOUS


def test_member_with_a_wrong_checksum_is_damaged() -> None:
    packed = archive([Member(b"a", b"text")]).replace(b"text", b"tixt")
    opened = open_zip(packed, USUAL_LIMITS)
    with pytest.raises(ArchiveRefused) as refused:
        inflate(opened, opened.infolist()[0], 10)
    assert refused.value.fault is ArchiveFault.DAMAGED
