"""7z, rar, tar and gzip: whole letters, names, passwords, limits, and a machine without libarchive."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from lzma import compress as compress_xz
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.archives.limits import USUAL_LIMITS, ArchiveLimits
from intake.archives.opened import open_archives
from intake.outcome import Reading
from intake.parse.archive_fault import ArchiveFault
from intake.parse.message import Part
from intake.reading import read_letter
from intake.register import Register
from tests.support.archives import compressed_7z, libarchive_or_skip, tar
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph
from tools.rar_builder import LOCKED, LOCKED_HEADERS, VOLUME, rar4, rar4_unicode, rar5
from tools.seven_zip_builder import LOCKED as LOCKED_CODER
from tools.seven_zip_builder import Coder, lzma, seven_zip
from tools.zip_builder import archive, gbk
from values.letter import Verdict

libarchive_or_skip()

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
SENTENCE = "坚持定期进行年度办园水平督导评估，促进全区各级各类幼儿园办园水平整体提升，效果明显。"
NAME = "普惠喆〔终稿〕.docx"
PATH = f"材料/{NAME}"


def manuscript(title: str) -> bytes:
    return docx(paragraph(title, properties='<w:jc w:val="center"/>') + paragraph(SENTENCE))


def backslashed(name: str) -> bytes:
    return name.replace("/", "\\").encode("gbk")


def opened(data: bytes, name: str = "材料", limits: ArchiveLimits = USUAL_LIMITS) -> tuple[Part, ...]:
    return open_archives([Part(name, "application/octet-stream", "attachment", data)], limits)


def contents(data: bytes) -> list[tuple[str, bytes]]:
    return [(part.name, part.data) for part in opened(data)]


def fault_of(data: bytes, limits: ArchiveLimits = USUAL_LIMITS) -> ArchiveFault | None:
    [part] = opened(data, limits=limits)
    return part.unopened


def read(*files: File) -> Reading:
    return read_letter(raw_letter(*files), REGISTER)


ARCHIVES = {
    "7z": seven_zip({PATH: b"one", "b.txt": b"two"}),
    "7z with LZMA": compressed_7z({PATH: b"one", "b.txt": b"two"}),
    "rar 4 in GBK": rar4({backslashed(PATH): b"one", b"b.txt": b"two"}),
    "rar 5": rar5({PATH: b"one", "b.txt": b"two"}),
    "tar in GBK": tar({PATH: b"one", "b.txt": b"two"}),
    "tar in UTF-8": tar({PATH: b"one", "b.txt": b"two"}, charset="utf-8", form=tarfile.GNU_FORMAT),
    "pax": tar({PATH: b"one", "b.txt": b"two"}, charset="utf-8", form=tarfile.PAX_FORMAT),
    "tar.gz": gzip.compress(tar({PATH: b"one", "b.txt": b"two"})),
}


# What becomes of the letter


@pytest.mark.parametrize("kind", ["7z", "rar 4", "rar 5", "tar.gz"])
def test_each_manuscript_of_an_archive_is_an_article_under_the_name_its_writer_gave(kind: str) -> None:
    files = {"一/普惠金融〔终稿〕.docx": manuscript("甲"), "二/喆.docx": manuscript("乙")}
    packed = {
        "7z": lambda: compressed_7z(files),
        "rar 4": lambda: rar4({backslashed(name): data for name, data in files.items()}),
        "rar 5": lambda: rar5(files),
        "tar.gz": lambda: gzip.compress(tar(files)),
    }[kind]()
    found = read(File("材料.bin", packed))
    assert [(draft.attachment, draft.manuscript.title) for draft in found.articles] == [
        ("材料.bin/普惠金融〔终稿〕.docx", "甲"),
        ("材料.bin/喆.docx", "乙"),
    ]
    assert (found.verdict, found.reason.for_clerk) == (Verdict.ARTICLE, "区教体局《甲》、《乙》已成稿")


@pytest.mark.parametrize(
    "data",
    [
        seven_zip({NAME: b"x"}, LOCKED_CODER),
        seven_zip({NAME: b"x"}, locked_headers=True),
        rar4({b"a.docx": b"x"}, file_flags=LOCKED),
        rar4({b"a.docx": b"x"}, archive_flags=LOCKED_HEADERS),
        rar5({NAME: b"x"}, locked=True),
        rar5({NAME: b"x"}, locked_headers=True),
    ],
)
def test_archive_with_a_password_is_quarantined_for_it(data: bytes) -> None:
    found = read(File("材料.rar", data))
    assert (found.verdict, found.reason.for_clerk) == (
        Verdict.QUARANTINED,
        "附件“材料.rar”（加了密码的压缩包）暂不能读，请取消密码后重发。",
    )


@pytest.mark.parametrize(
    "data", [rar4({b"a.docx": b"x"}, archive_flags=VOLUME), rar5({NAME: b"x"}, archive_flags=VOLUME)]
)
def test_one_of_several_volumes_is_quarantined_asking_for_one_file(data: bytes) -> None:
    assert read(File("材料.part1.rar", data)).reason.for_clerk == (
        "附件“材料.part1.rar”（分卷压缩包的一卷）暂不能读，"
        "请不要分卷，压缩成一个文件重发，或直接附上其中的 .docx 重发。"
    )


def test_volumes_known_only_by_their_names_are_reported_together() -> None:
    packed = seven_zip({NAME: manuscript("甲")})
    assert read(
        File("材料.7z.001", packed[:400]), File("材料.7z.002", packed[400:]), File("二.z01", b"x")
    ).reason.for_clerk == (
        "附件“材料.7z.001”（分卷压缩包的一卷）、“材料.7z.002”（分卷压缩包的一卷）、“二.z01”（分卷压缩包的一卷）暂不能读，"
        "请不要分卷，压缩成一个文件重发，或直接附上其中的 .docx 重发。"
    )


def test_program_that_unpacks_itself_is_not_opened() -> None:
    packed = b"MZ" + bytes(510) + rar5({NAME: manuscript("甲")})
    assert (
        read(File("材料.exe", packed)).reason.for_clerk == "附件“材料.exe”暂不能读，请把其中的 .docx 直接作附件重发。"
    )


def test_damaged_file_is_reported_and_the_others_are_read() -> None:
    packed = seven_zip({"甲.docx": manuscript("甲"), "乙.docx": b"body of the second"})
    found = read(File("材料.7z", packed.replace(b"body of the second", b"BODY of the second")))
    assert [draft.manuscript.title for draft in found.articles] == ["甲"]
    assert "附件“材料.7z/乙.docx”（已损坏，解不出来）" in found.reason.for_clerk


def test_rest_of_an_archive_that_breaks_off_is_reported() -> None:
    packed = rar5({"甲.docx": manuscript("甲"), "乙.docx": b"x" * 900})
    found = read(File("材料.rar", packed[:-300]))
    assert (found.verdict, len(found.articles)) == (Verdict.FLAGGED, 1)
    assert "“材料.rar”（已损坏，解不出来）" in found.reason.for_clerk


# What lies in them


@pytest.mark.parametrize("kind", ARCHIVES)
def test_name_is_what_follows_the_last_folder_in_the_writers_charset(kind: str) -> None:
    assert contents(ARCHIVES[kind]) == [(f"材料/{NAME}", b"one"), ("材料/b.txt", b"two")]


def test_second_name_of_a_rar_4_is_the_one_shown() -> None:
    assert contents(rar4_unicode(backslashed(PATH).decode("gbk"), b"x")) == [(f"材料/{NAME}", b"x")]


def test_file_compressed_alone_keeps_its_name() -> None:
    [part] = opened(gzip.compress(b"x" * 9), "稿件.docx.gz")
    assert (part.name, part.data) == ("稿件.docx.gz/稿件.docx", b"x" * 9)


@pytest.mark.parametrize(("ending", "compress"), [("bz2", bz2.compress), ("xz", compress_xz)])
def test_archive_and_file_in_other_compressions_are_opened(ending: str, compress: Callable[[bytes], bytes]) -> None:
    alone = File(f"{NAME}.{ending}", compress(manuscript("甲")))
    packed = File(f"材料.tar.{ending}", compress(tar({NAME: manuscript("乙")})))
    assert [article.manuscript.title for article in read(alone, packed).articles] == ["甲", "乙"]


def test_archives_of_all_kinds_are_opened_two_deep_and_no_deeper() -> None:
    third = rar5({"丙.docx": b"3"})
    second = archive([gbk("乙.docx", b"2"), gbk("三.rar", third)])
    assert contents(seven_zip({"甲.docx": b"1", "二.zip": second})) == [
        ("材料/甲.docx", b"1"),
        ("材料/二.zip/乙.docx", b"2"),
        ("材料/二.zip/三.rar", third),
    ]
    assert contents(archive([gbk("二.7z", seven_zip({"乙.docx": b"2"}))])) == [("材料/二.7z/乙.docx", b"2")]


def test_files_that_word_macos_and_windows_leave_behind_are_left_out() -> None:
    left = ["材料/~$稿.docx", "._稿.docx", ".DS_Store", "Thumbs.db", "__MACOSX/稿.docx", "desktop.ini"]
    assert contents(rar5({"稿.docx": b"x", **dict.fromkeys(left, b"y")})) == [("材料/稿.docx", b"x")]


def test_links_devices_and_folders_are_left_out_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_bytes(b"secret")
    packed = io.BytesIO()
    kinds = {"link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "device": tarfile.CHRTYPE, "folder": tarfile.DIRTYPE}
    with tarfile.open(fileobj=packed, mode="w") as made:
        for name, kind in kinds.items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, str(tmp_path / "secret")
            made.addfile(member)
        member = tarfile.TarInfo("../../out.docx")
        member.size = 1
        made.addfile(member, io.BytesIO(b"x"))
    assert contents(packed.getvalue()) == [("材料/out.docx", b"x")]
    assert [path.name for path in tmp_path.rglob("*")] == ["secret"]


# Limits


@pytest.mark.parametrize(
    "data",
    [
        compressed_7z({"a.docx": bytes(3 << 20)}),
        compressed_7z({"~$a.docx": bytes(3 << 20), "b.docx": b"x"}),
        gzip.compress(b"x" * (3 << 20)),
        tar({f"{number}": b"" for number in range(1_001)}),
    ],
)
def test_archive_beyond_the_limits_is_refused(data: bytes) -> None:
    assert fault_of(data) is ArchiveFault.SUSPICIOUS


def test_limits_hold_for_all_archives_of_a_letter_together() -> None:
    parts = [Part("a", "", "", data) for data in (seven_zip({"x": bytes(60)}), archive([gbk("y", bytes(60))]))]
    small = replace(USUAL_LIMITS, unpacked=100)
    assert [part.unopened is not None for part in open_archives(parts, small)] == [False, True]
    assert [part.unopened is not None for part in open_archives(parts[::-1], small)] == [False, True]
    few = replace(USUAL_LIMITS, entries=1)
    assert [part.unopened is not None for part in open_archives(parts, few)] == [False, True]


HUGE_DICTIONARY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (768 << 20, 768 << 20))
from intake.archives.opened import open_archives
from intake.parse.message import Part
[part] = open_archives([Part("a.7z", "", "attachment", sys.stdin.buffer.read())])
print(part.unopened.name)
"""


