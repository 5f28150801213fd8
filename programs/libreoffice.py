"""LibreOffice converts files: manuscripts in older formats to .docx, .docx to .pdf. It runs in a process that can hurt
nothing and leaves nothing.

A document may hang LibreOffice, crash it or make it fetch what the document links to (docs/decisions/0007). So: few
files a process, a profile that is thrown away and forbids links and macros, a wall that hides this machine and the
network (docs/decisions/0057), limits of time and memory, and the whole process group killed at the end.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import signal
import stat
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

import structlog

from programs.conversion import PDF_SIGNATURE, ConversionRequest, Conversions, ConversionTarget, NotConverted
from programs.office_fonts import fontconfig_file, installed_families
from programs.office_profile import PROFILE
from programs.office_wall import FONTS, JOB, PATH, wall_works, walled
from values.batches import in_batches
from values.errors import StorageFailed
from values.reason import Reason
from values.stopping import never

_log = structlog.get_logger(__name__)

_MIB: Final = 1024 * 1024
_GRACE: Final = 5
"""Seconds that the outer limits lie above the inner one, so that the inner one, which is reported, comes first."""
# With the bookmarks as named destinations: by them an issue's pages are found. With the empty pages before a section
# that begins an even one: without them a PDF printed on both sides has the wrong backs.
_PAGES: Final = (
    '"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"false"}'
)
# 2 stands for PDF/A-2b. No option makes LibreOffice (7.4) claim level a, although the file has the tags of it.
_ARCHIVAL: Final = (
    f'{_PAGES},"SelectPdfVersion":{{"type":"long","value":"2"}},"UseTaggedPDF":{{"type":"boolean","value":"true"}},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"}'
)
_FILTERS: Final[Mapping[ConversionTarget, str]] = {
    "docx": "docx:MS Word 2007 XML",
    "pdf": f"pdf:writer_pdf_Export:{{{_PAGES}}}",
    "archival pdf": f"pdf:writer_pdf_Export:{{{_ARCHIVAL}}}",
}
_EXTENSIONS: Final[Mapping[ConversionTarget, str]] = {"docx": "docx", "pdf": "pdf", "archival pdf": "pdf"}
"""Of the files that LibreOffice writes."""
_AS_TEXT: Final = ("--infilter=HTML (StarWriter)",)  # a web page otherwise opens in a mode that saves no .docx
_END_OF_PDF: Final = b"%%EOF"
_CANNOT_START: Final = (126, 127)
"""Exit statuses of `timeout` for a command that cannot be run, or is not there."""
_AGAIN: Final = Reason("请对方另存为 .docx 重发。", "请另存为 .docx 重发。")
_MEND_OR_AGAIN: Final = Reason(f"请管理员检查安装后用 retry 重读，或{_AGAIN.for_clerk}", _AGAIN.for_sender)
_PIECE: Final = 64 * 1024
"""Octets read from the pipe at once: as many as it holds (pipe(7))."""
NO_WALL: Final = NotConverted(
    Reason("请管理员安装 bubblewrap 后用 retry 重读，或请对方另存为 .docx 重发。", _AGAIN.for_sender).within(
        "本机不能把 LibreOffice 隔离起来，没有转换这个文件。"
    )
)
_STOPPED: Final = NotConverted(Reason.alike("程序正在停止，没有转换完。"))
_STOP_SECONDS: Final = 0.2
"""How often a running LibreOffice asks whether the program is stopping."""
_USELESS: Final = NotConverted(_AGAIN.within("LibreOffice 没能转换这个文件，它可能已损坏或设有密码。"))


@dataclass(frozen=True, slots=True)
class ConversionLimits:
    """For one process (docs/decisions/0007)."""

    seconds: float = 60.0
    """Of wall time, and of CPU time."""

    memory: int = 1_536 * _MIB
    """Bytes of address space, of which LibreOffice uses a third."""

    file: int = 256 * _MIB
    """Bytes of each file that it writes."""

    files: int = 8
    """How many it converts: the first takes 3 s, each further one 0.3 s, and one that hangs costs all a second run."""


USUAL_LIMITS: Final = ConversionLimits()


@dataclass(frozen=True, slots=True)
class _NumberedFile:
    """A file to convert, and the number that is its name on disk."""

    index: int
    request: ConversionRequest

    @property
    def is_page(self) -> bool:
        return self.request.extension == ".html"


@dataclass(frozen=True, slots=True)
class _Made:
    """What a process made."""

    files: Mapping[int, bytes]
    """By the files' index."""

    problem: NotConverted
    """Why the others are missing."""


