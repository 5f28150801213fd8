"""7z, rar, tar and gzip → the files in them: the only module that knows libarchive, which not every machine has.

It is asked for these formats alone, and for names as bytes: libarchive turns names into the charset of the process,
which is ASCII under a service manager, and Chinese ones into nothing.
"""

from __future__ import annotations

import ctypes
import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

from intake.archives.limits import ArchiveRefused
from intake.archives.rar_headers import is_locked_rar, is_rar_volume
from intake.archives.unpacking import ArchiveContents, ArchivedFile, UnpackingBudget
from intake.parse.archive_fault import ArchiveFault
from intake.parse.charsets import decode

PACKED: Final = {
    ".7z": ("7zip",),
    ".rar": ("rar", "rar5"),
    ".tar": ("tar",),
    **dict.fromkeys((".gz", ".bz2", ".xz"), ("tar", "raw")),
}
"""The formats that each kind of file is tried as. raw: a file that was compressed alone."""

_FILTERS: Final = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz"}
"""Compression around an archive, or around a single file."""
_LIBRARY: Final = "libarchive.so.13"
_CHUNK: Final = 65_536  # bytes unpacked between two checks of the budget
_REGULAR: Final = 0o100000
_LC_CTYPE_MASK: Final = 1  # locale.h: 1 << LC_CTYPE


def unpack(data: bytes, kind: str, budget: UnpackingBudget, *, nameless: str) -> ArchiveContents:
    """The files of an archive of a kind in `PACKED`. nameless: what a file is called for which it has no name.

    Links, devices and folders are left out. Raises ArchiveRefused: VOLUME, LOCKED, NO_DECODER, SUSPICIOUS.
    """
    if kind == ".rar" and is_rar_volume(data):
        raise ArchiveRefused(ArchiveFault.VOLUME)
    if kind == ".rar" and is_locked_rar(data):
        raise ArchiveRefused(ArchiveFault.LOCKED)
    ffi = _libarchive()
    allowed = max(budget.limits.ratio_from, budget.limits.ratio * len(data))
    with _utf8_names(), _handles(ffi) as handles:
        return _Reader(ffi, handles, budget, allowed).read(data, kind, nameless)


def _libarchive() -> ModuleType:
    """libarchive's functions. Raises ArchiveRefused (NO_DECODER) on a machine without it."""
    os.environ.setdefault("LIBARCHIVE", _LIBRARY)  # else ldconfig is run to find it, which a reading child may not
    try:
        from libarchive import ffi
    except (ImportError, OSError, AttributeError, TypeError) as error:
        raise ArchiveRefused(ArchiveFault.NO_DECODER) from error
    ffi.logger.disabled = True  # it would warn once for each odd name
    library: ModuleType = ffi
    return library


def has_libarchive() -> bool:
    """Whether this machine has libarchive."""
    try:
        _libarchive()
    except ArchiveRefused:
        return False
    return True


@contextmanager
def _utf8_names() -> Iterator[None]:
    """Makes libarchive return names in UTF-8, whatever the locale of the process; in this thread only."""
    libc = ctypes.CDLL(None)
    libc.newlocale.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
    libc.uselocale.argtypes = libc.freelocale.argtypes = (ctypes.c_void_p,)
    libc.newlocale.restype = libc.uselocale.restype = ctypes.c_void_p
    utf8 = libc.newlocale(_LC_CTYPE_MASK, b"C.UTF-8", None)
    before = libc.uselocale(utf8)
    try:
        yield
    finally:
        libc.uselocale(before)
        if utf8:
            libc.freelocale(utf8)


@contextmanager
def _handles(ffi: ModuleType) -> Iterator[tuple[int, int]]:
    """An archive and an entry of libarchive's, which are freed at the end."""
    archive = ffi.read_new()
    entry = ffi.entry_new()
    try:
        yield archive, entry
    finally:
        ffi.entry_free(entry)
        ffi.read_free(archive)


class _Reader:
    """Reads an archive. Every entry is unpacked and counted, also one left out: skipping would unpack it as well."""

    def __init__(self, ffi: ModuleType, handles: tuple[int, int], budget: UnpackingBudget, allowed: int) -> None:
        self._ffi = ffi
        self._archive, self._entry = handles
        self._budget = budget
        self._allowed = allowed
        self._chunk = ctypes.create_string_buffer(_CHUNK)

    def read(self, data: bytes, kind: str, nameless: str) -> ArchiveContents:
        """`data` must outlive the call. Raises ArchiveRefused."""
        ffi = self._ffi
        entries: list[ArchivedFile] = []
        try:
            for name in PACKED[kind]:
                ffi.get_read_format_function(name)(self._archive)
            if kind in _FILTERS:
                ffi.get_read_filter_function(_FILTERS[kind])(self._archive)
            ffi.read_open_memory(self._archive, data, len(data))
            while ffi.read_next_header2(self._archive, self._entry) != ffi.ARCHIVE_EOF:
                self._budget.entries -= 1
                if self._budget.entries < 0:
                    raise ArchiveRefused(ArchiveFault.SUSPICIOUS)
                entry = self._unpacked(nameless)
                entries += [entry] if self._is_file() else []
        except ffi.ArchiveError as error:
            return ArchiveContents(tuple(entries), self._fault(error))
        return ArchiveContents(tuple(entries))

    def _is_file(self) -> bool:
        links = (self._ffi.entry_hardlink(self._entry), self._ffi.entry_symlink(self._entry))
        return self._ffi.entry_filetype(self._entry) == _REGULAR and links == (None, None)

    def _unpacked(self, nameless: str) -> ArchivedFile:
        ffi = self._ffi
        path = decode(ffi.entry_pathname(self._entry) or b"").rstrip("/\\")
        if not path or ffi.format_name(self._archive) == b"raw":
            path = nameless
        if ffi.libarchive.archive_entry_is_encrypted(ctypes.c_void_p(self._entry)):
            raise ArchiveRefused(ArchiveFault.LOCKED)
        try:
            return ArchivedFile(path, self._data())
        except ffi.ArchiveError as error:
            return ArchivedFile(path, b"", self._fault(error))

    def _data(self) -> bytes:
        """The bytes of the entry, counted while they are unpacked. Raises ArchiveRefused beyond what may be."""
        data = io.BytesIO()
        while size := self._ffi.read_data(self._archive, self._chunk, _CHUNK):
            if size < 0:  # a warning: the checksum does not fit
                raise self._ffi.ArchiveError("warning")
            self._allowed -= size
            self._budget.unpacked -= size
            if min(self._allowed, self._budget.unpacked, self._budget.limits.part - data.tell() - size) < 0:
                raise ArchiveRefused(ArchiveFault.SUSPICIOUS)
            data.write(memoryview(self._chunk)[:size])
        return data.getvalue()

    def _fault(self, error: Exception) -> ArchiveFault:
        """libarchive reports the kind of trouble only in words, its own and English: this door is where they end."""
        if getattr(error, "errno", 0) == errno.ENOMEM:
            return ArchiveFault.GREEDY
        message = str(error).lower()
        if "encrypt" in message or "crypto" in message:
            return ArchiveFault.LOCKED
        return ArchiveFault.RARE_METHOD if "support" in message or "codec id" in message else ArchiveFault.DAMAGED
