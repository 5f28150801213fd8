"""Older formats through a real LibreOffice: what comes out, what it must not do, and that nothing of it stays."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from intake.read.docx.reader import read_docx
from intake.read.legacy.formats import docx_wanted_of
from programs.conversion import ConversionRequest, NotConverted, key_of
from programs.libreoffice import ConversionLimits, convert
from programs.pdf import pdf_of
from tests.support.docx_reading import lines, tables
from tests.support.legacy import FORMATS, LINES, Legacy, odt, slow_rtf, web_archive
from tests.support.libreoffice import saved_as
from tests.support.listener import Listener
from values.errors import Stopped

pytestmark = pytest.mark.libreoffice
_RTF = b"{\\rtf1\\ansi good}"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files lie during this test, and nothing else."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def running_in(place: Path) -> list[str]:
    """The command lines on this machine that speak of a place."""
    found: list[str] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found += [words] if str(place) in words else []
    return found


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    with contextlib.closing(listener):
        yield listener


def to_docx(
    files: Sequence[bytes],
    soffice: Path,
    limits: ConversionLimits = ConversionLimits(),  # noqa: B008 - a frozen value
) -> list[bytes | NotConverted]:
    requests = [to_convert(data) for data in files]
    made = convert(requests, soffice, limits)
    return [made[request.key] for request in requests]


def to_convert(data: bytes) -> ConversionRequest:
    """As the reader asks for it; what it knows no format of, as a .doc."""
    return docx_wanted_of(data) or ConversionRequest(key_of(data), data, ".doc", "docx")


def converted(answer: bytes | NotConverted) -> bytes:
    assert isinstance(answer, bytes), answer
    return answer


def reason(answer: bytes | NotConverted) -> str:
    assert isinstance(answer, NotConverted)
    return answer.reason.for_clerk


def test_every_format_keeps_text_labels_and_table(soffice: Path, legacy_files: Legacy, temporary: Path) -> None:
    made = [converted(answer) for answer in to_docx([legacy_files[name] for name in FORMATS], soffice)]
    read = {name: lines(docx) for name, docx in zip(FORMATS, made, strict=True)}
    in_html = [line.replace("一、", "1. ").replace("二、", "2. ") for line in LINES]  # <ol> has no Chinese numbers
    assert [line.rpartition("、")[2] for line in read.pop("xml")] == [line.rpartition("、")[2] for line in LINES]
    assert read == {**dict.fromkeys(set(FORMATS) - {"xml"}, LINES), "html": in_html}
    assert [[cell.text for cell in tables(docx)[0].rows[0]] for docx in made] == [["单位", "人数"]] * len(FORMATS)
    assert list(temporary.iterdir()) == []


def test_chinese_web_page_without_a_named_charset_is_read(soffice: Path) -> None:
    page = "<html><body><p>开展“五型”政府建设</p></body></html>"
    marked = page.replace("<body>", '<head><meta charset="gb2312"></head><body>')
    made = to_docx([page.encode("utf-8"), page.encode("gb18030"), marked.encode("gb18030")], soffice)
    assert [lines(converted(docx)) for docx in made] == [["开展“五型”政府建设"]] * 3


def test_web_archive_is_read_in_its_own_charset(soffice: Path) -> None:
    (docx,) = to_docx([web_archive()], soffice)
    assert lines(converted(docx)) == [LINES[0], "活动持续一周。"]


def test_damaged_and_strange_files_cost_only_themselves(soffice: Path, legacy_files: Legacy) -> None:
    made = to_docx([_RTF, odt("<broken", whole=False), legacy_files["odt"]], soffice)
    assert lines(converted(made[0])) == ["good"]
    assert lines(converted(made[2])) == LINES
    assert "LibreOffice 没能转换" in reason(made[1])


def test_file_that_hangs_is_ended_and_its_neighbours_are_converted(soffice: Path, temporary: Path) -> None:
    made = to_docx([_RTF, slow_rtf(), _RTF], soffice, ConversionLimits(seconds=5))
    assert [lines(converted(docx)) for docx in (made[0], made[2])] == [["good"]] * 2
    assert reason(made[1]) == "LibreOffice 转换这个文件超过 5 秒，已停止。请对方另存为 .docx 重发。"
    assert running_in(temporary) == []
    assert list(temporary.iterdir()) == []


def test_memory_is_limited(soffice: Path, temporary: Path) -> None:
    (answer,) = to_docx([_RTF], soffice, ConversionLimits(memory=64 << 20))
    assert "LibreOffice" in reason(answer)
    assert running_in(temporary) == []


def test_linked_pictures_are_asked_for_nowhere(soffice: Path, listener: Listener) -> None:
    made = to_docx(list(_linking(listener.address).values()), soffice)
    assert [lines(converted(docx)) for docx in made] == [["before"]] * 3
    assert listener.callers == 0


@pytest.mark.parametrize("extension", ["odt", "html"])
def test_the_links_of_these_files_would_be_followed(
    soffice: Path, listener: Listener, tmp_path: Path, extension: str
) -> None:
    saved_as(soffice, "pdf", _linking(listener.address)[extension], tmp_path, f"linking.{extension}")
    assert listener.callers > 0


def _linking(address: str) -> dict[str, bytes]:
    frame = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/a.png"/></draw:frame>'
    field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}/b.png" \\\\d}}{{\\fldrslt }}}}'
    return {
        "odt": odt(f"<text:p>before</text:p><text:p>{frame}</text:p>"),
        "rtf": f"{{\\rtf1\\ansi before\\par {field}}}".encode(),
        "html": f'<html><body><p>before</p><img src="{address}/c.png"></body></html>'.encode(),
    }


def test_absent_program_is_named(tmp_path: Path) -> None:
    (answer,) = to_docx([_RTF], tmp_path / "soffice")
    assert "LibreOffice 无法启动" in reason(answer)


def test_pictures_survive(soffice: Path, legacy_files: Legacy) -> None:
    (docx,) = to_docx([legacy_files["picture.doc"]], soffice)
    assert [picture.content_type for picture in read_docx(converted(docx)).media] == ["image/png"]


def test_no_process_is_begun_once_the_service_is_stopping(soffice: Path) -> None:
    files = [to_convert(_RTF), to_convert(_RTF.replace(b"good", b"late"))]
    with capture_logs() as entries:
        made = convert(
            files, soffice, ConversionLimits(files=1), stopping=lambda: bool(started(entries)) and not running(entries)
        )
        assert len(started(entries)) == 1
    assert list(made) == [key_of(_RTF)]


def test_process_under_way_is_killed_once_the_service_is_stopping(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    with capture_logs() as entries:
        assert convert([to_convert(_RTF)], program, stopping=lambda: bool(started(entries))) == {}
        assert not running(entries)
        with pytest.raises(Stopped):
            pdf_of(_RTF, program, stopping=lambda: len(started(entries)) > 1)


def started(entries: Sequence[Mapping[str, Any]]) -> list[int]:
    return [entry["pid"] for entry in entries if entry["event"] == "LibreOffice started"]


def running(entries: Sequence[Mapping[str, Any]]) -> list[int]:
    """Those that have not ended, or whose end nobody has taken notice of."""
    return [pid for pid in started(entries) if Path(f"/proc/{pid}").exists()]
