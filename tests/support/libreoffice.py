"""A .docx as a reader sees it on paper: LibreOffice makes the PDF, pdfium reads its pages."""

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

ToPdf = Callable[[bytes], bytes]
_SECONDS = 100


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> ToPdf:
    """Converts with a profile of its own. Without LibreOffice the test is skipped, in CI it fails."""
    soffice = shutil.which("soffice")
    if soffice is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed")
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")

    def convert(docx: bytes) -> bytes:
        (folder / "issue.docx").write_bytes(docx)
        _run(soffice, folder)
        return (folder / "issue.pdf").read_bytes()

    return convert


def page_lines(pdf: bytes) -> list[list[str]]:
    """The lines of each page from top to bottom, without empty ones; the page number is the last."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = []
        for page in document:
            with contextlib.closing(page), contextlib.closing(page.get_textpage()) as text:
                pages.append([line.strip() for line in text.get_text_bounded().splitlines() if line.strip()])
        return pages


def _run(soffice: str, folder: Path) -> None:
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "issue.docx")]
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
