"""Archives attached to a letter → the files in them, within limits. Names are text and never used as paths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from intake.archives.libarchive_door import PACKED, unpack
from intake.archives.limits import USUAL_LIMITS, ArchiveLimits, ArchiveRefused
from intake.archives.outlook_item import documents_in, is_outlook_item
from intake.archives.unpacking import ArchiveContents, ArchivedFile, UnpackingBudget
from intake.archives.zips import unpack_zip
from intake.parse.file_kinds import extension_of, kind_of
from intake.parse.headers import clean
from intake.parse.message import Part
from intake.parse.tnef import TNEF, TnefFile, read_tnef

_DEPTH: Final = 2  # an archive within an archive; deeper nesting is how bombs are built
_LONGEST_NAME: Final = 200  # characters of a name, which is only ever shown
_FOLDERS: Final = re.compile(r"[/\\]+")
_SYSTEM_FILES: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def open_archives(parts: Iterable[Part], limits: ArchiveLimits = USUAL_LIMITS) -> tuple[Part, ...]:
    """The parts, each zip, 7z, rar, tar, gz, bz2 and xz replaced by its files, named 材料.zip/稿件.docx; an archive
    within an archive too, but no third. A winmail.dat is replaced by what was attached to its letter, under its own
    names, an Outlook item (.msg) by its documents.

    A .docx, .xlsx or .odt is a zip too, and stays. An archive with a password or beyond the limits (which hold for all
    archives of a letter together) stays with `unopened` set; so does a file in it that is damaged. Never raises.
    """
    budget = UnpackingBudget.of(limits)
    inner = (inner for part in parts for item in _without_tnef(part) for inner in _without_outlook_item(item))
    return tuple(file for part in inner for file in _opened(part, budget, _DEPTH))


def _without_outlook_item(part: Part) -> tuple[Part, ...]:
    """The documents attached to an Outlook item; the item itself where it has none."""
    return (is_outlook_item(part) and documents_in(part)) or (part,)


def _without_tnef(part: Part) -> tuple[Part, ...]:
    if not part.data.startswith(TNEF):
        return (part,)
    letter = read_tnef(part.data)
    files = tuple(_attached(part, file) for file in letter.files)
    return files if letter.whole else (*files, part)


def _attached(winmail: Part, file: TnefFile) -> Part:
    name = _FOLDERS.split(file.name)[-1][-_LONGEST_NAME:] or "附件" + extension_of(file.data)
    part = _file(winmail, name, file.data)
    return replace(part, disposition="", inline=True) if file.within else part


def _opened(part: Part, budget: UnpackingBudget, depth: int) -> tuple[Part, ...]:
    try:
        contents = _contents(part, budget) if depth else None
    except ArchiveRefused as refused:
        return (replace(part, unopened=refused.fault),)
    if contents is None:
        return (part,)
    opened = tuple(inner for file in _files(part, contents.files) for inner in _opened(file, budget, depth - 1))
    if contents.fault:
        opened += (replace(part, unopened=contents.fault),)
    return opened or (part,)


def _contents(part: Part, budget: UnpackingBudget) -> ArchiveContents | None:
    """The files in it; None when it is no archive. Raises ArchiveRefused when it must stay closed."""
    if part.data.startswith(b"PK"):
        return unpack_zip(part, budget)
    if (packed := kind_of(part.data).extension) in PACKED:
        return unpack(part.data, packed, budget, nameless=part.name.removesuffix(packed))
    return None


def _files(part: Part, files: Iterable[ArchivedFile]) -> Iterator[Part]:
    for archived in files:
        *folders, name = _FOLDERS.split(" ".join(clean(archived.path).split()))
        if name and not _is_system_file(folders, name):
            file = _file(part, f"{part.name}/{name[-_LONGEST_NAME:]}", archived.data)
            yield replace(file, unopened=archived.fault, folder="/".join(filter(None, folders)))


def _file(part: Part, name: str, data: bytes) -> Part:
    """The file as if it had been attached to the letter, like the part in which it lay."""
    return Part(
        name=name,
        content_type="application/octet-stream",
        disposition="attachment",
        data=data,
        forwarded=part.forwarded,
        origin=part.origin,
        writers=part.writers,
    )


def _is_system_file(folders: Iterable[str], name: str) -> bool:
    """Whether Word, macOS or Windows has put it there, and not the sender."""
    return name.startswith(("~$", "._")) or name.lower() in _SYSTEM_FILES or "__MACOSX" in folders
