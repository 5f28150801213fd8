"""LibreOffice in tests: a .docx as a reader sees it on paper (pdfium reads the pages), or in an older format."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from tests.support.needed_program import not_installed

ToPdf = Callable[[bytes], bytes]
_SECONDS = 100


@pytest.fixture(scope="session")
def soffice() -> Path:
    """LibreOffice's program. Without it the test is skipped, in CI it fails."""
    program = shutil.which("soffice")
    if program is None:
        not_installed("LibreOffice")
    return Path(program)


@pytest.fixture(scope="module")
def to_pdf(soffice: Path, tmp_path_factory: pytest.TempPathFactory) -> ToPdf:
    """Converts with a new profile."""
    folder = tmp_path_factory.mktemp("libreoffice")
    return lambda docx: saved_as(soffice, "pdf", docx, folder)


def saved_as(
    soffice: Path, extension: str, data: bytes, folder: Path, called: str = "issue.docx", by: str = ""
) -> bytes:
    """The file as LibreOffice saves it in another format, with nothing forbidden to it. called: its name.

    by: the filter, where the extension does not determine it.
    """
    source = folder / called
    source.write_bytes(data)
    _run(soffice, folder, by or extension, source)
    return source.with_suffix(f".{extension}").read_bytes()


def page_lines(pdf: bytes) -> list[list[str]]:
    """The lines of each page from top to bottom, without empty ones, in the order in which they were drawn."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = []
        for page in document:
            with contextlib.closing(page), contextlib.closing(page.get_textpage()) as text:
                pages.append([line.strip() for line in text.get_text_bounded().splitlines() if line.strip()])
        return pages


def _run(soffice: Path, folder: Path, extension: str, source: Path) -> None:
    command = [str(soffice), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    command += ["--convert-to", extension, "--outdir", str(folder), str(source)]
    # soffice is a wrapper: killing it alone leaves soffice.bin behind.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.fail(f"LibreOffice took more than {_SECONDS} s")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
