"""Archives that need no builder of our own: tar as Python writes it, 7z with LZMA as libarchive does."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping

from intake.archives.libarchive_door import has_libarchive
from tests.support.needed_program import not_installed


def libarchive_or_skip() -> None:
    """For a test, or the top of a module of tests. Without libarchive they are skipped, in CI they fail."""
    if not has_libarchive():
        not_installed("libarchive")


def tar(files: Mapping[str, bytes], *, charset: str = "gbk", form: int = tarfile.USTAR_FORMAT) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=form, encoding=charset) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def compressed_7z(files: Mapping[str, bytes]) -> bytes:
    """As libarchive itself writes it, with LZMA."""
    from libarchive.write import custom_writer

    packed = bytearray()

    def keep(chunk: bytes) -> int:
        packed.extend(chunk)
        return len(chunk)

    with custom_writer(keep, "7zip") as archive:
        for name, data in files.items():
            archive.add_file_from_memory(name, len(data), data)
    return bytes(packed)