def python(program: str, data: bytes, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=data,
        capture_output=True,
        check=True,
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **environment},
    )
    return done.stdout.decode().strip()


def test_7z_that_wants_more_memory_than_a_reader_has_is_refused() -> None:
    packed = seven_zip({"a.docx": bytes(40_000)}, lzma(0xF0000000))
    assert python(HUGE_DICTIONARY, packed) == "GREEDY"


def test_method_that_is_not_known_is_refused() -> None:
    assert fault_of(seven_zip({"a.docx": b"x"}, Coder(b"\x04\xf7\x11\x01"))) is ArchiveFault.RARE_METHOD


@given(st.sampled_from(sorted(ARCHIVES)), st.integers(0, 400), st.binary(max_size=6), st.integers(0, 400))
def test_no_bytes_break_it(kind: str, at: int, over: bytes, cut: int) -> None:
    packed = ARCHIVES[kind]
    assert opened(packed[:at] + over + packed[at + len(over) :])
    assert opened(packed[: len(packed) - cut])


# The machine


NAMES = """
import sys
from intake.archives.opened import open_archives
from intake.parse.message import Part
print(*(part.name for part in open_archives([Part("a", "", "attachment", sys.stdin.buffer.read())])))
"""


@pytest.mark.parametrize("kind", ["7z", "rar 5", "rar 4 in GBK", "pax"])
def test_names_are_right_where_the_system_speaks_no_utf8(kind: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert python(NAMES, ARCHIVES[kind], **plain) == f"a/{NAME} a/b.txt"


READS = """
import sys
from intake.reading import read_letter
from intake.register import Register
register = Register((), frozenset(), (), hold_unknown=True)
print(read_letter(sys.stdin.buffer.read(), register).reason.for_clerk)
"""


def test_machine_without_libarchive_reads_all_else_and_says_what_is_missing() -> None:
    files = (File("材料.7z", ARCHIVES["7z"]), File("材料.zip", archive([gbk("稿.docx", manuscript("甲"))])))
    said = (
        "附件“材料.7z”（本机没有 libarchive，打不开 7z、rar、tar、gz 压缩包）暂不能读，"
        "请管理员安装（apt-get install libarchive13）后用 retry 重读，或请对方直接附上其中的 .docx 重发。"
    )
    absent = {"LIBARCHIVE": "/nonexistent/libarchive.so"}
    assert python(READS, raw_letter(files[0]), **absent) == said
    assert "《甲》已读出" in python(READS, raw_letter(*files), **absent)