def convert(
    requests: Sequence[ConversionRequest],
    soffice: Path,
    limits: ConversionLimits = USUAL_LIMITS,
    stopping: Callable[[], bool] = never,
) -> Conversions:
    """What became of each file, by its key. One that hangs or breaks LibreOffice costs only itself.

    Where there is no wall, nothing is converted. stopping: asked before and while a process runs, which is killed then;
    the files that are not made by then are missing from the answer. Raises StorageFailed when there is no room for the
    temporary files.
    """
    if not wall_works():
        return {request.key: NO_WALL for request in requests}
    answers: dict[str, bytes | NotConverted] = {}
    files = [_NumberedFile(index, request) for index, request in enumerate(requests)]
    for batch in _batches(files, limits.files):
        made = _convert_batch(batch, lambda some: _run(some, soffice, limits, stopping), stopping)
        answers |= {requests[index].key: answer for index, answer in made.items()}
    return answers


def _batches(files: Iterable[_NumberedFile], most: int) -> Iterator[Sequence[_NumberedFile]]:
    """Files of one target together, web pages apart: target and input filter are given once for a process."""

    def kind(file: _NumberedFile) -> tuple[bool, str]:
        return file.is_page, file.request.target

    for _, alike in groupby(sorted(files, key=kind), key=kind):
        yield from in_batches(alike, lambda file: len(file.request.data), letters=most)


def _convert_batch(
    batch: Sequence[_NumberedFile], run: Callable[[Sequence[_NumberedFile]], _Made], stopping: Callable[[], bool]
) -> dict[int, bytes | NotConverted]:
    """Converts together; what is missing then is tried once more, each alone."""
    if stopping():
        return {}
    made = run(batch)
    answers: dict[int, bytes | NotConverted] = dict(made.files)
    for file in batch:
        if file.index in answers:
            continue
        if made.problem is _STOPPED or (len(batch) > 1 and stopping()):
            break
        alone = run([file]) if len(batch) > 1 else made
        if alone.problem is _STOPPED and file.index not in alone.files:
            break
        answers[file.index] = alone.files.get(file.index, alone.problem)
        if file.index not in alone.files:
            _log.warning("not converted", extension=file.request.extension, reason=alone.problem.reason.for_clerk)
    return answers


def _run(
    files: Sequence[_NumberedFile], soffice: Path, limits: ConversionLimits, stopping: Callable[[], bool]
) -> _Made:
    try:
        with tempfile.TemporaryDirectory(prefix="jianbao-") as name:
            folder = Path(name)
            problem = run_office(_arguments(files, folder), folder, soffice, limits, stopping)
            return _Made(dict(_whole_files(files, folder)), problem)
    except OSError as error:
        raise StorageFailed(f"转换旧格式文稿时，临时目录不能使用（{error.strerror}）。请检查磁盘空间。") from error


def run_office(
    arguments: Sequence[str],
    folder: Path,
    soffice: Path,
    limits: ConversionLimits,
    stopping: Callable[[], bool] = never,
) -> NotConverted:
    """Runs LibreOffice to its end, its limit, or until the program is stopping; its profile is in `folder`, which it
    knows as `JOB`. Returns why files may be missing."""
    if not os.access(soffice, os.X_OK):  # bubblewrap's exit status does not tell this from a failure
        return NotConverted(_MEND_OR_AGAIN.within("LibreOffice 无法启动。"))
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE, encoding="utf-8")
    (folder / FONTS).write_text(fontconfig_file(installed_families(PATH) or ()), encoding="utf-8")
    (folder / "tmp").mkdir()
    seconds = int(limits.seconds) + _GRACE
    prlimit = ["prlimit", f"--as={limits.memory}", f"--fsize={limits.file}", f"--cpu={seconds}", "--core=0", "--"]
    deadline = ["timeout", "--signal=KILL", str(seconds)]  # ends it even when this process was killed meanwhile
    office = [
        *walled(soffice, folder),
        f"-env:UserInstallation=file://{JOB}/profile",
        "--headless",
        "--norestore",
        "--nolockcheck",
    ]
    return _supervised([*prlimit, *deadline, *office, *arguments], folder, limits, stopping)


