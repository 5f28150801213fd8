"""The zip of a manuscript. What `archives.zip_gate` refuses becomes a sentence for the person who sent it."""

from __future__ import annotations

import zipfile
from typing import Final

from intake.archives.limits import ArchiveLimits, ArchiveRefused
from intake.archives.zip_gate import inflate, open_zip
from intake.parse.archive_fault import ArchiveFault
from intake.read.containers.refusals import BROKEN, PASSWORD, SUSPICIOUS_ZIP, not_a_zip, refuse

_SENTENCES: Final = {
    ArchiveFault.LOCKED: PASSWORD,
    ArchiveFault.SUSPICIOUS: SUSPICIOUS_ZIP,
}


def open_container(data: bytes, limits: ArchiveLimits) -> zipfile.ZipFile:
    """The zip with its directory checked and nothing unpacked yet.

    Raises UnreadableManuscript when it is no zip, is damaged or suspicious, or has a password.
    """
    try:
        return open_zip(data, limits)
    except ArchiveRefused as refused:
        if refused.fault is ArchiveFault.NOT_A_ZIP:
            raise not_a_zip(data) from refused
        raise refuse(_SENTENCES.get(refused.fault, BROKEN)) from refused


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member. Raises UnreadableManuscript when there are more than `most`, or the member is damaged."""
    try:
        return inflate(archive, entry, most)
    except ArchiveRefused as refused:
        raise refuse(_SENTENCES.get(refused.fault, BROKEN)) from refused
