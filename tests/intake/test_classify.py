from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.classify import Ignored, Submission
from intake.message import Part, parse_message
from tests.support.submissions import DOC, DOCX, MANUSCRIPT, PNG, File, classified, names, reason, submission
from values.errors import NoManuscript


def test_sender_of_one_department_is_that_department() -> None:
    found = submission(MANUSCRIPT)
    assert (found.department, found.candidates, found.doubts, found.unread) == ("区教体局", (), (), ())


def test_shared_address_names_all_its_departments_as_candidates() -> None:
    found = submission(MANUSCRIPT, sender="shared@example.org")
    assert (found.department, found.candidates) == (None, ("区人社局", "区金融中心"))


def test_unknown_address_has_no_department() -> None:
    found = submission(MANUSCRIPT, sender="somebody@qq.com")
    assert (found.department, found.candidates, found.doubts) == (None, (), ())


def test_display_name_never_decides_whose_it_is() -> None:
    assert submission(MANUSCRIPT, sender="区教体局 <somebody@qq.com>").department is None


@pytest.mark.parametrize(
    "file",
    [
        File("投稿.docx", DOCX, "text/plain", "inline"),
        File("tcmime.1.bin", DOCX, "application/octet-stream", "inline"),
        File("照片.jpg", DOCX, "image/jpeg", "attachment"),
        File("", DOCX, "application/msword", "x-strange"),
    ],
)
def test_manuscript_is_known_by_its_bytes_alone(file: File) -> None:
    assert [part.data for part in submission(file).manuscripts] == [DOCX]


def test_letter_that_is_itself_the_manuscript_is_taken() -> None:
    header = "From: jtj@example.org\r\nContent-Type: application/msword\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = classified(parse_message(header.encode() + base64.encodebytes(DOCX)))
    assert isinstance(found, Submission)
    assert [part.data for part in found.manuscripts] == [DOCX]


def test_manuscripts_keep_the_order_of_the_letter_and_each_content_comes_once() -> None:
    second = File("乙.docx", DOCX + b"2")
    found = submission(File("甲.docx", DOCX), second, File("甲（副本）.docx", DOCX))
    assert (names(found), found.unread) == (["甲.docx", "乙.docx"], ())


@pytest.mark.parametrize("data", [DOCX, b"\x04user" + bytes(157)])
def test_lock_file_of_word_is_no_manuscript(data: bytes) -> None:
    found = submission(File("稿.docx", DOCX + b"1"), File("~$稿.docx", data))
    assert (names(found), found.unread) == (["稿.docx"], ())
    assert reason(File("~$稿.docx", data)) == (
        "附件“~$稿.docx”（Word 打开文稿时留下的临时文件）暂不能读，请发送文稿本身。"
    )


@pytest.mark.parametrize("name", ["稿.docx", "稿.DOCX", "稿．ｄｏｃｘ", "稿.docm", "稿.dotx", "稿.docx."])
@pytest.mark.parametrize("data", [b"", b"rubbish", DOC])
def test_broken_file_called_docx_stays_so_that_reading_tells_why(name: str, data: bytes) -> None:
    assert [part.data for part in submission(File(name, data)).manuscripts] == [data]


def test_resource_fork_of_a_mac_is_no_manuscript() -> None:
    fork = File("稿.docx", b"\x00\x05\x16\x07" + bytes(80), "application/applefile", "inline")
    assert len(submission(MANUSCRIPT, fork).manuscripts) == 1


def test_what_else_was_attached_is_told() -> None:
    found = submission(MANUSCRIPT, File("另一篇.doc", DOC), File("logo.png", PNG, "image/png", "inline"))
    assert found.unread == ("附件“另一篇.doc”暂不能读，请另存为 .docx 重发。",)


# Sections


@pytest.mark.parametrize(
    ("subject", "section"),
    [
        ("【情况通报】第三季度", "情况通报"),
        ("【投稿】【 情况通报 】三季度", "情况通报"),
        ("【情况】三季度", ""),
        ("情况通报", ""),
        ("【】【", ""),
    ],
)
def test_section_is_the_known_name_in_lenticular_brackets(subject: str, section: str) -> None:
    assert submission(MANUSCRIPT, subject=subject).section == section


ANY_TEXT = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["自动回复", "【情况通报】", "a@b.cn", "", "~$.docx"]
)
ANY_DATA = st.binary(max_size=40) | st.sampled_from([DOCX, DOC, PNG, b"PK\x03\x04", b"%PDF-"])
ANY_PART = st.builds(
    Part, name=ANY_TEXT, content_type=ANY_TEXT | st.just("text/html"), disposition=ANY_TEXT, data=ANY_DATA
)
ANY_HEADER = st.dictionaries(
    st.sampled_from(
        ["auto-submitted", "precedence", "return-path", "content-type", "list-id", "x-loop", "x-autoreply"]
    ),
    st.lists(ANY_TEXT | st.sampled_from(["auto-replied", "multipart/report", "<>"]), max_size=3).map(tuple),
    max_size=2,
)
BLANK = parse_message(b"")


@given(
    sender=ANY_TEXT | st.just("jtj@example.org"),
    name=ANY_TEXT,
    others=st.lists(ANY_TEXT, max_size=3).map(tuple),
    subject=ANY_TEXT,
    text=ANY_TEXT,
    headers=ANY_HEADER,
    parts=st.lists(ANY_PART, max_size=4).map(tuple),
)
def test_any_letter_is_a_submission_or_ignored_or_has_a_reason(
    sender: str,
    name: str,
    others: tuple[str, ...],
    subject: str,
    text: str,
    headers: dict[str, tuple[str, ...]],
    parts: tuple[Part, ...],
) -> None:
    letter = replace(
        BLANK,
        sender=sender,
        sender_name=name,
        other_senders=others,
        subject=subject,
        text=text,
        headers=headers,
        parts=parts,
    )
    told: object
    try:
        found = classified(letter)
        told = found.reason if isinstance(found, Ignored) else found.manuscripts
    except NoManuscript as error:
        told = "请" in str(error)
    assert told
