"""A backup as one file: tar, compressed by xz, with its manifest at the end."""

from __future__ import annotations

import io
import lzma
import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tarfile import TarFile, TarInfo
from typing import IO, Final, cast

from archive.files import IncomingFile
from archive.privacy import create_private
from archive.storage_errors import storage_errors
from service.backup.manifest import (
    BackupManifest,
    BackupMember,
    DamagedBackup,
    check_path,
    manifest_text,
    parse_manifest,
    refuse_difference,
)
from service.backup.members import HashedReader, SourceFile, member_of

MANIFEST: Final = "backup.json"
"""The last member of the archive: a file that ends before it is not whole."""
_PRESET: Final = 1
"""Of xz. Letters are base64 of compressed documents: higher presets take five times as long for two per cent."""
_PIECE: Final = 1 << 20
"""Octets that are copied at once."""
_LARGEST_MANIFEST: Final = 1 << 30
"""Octets; 200 for each file."""

MakeManifest = Callable[[tuple[BackupMember, ...]], BackupManifest]
"""The manifest of these files."""


def pack(file: IO[bytes], files: Iterable[SourceFile], make_manifest: MakeManifest) -> BackupManifest:
    """Writes the archive. A file that is gone meanwhile is left out: its letter was removed. Raises StorageFailed."""
    members: list[BackupMember] = []
    with tarfile.open(fileobj=file, mode="w:xz", preset=_PRESET, format=tarfile.PAX_FORMAT) as archive:
        for source in files:
            with storage_errors(source.file), suppress(FileNotFoundError):
                members.append(_add(archive, source))
        manifest = make_manifest(tuple(members))
        text = manifest_text(manifest)
        info = TarInfo(MANIFEST)
        info.size, info.mode, info.mtime = len(text), 0o600, int(manifest.made_at.timestamp())
        archive.addfile(info, io.BytesIO(text))
    return manifest


def _add(archive: TarFile, source: SourceFile) -> BackupMember:
    with source.file.open("rb") as file:
        stat = os.fstat(file.fileno())
        info = TarInfo(source.path)
        info.size, info.mode, info.mtime = stat.st_size, stat.st_mode & 0o700, int(stat.st_mtime)
        reader = HashedReader(file)
        archive.addfile(info, cast("IO[bytes]", reader))
    return member_of(source, stat, reader.sha256)


def check_packed(path: Path) -> BackupManifest:
    """Reads the whole archive and compares it with its manifest. Raises DamagedBackup, StorageFailed."""
    return _read(path, _discard)


def unpack(path: Path, into: Path) -> BackupManifest:
    """`check_packed`, and writes the files below the folder, each when it was read; after an error they are worthless.

    The files are not synced.
    """

    def write(name: str, reader: HashedReader, mtime: float) -> int:
        target = into / name
        with storage_errors(target):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with create_private(target) as file:
                size = _copy(reader, file.write)
            os.utime(target, (mtime, mtime))
        return size

    return _read(path, write)


def copy_into(incoming: IncomingFile, reader: HashedReader) -> int:
    """Writes all octets of the reader; returns how many. Raises StorageFailed."""
    return _copy(reader, incoming.write)


def _discard(_name: str, reader: HashedReader, _mtime: float) -> int:
    return _copy(reader, len)


def _copy(reader: HashedReader, write: Callable[[bytes], object]) -> int:
    size = 0
    while piece := reader.read(_PIECE):
        write(piece)
        size += len(piece)
    return size


def _read(path: Path, take: Callable[[str, HashedReader, float], int]) -> BackupManifest:
    """take: uses up the octets of a file, given its name and its time of change; returns how many there were."""
    present: list[BackupMember] = []
    with (
        storage_errors(path),
        path.open("rb") as file,
        _damage(path),
        tarfile.open(fileobj=file, mode="r:xz") as archive,
    ):
        for info in archive:
            opened = archive.extractfile(info) if info.isreg() else None
            if opened is None:
                raise ValueError(f"{info.name!r} is no file")
            if info.name == MANIFEST:
                manifest = parse_manifest(opened.read(_LARGEST_MANIFEST))
                refuse_difference(manifest, present)
                return manifest
            reader = HashedReader(opened)
            size = take(check_path(info.name), reader, info.mtime)
            present.append(BackupMember(info.name, size, reader.sha256, False))
    raise DamagedBackup(f"备份 {path} 不完整：没有清单，可能没有写完或没有传完。没有恢复；请换一份备份。")


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, lzma.LZMAError, EOFError, ValueError) as error:
        raise DamagedBackup(
            f"{path} 不是备份文件，或已损坏（{error}），没有恢复。请换一份备份，或重新传一次。"
        ) from error
