from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.archives.limits import USUAL_LIMITS, ArchiveLimits
from intake.archives.opened import open_archives
from intake.outcome import Reading
from intake.parse.archive_fault import ArchiveFault
from intake.parse.message import Part, parse_message
from intake.reading import read_letter
from intake.register import Register
from tests.support.submissions import DEPARTMENTS, LOCKED, OFFICE, PNG, SECTIONS, File, raw_letter
from tools.docx_builder import docx, paragraph, zipped
from tools.tnef_builder import CONTENT_ID, LONG_NAME, attached, text, winmail
from tools.zip_builder import ENCRYPTED, Member, archive, gbk, utf8
from values.letter import Verdict

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)
SENTENCE = "坚持定期进行年度办园水平督导评估，促进全区各级各类幼儿园办园水平整体提升，效果明显。"


def manuscript(title: str) -> bytes:
    return docx(paragraph(title, properties='<w:jc w:val="center"/>') + paragraph(SENTENCE))


def opened(data: bytes, name: str = "材料.zip", limits: ArchiveLimits = USUAL_LIMITS) -> tuple[Part, ...]:
    return open_archives([Part(name, "application/zip", "attachment", data)], limits)


def names(parts: tuple[Part, ...]) -> list[str]:
    return [part.name for part in parts]


def read(*files: File) -> Reading:
    return read_letter(raw_letter(*files), REGISTER)


# What becomes of the letter


def test_each_manuscript_of_an_archive_is_an_article_under_the_name_its_writer_gave() -> None:
    packed = archive([gbk("一/普惠金融〔终稿〕.docx", manuscript("甲")), gbk("二/喆.docx", manuscript("乙"))])
    found = read(File("材料.zip", packed))
    assert [(draft.attachment, draft.manuscript.title) for draft in found.articles] == [
        ("材料.zip/普惠金融〔终稿〕.docx", "甲"),
        ("材料.zip/喆.docx", "乙"),
    ]
    assert (found.verdict, found.reason.for_clerk) == (Verdict.ARTICLE, "区教体局《甲》、《乙》已成稿")


def test_other_files_of_the_archive_are_reported() -> None:
    packed = archive([gbk("稿.docx", manuscript("甲")), gbk("照片.jpg", b"\xff\xd8\xff\xe0")])
    found = read(File("材料.zip", packed))
    assert found.verdict is Verdict.FLAGGED
    assert "附图“材料.zip/照片.jpg”已损坏" in found.reason.for_clerk


def test_archive_with_a_password_is_quarantined_for_it() -> None:
    found = read(File("材料.zip", archive([Member("稿.docx".encode("gbk"), b"\x8a" * 90, ENCRYPTED)])))
    assert (found.verdict, found.reason.for_clerk) == (
        Verdict.QUARANTINED,
        "附件“材料.zip”（加了密码的压缩包）暂不能读，请取消密码后重发。",
    )


def test_document_with_a_password_in_an_archive_is_quarantined_for_it() -> None:
    found = read(File("材料.zip", archive([gbk("稿.docx", LOCKED)])))
    assert found.verdict is Verdict.QUARANTINED
    assert "密码" in found.reason.for_clerk


def test_bomb_is_quarantined_and_the_manuscript_beside_it_is_read() -> None:
    bomb = File("材料.zip", archive([Member(b"a.docx", bytes(2 << 20), deflated=True)]))
    assert read(bomb).reason.for_clerk == (
        "附件“材料.zip”（内容异常的压缩包，疑似压缩炸弹）暂不能读，请不要压缩，直接附上其中的 .docx 重发。"
    )
    found = read(bomb, File("稿.docx", manuscript("甲")))
    assert (found.verdict, len(found.articles)) == (Verdict.FLAGGED, 1)


def test_damaged_file_is_reported_and_the_others_are_read() -> None:
    packed = archive([gbk("甲.docx", manuscript("甲")), gbk("乙.docx", b"body of the second")])
    found = read(File("材料.zip", packed.replace(b"body of the second", b"BODY of the second")))
    assert [draft.manuscript.title for draft in found.articles] == ["甲"]
    assert "附件“材料.zip/乙.docx”（已损坏，解不出来）暂不能读，请检查后重发。" in found.reason.for_clerk


