"""LibreOffice sees its folder, programs and fonts, and nothing else of this machine; without a wall it is not run."""

from __future__ import annotations

import io
import json
import os
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.read.docx.reader import read_docx
from programs import office_wall
from programs.conversion import ConversionRequest, NotConverted, key_of
from programs.libreoffice import ConversionLimits, convert
from programs.office_wall import wall_works
from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from tests.support.legacy import odt
from tests.support.listener import Listener
from tests.support.pdf import image, pdf, picture

MARK = "不可外传的内容"
RTF = b"{\\rtf1\\ansi text}"

HOSTILE = """#!/usr/bin/python3
import json, os, pathlib, signal, socket, sys
data, service, port = {data!r}, {service}, {port}
def number_of_processes():
    others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) > 40]
    if not others: raise OSError
def environment():
    if not any({mark!r} in value for value in os.environ.values()): raise OSError
def replace_the_ledger():
    pathlib.Path(data, "jianbao.sqlite3").write_text("gone")
attempts = dict(
    ledger=lambda: open(data + "/jianbao.sqlite3").read(),
    letter=lambda: open(data + "/raw/ab/letter.eml").read(),
    configuration=lambda: open(data + "/config.toml").read(),
    folder=lambda: os.listdir(data),
    accounts=lambda: open("/etc/passwd").read(),
    root=lambda: os.listdir("/root"),
    other_temporary_files=lambda: os.listdir("/var/tmp"),
    environment=environment,
    environment_of_the_service=lambda: open("/proc/%d/environ" % service).read(),
    environment_of_the_first_process=lambda: None if {mark!r} in open("/proc/1/environ").read() else 1 / 0,
    other_processes=number_of_processes,
    memory_of_the_service=lambda: open("/proc/%d/mem" % service, "rb").read(1),
    connection=lambda: socket.create_connection(("127.0.0.1", port), 3),
    name_service=lambda: socket.create_connection(("192.0.2.1", 53), 3),
    replacing_the_ledger=replace_the_ledger,
    new_file=lambda: open(data + "/new", "w"),
    file_in_usr=lambda: open("/usr/was-here", "w"),
    file_in_etc=lambda: open("/etc/was-here", "w"),
    own_program=lambda: open(sys.argv[0], "a"),
    signal=lambda: os.kill(service, 0),
    host_name=lambda: socket.sethostname("x"),
)
succeeded = []
for name, attempt in attempts.items():
    try:
        attempt()
        succeeded.append(name)
    except Exception:
        pass
import zipfile
with zipfile.ZipFile("/job/out/0.docx", "w") as made:
    made.writestr("tried.json", json.dumps([len(attempts), succeeded]))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in ("jianbao.sqlite3", "config.toml", "raw/ab/letter.eml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(MARK, encoding="utf-8")
    return folder


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def program(folder: Path, text: str) -> Path:
    path = folder / "bin" / "soffice"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


def request(data: bytes, extension: str = ".doc") -> ConversionRequest:
    return ConversionRequest(key_of(data), data, extension, "docx")


def test_program_in_libreoffices_place_gets_nothing(
    data: Path, tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANBAO_TEST_SECRET", MARK)
    port = int(listener.address.rpartition(":")[2])
    text = HOSTILE.format(data=str(data), service=os.getpid(), port=port, mark=MARK)
    answer = convert([request(RTF)], program(tmp_path, text))[key_of(RTF)]
    assert isinstance(answer, bytes), answer
    with zipfile.ZipFile(io.BytesIO(answer)) as made:
        tried, succeeded = json.loads(made.read("tried.json"))
    assert (tried, succeeded) == (21, [])
    assert listener.callers == 0
    assert (data / "jianbao.sqlite3").read_text(encoding="utf-8") == MARK


@pytest.mark.parametrize(
    "script",
    [
        "ln -s {secret} /job/out/0.docx",
        "rmdir /job/out && ln -s {folder} /job/out",
        "mkfifo /job/out/0.docx",
        "mkdir /job/out/0.docx",
    ],
    ids=["link to a file", "link to a folder", "pipe", "folder"],
)
def test_links_that_the_program_leaves_are_not_followed(tmp_path: Path, script: str) -> None:
    secret = tmp_path / "secret" / "0.docx"
    secret.parent.mkdir()
    with zipfile.ZipFile(secret, "w") as file:
        file.writestr("secret", MARK)
    text = "#!/bin/sh\n" + script.format(secret=secret, folder=secret.parent)
    assert isinstance(convert([request(RTF)], program(tmp_path, text))[key_of(RTF)], NotConverted)


@pytest.mark.libreoffice
def test_files_of_this_machine_do_not_come_into_a_document(soffice: Path, tmp_path: Path) -> None:
    from PIL import Image

    Image.radial_gradient("L").save(tmp_path / "a.png")
    (tmp_path / "b.pdf").write_bytes(pdf(picture("I", 100, 200, 200, 200), images={"I": image(300, 300)}))
    files = []
    for name in ("a.png", "b.pdf"):
        address = f"file://{tmp_path}/{name}"
        frame = f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}"/></draw:frame>'
        field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{address}" \\\\d}}{{\\fldrslt }}}}'
        files += [
            request(odt(f"<text:p>before</text:p><text:p>{frame}</text:p>"), ".odt"),
            request(f"{{\\rtf1\\ansi before\\par {field}}}".encode(), ".rtf"),
            request(f'<html><body><p>before</p><img src="{address}"></body></html>'.encode(), ".html"),
        ]
    made = convert(files, soffice)
    for file in files:
        docx = made[file.key]
        assert isinstance(docx, bytes), (file.extension, docx)
        assert not read_docx(docx).media, file.extension


def test_what_a_program_writes_without_end_is_not_collected(tmp_path: Path) -> None:
    soffice = program(tmp_path, "#!/bin/sh\nexec yes\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = convert([request(RTF)], soffice, ConversionLimits(seconds=2))[key_of(RTF)]
    assert isinstance(answer, NotConverted)
    assert "超过 2 秒" in answer.reason.for_clerk
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024  # KiB


def test_without_a_wall_nothing_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = tmp_path / "ran"
    soffice = program(tmp_path, f"#!/bin/sh\ntouch {ran}\n")
    monkeypatch.setattr(office_wall, "_PROGRAM", "no-such-bwrap")
    office_wall._try_wall.cache_clear()
    try:
        answer = convert([request(RTF)], soffice)[key_of(RTF)]
        assert isinstance(answer, NotConverted)
        assert "bubblewrap" in answer.reason.for_clerk
        assert "bubblewrap" not in answer.reason.for_sender
        with pytest.raises(PdfNotMade, match="bubblewrap") as raised:
            pdf_of(RTF, soffice)
        assert raised.value.failure is PdfFailure.NO_WALL
    finally:
        monkeypatch.undo()
    assert wall_works(), "a wall that is mended is noticed"
    assert not ran.exists()