def _arguments(files: Sequence[_NumberedFile], folder: Path) -> list[str]:
    """Writes the files under names of our own. Returns the arguments that have them converted."""
    for directory in (folder / "in", folder / "out"):
        directory.mkdir()
    paths = [folder / "in" / f"{file.index}{file.request.extension}" for file in files]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(file.request.data)
    infilter = _AS_TEXT if files[0].is_page else ()
    target = ("--convert-to", _FILTERS[files[0].request.target], "--outdir", str(JOB / "out"))
    return [*infilter, *target, *(str(JOB / "in" / path.name) for path in paths)]


def _supervised(
    command: Sequence[str], folder: Path, limits: ConversionLimits, stopping: Callable[[], bool]
) -> NotConverted:
    """Runs the command to its end, its limit, or until the program is stopping; none of its processes outlives the
    call. Returns why files may be missing."""
    try:
        process = subprocess.Popen(  # noqa: S603 - fixed words, and paths of our own
            command,
            cwd=folder,
            env={"PATH": PATH},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        return NotConverted(_MEND_OR_AGAIN.within(f"LibreOffice 无法启动（{error.strerror}）。"))
    _log.info("LibreOffice started", pid=process.pid)
    with process:
        try:
            overdue = not _has_ended(process, limits.seconds, stopping)
        finally:
            _end(process)
    if overdue and stopping():
        return _STOPPED
    if overdue:
        return NotConverted(_AGAIN.within(f"LibreOffice 转换这个文件超过 {limits.seconds:.0f} 秒，已停止。"))
    if process.returncode in _CANNOT_START:
        return NotConverted(_MEND_OR_AGAIN.within("LibreOffice 无法启动。"))
    return _USELESS


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kills the group: soffice is a wrapper, and killing it alone leaves soffice.bin. Waits until all of it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    _has_ended(process, _GRACE)


def _has_ended(process: subprocess.Popen[bytes], seconds: float, stopping: Callable[[], bool] = never) -> bool:
    """Waits for the end of the process and of all that it has started; False when the time is over first, or the
    program is stopping.

    Each of them holds the pipe: its end is the end of the last one. What they write is thrown away piece by piece; a
    document that has taken LibreOffice over may write without end.
    """
    assert process.stdout is not None
    deadline = time.monotonic() + seconds
    pipe = process.stdout.fileno()
    readable = select.poll()  # select.select refuses descriptors from 1024 on
    readable.register(pipe, select.POLLIN)
    while (left := deadline - time.monotonic()) > 0 and not stopping():
        if readable.poll(min(left, _STOP_SECONDS) * 1_000) and not os.read(pipe, _PIECE):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(deadline - time.monotonic(), 0))
            return process.returncode is not None
    return False


def _whole_files(files: Iterable[_NumberedFile], folder: Path) -> Iterator[tuple[int, bytes]]:
    for file in files:
        data = _made_in(folder, f"{file.index}.{_EXTENSIONS[file.request.target]}")
        if data is not None and _is_whole(data, file.request.target):
            yield file.index, data


def _made_in(folder: Path, name: str) -> bytes | None:
    """The bytes of a file in `out`; None for what is no regular file.

    Links are not followed: a document that has taken LibreOffice over may have made one to a file of this machine.
    """
    try:
        out = os.open(folder / "out", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=out)
        finally:
            os.close(out)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123 - it was opened by its folder
        return file.read()


def _is_whole(data: bytes, target: ConversionTarget) -> bool:
    """False for a file that LibreOffice had not finished writing when it was killed."""
    if target != "docx":
        return data.startswith(PDF_SIGNATURE) and data.rstrip().endswith(_END_OF_PDF)
    return zipfile.is_zipfile(io.BytesIO(data))