def test_archive_in_a_forwarded_letter_belongs_to_who_wrote_that_letter() -> None:
    [part] = open_archives(
        [Part("a.zip", "", "", archive([gbk("稿.docx", b"x")]), forwarded=True, origin="mzj@example.org")]
    )
    assert (part.forwarded, part.origin) == (True, "mzj@example.org")


def test_manuscripts_that_outlook_packed_are_articles_as_if_they_had_been_attached() -> None:
    packed = winmail(
        [
            attached(manuscript("甲"), text(LONG_NAME, "普惠金融〔终稿〕.docx")),
            attached(archive([gbk("乙.docx", manuscript("乙"))]), title="材料.zip".encode("gbk")),
            attached(PNG, text(CONTENT_ID, "image001.png@01D8"), title=b"image001.png"),
        ]
    )
    for name, content_type in (("winmail.dat", "application/ms-tnef"), ("ATT00001.bin", "application/octet-stream")):
        found = read(File(name, packed, content_type))
        assert [draft.attachment for draft in found.articles] == ["普惠金融〔终稿〕.docx", "材料.zip/乙.docx"]
        assert (found.verdict, found.reason.for_clerk) == (Verdict.ARTICLE, "区教体局《甲》、《乙》已成稿")


def test_winmail_that_breaks_off_gives_what_can_be_read_and_the_rest_is_reported() -> None:
    packed = winmail([attached(manuscript("甲"), title=b"a.docx"), attached(bytes(900), title=b"b.docx")])
    found = read(File("winmail.dat", packed[:-300], "application/ms-tnef"))
    assert (found.verdict, len(found.articles)) == (Verdict.FLAGGED, 1)
    assert (
        "附件“winmail.dat”暂不能读，请改用 HTML 或纯文本格式写信，把 .docx 作普通附件重发。" in found.reason.for_clerk
    )


# Which zips are archives


