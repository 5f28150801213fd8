"""The one door to LibreOffice: older formats become .docx, and sheets of drawings .pdf, in a process that can hurt
nothing and leaves nothing.

A document may hang LibreOffice, crash it or make it fetch what the document links to (docx.md 8 and 9). So: few files
a process, a profile that is thrown away and forbids links and macros, no network where the system can take it away,
limits of time and memory, and the whole process group killed at the end.
"""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

import structlog

from intake.parse.charsets import decode
from intake.read.converted import PDF_SIGNATURE, Converted, NotConverted, Target, ToConvert, key_of
from intake.read.legacy.legacy import Format, format_of
from intake.read.legacy.web_archive import web_page_of
from values.batches import in_batches
from values.errors import StorageFailed

_log = structlog.get_logger(__name__)

_MIB: Final = 1024 * 1024
_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
_GRACE: Final = 5
_WALLS: Final = (
    ("unshare", "--net", "--pid", "--kill-child", "--mount-proc"),
    ("unshare", "--map-root-user", "--net", "--pid", "--kill-child", "--mount-proc"),
    ("unshare", "--map-root-user", "--net"),
)
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
</item>
</oor:items>
"""
# With the bookmarks as named places: by them an issue's pages are found.
_PDF: Final = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_FILTERS: Final[Mapping[Target, str]] = {"docx": "docx:MS Word 2007 XML", "pdf": _PDF}
_AS_TEXT: Final = ("--infilter=HTML (StarWriter)",)  # a web page otherwise opens in a mode that saves no .docx
_HEAD_OF_PAGE: Final = 4_096
_END_OF_PDF: Final = b"%%EOF"
_SHEET: Final = Format(".docx")
_AGAIN: Final = "请对方另存为 .docx 重发。"
_USELESS: Final = NotConverted(f"LibreOffice 没能转换这个文件，它可能已损坏或设有密码。{_AGAIN}")


@dataclass(frozen=True, slots=True)
class ConversionLimits:
    """For one process: seconds of wall and of CPU time; bytes of address space and of each file; how many files."""

    seconds: float = 60.0
    memory: int = 1_536 * _MIB
    file: int = 256 * _MIB
    files: int = 8


@dataclass(frozen=True, slots=True)
class _File:
    """A file to convert: its number, its bytes, its format, and what is wanted of it."""

    index: int
    data: bytes
    format: Format
    target: Target

    @property
    def is_page(self) -> bool:
        return self.format.extension == ".html"


@dataclass(frozen=True, slots=True)
class _Made:
    """What a process made, by the files' index; `problem`: why the rest is missing."""

    files: Mapping[int, bytes]
    problem: NotConverted


def convert(
    files: Sequence[ToConvert],
    soffice: Path,
    limits: ConversionLimits = ConversionLimits(),
    wall: Sequence[str] | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Converted:
    """What became of each file. One that hangs or breaks LibreOffice costs only itself.

    wall: the words before the command that cut off the network; None for what this machine offers. stopping: asked
    before each process; once it says so, the files that had no turn are missing from the answer.
    Raises StorageFailed when there is no room for the temporary files.
    """
    words = network_wall() if wall is None else tuple(wall)
    answers: dict[str, bytes | NotConverted] = {}
    readable: list[_File] = []
    for index, file in enumerate(files):
        form = _SHEET if file.target == "pdf" else format_of(file.data)
        if form is None or form.locked:
            answers[key_of(file.data)] = _USELESS
        else:
            readable.append(_File(index, file.data, form, file.target))
    for batch in _batches(readable, limits.files):
        made = _convert_batch(batch, lambda some: _run(some, soffice, limits, words), stopping)
        answers |= {key_of(files[index].data): answer for index, answer in made.items()}
    return answers


@cache
def network_wall() -> tuple[str, ...]:
    """How this machine can run a command without network; () when it cannot. Found out once, by trying."""
    for words in _WALLS:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            command = [*words, "true"]
            done = subprocess.run(command, env={"PATH": _PATH}, capture_output=True, timeout=10, check=False)  # noqa: S603 - fixed words
            if done.returncode == 0:
                return words
    _log.warning("no network wall for LibreOffice", remedy="allow user and network namespaces")
    return ()


def _batches(files: Iterable[_File], most: int) -> Iterator[Sequence[_File]]:
    """Sheets apart, and web pages: what is made and how files are opened is said once for a process."""

    def kind(file: _File) -> tuple[bool, str]:
        return file.is_page, file.target

    for _, alike in groupby(sorted(files, key=kind), key=kind):
        yield from in_batches(alike, lambda file: len(file.data), letters=most)


def _convert_batch(
    batch: Sequence[_File], run: Callable[[Sequence[_File]], _Made], stopping: Callable[[], bool]
) -> dict[int, bytes | NotConverted]:
    """Converts together; what is missing then is tried once more, each alone."""
    if stopping():
        return {}
    made = run(batch)
    answers: dict[int, bytes | NotConverted] = dict(made.files)
    for file in batch:
        if file.index in answers:
            continue
        if len(batch) > 1 and stopping():
            break
        alone = run([file]) if len(batch) > 1 else made
        answers[file.index] = alone.files.get(file.index, alone.problem)
        if file.index not in alone.files:
            _log.warning("not converted", extension=file.format.extension, reason=alone.problem.reason)
    return answers


def _run(files: Sequence[_File], soffice: Path, limits: ConversionLimits, wall: tuple[str, ...]) -> _Made:
    try:
        with tempfile.TemporaryDirectory(prefix="jianbao-") as name:
            folder = Path(name)
            problem = run_office(_laid_out(files, folder), folder, soffice, limits, wall)
            return _Made(dict(_found(files, folder / "out")), problem)
    except OSError as error:
        raise StorageFailed(f"转换旧格式文稿时，临时目录不能使用（{error.strerror}）。请检查磁盘空间。") from error


def run_office(
    words: Sequence[str], folder: Path, soffice: Path, limits: ConversionLimits, wall: Sequence[str]
) -> NotConverted:
    """Runs LibreOffice with `words` to its end or its limit, its profile in `folder`. Returns why files may miss."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    (folder / "tmp").mkdir()
    seconds = int(limits.seconds) + _GRACE
    prlimit = ["prlimit", f"--as={limits.memory}", f"--fsize={limits.file}", f"--cpu={seconds}", "--core=0", "--"]
    deadline = ["timeout", "--signal=KILL", str(seconds)]  # ends it even when this process was killed meanwhile
    office = [
        str(soffice),
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    return _supervised([*prlimit, *deadline, *wall, *office, *words], folder, limits)


def _laid_out(files: Sequence[_File], folder: Path) -> list[str]:
    """Lays out the files under names of our own. Returns the words that have them converted."""
    for directory in (folder / "in", folder / "out"):
        directory.mkdir()
    paths = [folder / "in" / f"{file.index}{file.format.extension}" for file in files]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(_readable(file))
    opened = _AS_TEXT if files[0].is_page else ()
    wanted = ("--convert-to", _FILTERS[files[0].target], "--outdir", str(folder / "out"))
    return [*opened, *wanted, *map(str, paths)]


def _readable(file: _File) -> bytes:
    """The bytes; of a Chinese web page that does not name its character set, in one that LibreOffice finds out."""
    if file.format.wrapped:
        return web_page_of(file.data)
    if not file.is_page or b"charset" in file.data[:_HEAD_OF_PAGE].lower():
        return file.data
    return codecs.BOM_UTF8 + decode(file.data.removeprefix(codecs.BOM_UTF8)).encode("utf-8")


def _supervised(command: Sequence[str], folder: Path, limits: ConversionLimits) -> NotConverted:
    """Runs the command to its end or its limit; nothing of it lives when this returns. Returns why files may miss."""
    environ = {"PATH": _PATH, "HOME": str(folder), "TMPDIR": str(folder / "tmp"), "LANG": "C.UTF-8"}
    try:
        process = subprocess.Popen(  # noqa: S603 - fixed words, and paths of our own
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return NotConverted(f"LibreOffice 无法启动（{error.strerror}）。请管理员检查安装后用 retry 重读，或{_AGAIN}")
    with process:
        try:
            said, _ = process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            said = None
        finally:
            _end(process)
    if said is None:
        return NotConverted(f"LibreOffice 转换这个文件超过 {limits.seconds:.0f} 秒，已停止。{_AGAIN}")
    if process.returncode in (126, 127):
        return NotConverted(f"LibreOffice 无法启动。请管理员检查安装后用 retry 重读，或{_AGAIN}")
    return _USELESS


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kills the group: soffice is a wrapper, and killing it alone leaves soffice.bin. Waits until all of it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    # Every process of the group holds the pipe: its end is the end of the last one.
    with contextlib.suppress(subprocess.TimeoutExpired, ValueError):
        process.communicate(timeout=_GRACE)


def _found(files: Iterable[_File], out: Path) -> Iterator[tuple[int, bytes]]:
    for file in files:
        path = out / f"{file.index}.{file.target}"
        if not path.is_file():
            continue
        data = path.read_bytes()
        if _is_whole(data, file.target):
            yield file.index, data


def _is_whole(data: bytes, target: Target) -> bool:
    """Not when it was killed while writing."""
    if target == "pdf":
        return data.startswith(PDF_SIGNATURE) and data.rstrip().endswith(_END_OF_PDF)
    return zipfile.is_zipfile(io.BytesIO(data))