@pytest.mark.parametrize(
    "data",
    [
        manuscript("甲"),
        docx(paragraph("甲"), pictures={"rId9": b"x"}),
        zipped({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        zipped({"OFD.xml": b"<x/>"}),
        zipped({"word\\document.xml": b"<x/>"}),
        b"PK\x03\x04 cut off",
        archive([gbk("稿.docx", manuscript("甲"))])[:-30],
        archive([]),
        b"%PDF-1.7",
        b"",
    ],
)
def test_documents_and_what_cannot_be_opened_stay_as_they_are(data: bytes) -> None:
    part = Part("材料.zip", "application/zip", "attachment", data)
    assert open_archives([part]) == (part,)


def test_document_with_a_suspicious_structure_stays_a_document() -> None:
    part = Part("稿.docx", "", "attachment", archive([Member(b"word/x.xml", bytes(2 << 20), deflated=True)]))
    assert open_archives([part]) == (part,)


def test_zip_stored_around_a_manuscript_is_an_archive_whatever_its_name() -> None:
    assert names(opened(archive([gbk("稿.docx", manuscript("甲"))]), "稿.docx")) == ["稿.docx/稿.docx"]


# What lies in them


def test_archive_in_an_archive_is_opened_and_a_third_is_not() -> None:
    third = archive([gbk("丙.docx", b"3")])
    second = archive([gbk("乙.docx", b"2"), gbk("三.zip", third)])
    found = opened(archive([gbk("甲.docx", b"1"), gbk("二.zip", second)]))
    assert [(part.name, part.data) for part in found] == [
        ("材料.zip/甲.docx", b"1"),
        ("材料.zip/二.zip/乙.docx", b"2"),
        ("材料.zip/二.zip/三.zip", third),
    ]


def test_files_that_word_macos_and_windows_leave_behind_are_left_out() -> None:
    left = ["材料/", "材料/~$稿.docx", "._稿.docx", ".DS_Store", "Thumbs.db", "__MACOSX/稿.docx", "desktop.ini"]
    assert names(opened(archive([gbk("稿.docx", b"x"), *(gbk(name, b"y") for name in left)]))) == ["材料.zip/稿.docx"]


def unicode_path(name: str) -> bytes:
    return struct.pack("<HHBI", 0x7075, 5 + len(name.encode()), 1, zlib.crc32(b"?.docx")) + name.encode()


@pytest.mark.parametrize(
    "member",
    [
        utf8("普惠喆.docx", b"x"),
        gbk("普惠喆.docx", b"x"),
        Member("普惠喆.docx".encode(), b"x"),
        Member(b"?.docx", b"x", extra=b"\x99\x99\x01\x00z" + unicode_path("普惠喆.docx")),
        gbk("乗/普惠喆.docx", b"x"),
        gbk("C:\\稿件\\普惠喆.docx", b"x"),
        gbk("../../../etc/普惠喆.docx", b"x"),
        utf8("/普惠\u202e喆.docx\n", b"x"),
    ],
)
def test_name_is_what_follows_the_last_folder_in_the_writers_charset(member: Member) -> None:
    assert names(opened(archive([member]))) == ["材料.zip/普惠喆.docx"]


def test_name_of_any_length_is_shown_with_its_extension() -> None:
    [part] = opened(archive([utf8("长" * 900 + ".docx", b"x")]))
    assert len(part.name) < 250
    assert part.name.endswith("长.docx")


def test_nothing_is_written_and_no_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").write_bytes(b"secret")
    [one, other] = opened(archive([utf8("../out.docx", b"x"), utf8("link.docx", b"secret")]))
    assert (one.data, other.data) == (b"x", b"secret")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["secret"]


# Limits


@pytest.mark.parametrize(
    "members",
    [
        [Member(b"a%d" % index, b"") for index in range(1_001)],
        [Member(b"a", bytes((1 << 20) + 1), deflated=True)],
        [Member(b"a", b"x", declared=300_000_000)],
    ],
)
def test_archive_beyond_the_limits_is_refused(members: list[Member]) -> None:
    [part] = opened(archive(members))
    assert part.unopened is ArchiveFault.SUSPICIOUS


def test_size_that_lies_is_not_believed() -> None:
    [part] = opened(archive([Member(b"a", bytes(50_000), deflated=True, declared=10)]))
    assert (part.unopened, part.data) == (ArchiveFault.DAMAGED, b"")


def test_limits_hold_for_all_archives_of_a_letter_together() -> None:
    part = Part("a.zip", "", "attachment", archive([Member(b"x", bytes(60)), Member(b"y", b"1")]))
    small = replace(USUAL_LIMITS, unpacked=100)
    assert [part.unopened is not None for part in open_archives([part, part], small)] == [False, False, True]
    few = replace(USUAL_LIMITS, entries=3)
    assert [part.unopened is not None for part in open_archives([part, part], few)] == [False, False, True]


def test_members_that_share_their_bytes_are_refused() -> None:
    packed = archive([Member(b"a", b"x" * 50), Member(b"b", b"x" * 50)])
    second = packed.index(b"PK\x03\x04", 4)
    shared = packed.replace(struct.pack("<I", second) + b"b", struct.pack("<I", 0) + b"b")
    assert shared != packed
    [part] = opened(shared)
    assert part.unopened is ArchiveFault.SUSPICIOUS


@given(st.binary(max_size=80), st.integers(0, 400), st.binary(max_size=6))
def test_no_bytes_break_it(rubbish: bytes, at: int, over: bytes) -> None:
    packed = archive([gbk("稿.docx", b"x" * 40), gbk("二.zip", archive([utf8("乙", rubbish)]))])
    for data in (b"PK" + rubbish, b"PK\x05\x06" + rubbish, packed[:at] + over + packed[at + len(over) :]):
        assert opened(data)


def test_sample_letter_with_an_archive_keeps_its_other_parts() -> None:
    raw = Path("tests/scenarios/02-other-ways/inbox/01-zip-in-gbk.eml").read_bytes()
    assert names(open_archives(parse_message(raw).parts)) == [
        "",
        "材料.zip/书香校园.docx",
        "材料.zip/补充.zip/校园食堂.docx",
        "材料.zip/名单.pdf",
    ]
