from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.classify.submission import Ignored, Submission
from intake.parse.message import Part, parse_message
from intake.reading import read_letter
from intake.register import Register
from tests.support.submissions import (
    DEPARTMENTS,
    DOC,
    DOCX,
    MANUSCRIPT,
    OFFICE,
    PNG,
    File,
    classified,
    names,
    outcome,
    reason,
    submission,
)
from tools.docx_builder import docx, paragraph
from tools.letter_builder import attachment, entity, message, multipart, text
from values.errors import NoManuscript
from values.letter import Verdict


def test_sender_of_one_department_is_that_department() -> None:
    found = submission(MANUSCRIPT)
    assert (found.owner.department, found.owner.candidates, found.owner.doubts, found.notes.unread) == (
        "区教体局",
        (),
        (),
        (),
    )


def test_shared_address_names_all_its_departments_as_candidates() -> None:
    found = submission(MANUSCRIPT, sender="shared@example.org")
    assert (found.owner.department, found.owner.candidates) == (None, ("区人社局", "区金融中心"))


def test_unknown_address_has_no_department() -> None:
    found = submission(MANUSCRIPT, sender="somebody@qq.com")
    assert (found.owner.department, found.owner.candidates, found.owner.doubts) == (None, (), ())


def test_display_name_never_decides_whose_it_is() -> None:
    assert submission(MANUSCRIPT, sender="区教体局 <somebody@qq.com>").owner.department is None


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
    assert (names(found), found.notes.unread) == (["甲.docx", "乙.docx"], ())


@pytest.mark.parametrize("data", [DOCX, b"\x04user" + bytes(157)])
def test_lock_file_of_word_is_no_manuscript(data: bytes) -> None:
    found = submission(File("稿.docx", DOCX + b"1"), File("~$稿.docx", data))
    assert (names(found), found.notes.unread) == (["稿.docx"], ())
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


def test_other_attachments_are_reported() -> None:
    found = submission(MANUSCRIPT, File("另一篇.doc", DOC), File("logo.png", PNG, "image/png", "inline"))
    assert [unread.for_sender for unread in found.notes.unread] == ["附件“另一篇.doc”暂不能读，请另存为 .docx 重发。"]


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


# Forwarded letters


def forwarded(sender: str, *inner: tuple[str, bytes], beside: bytes = b"") -> bytes:
    """A letter that forwards letters, each with who wrote it and its manuscript. beside: a manuscript of its own."""
    parts = [attachment(f"{at}.docx", data) for at, (_, data) in enumerate(inner)]
    letters = [
        entity(
            "Content-Type: message/rfc822",
            message(f"From: {address}\nSubject: x", multipart("mixed", f"i{at}", text("x", "gbk"), part)),
            "8bit",
        )
        for at, ((address, _), part) in enumerate(zip(inner, parts, strict=True))
    ]
    own = [attachment("own.docx", beside)] if beside else []
    return message(f"From: {sender}\nSubject: x", multipart("mixed", "outer", text("x", "gbk"), *own, *letters))


def sorted_out(sender: str, *inner: tuple[str, bytes], beside: bytes = b"") -> Submission | Ignored:
    return classified(parse_message(forwarded(sender, *inner, beside=beside)))


def outcomes(sender: str, *inner: tuple[str, str], beside: str = "", hold: bool = True) -> tuple[Verdict, list[str]]:
    """The verdict, and each manuscript's department; the texts are their titles and bylines."""
    set_up = Register(DEPARTMENTS, frozenset({OFFICE}), ("",), hold_unknown=hold)
    files = [(address, manuscript(byline)) for address, byline in inner]
    found = read_letter(forwarded(sender, *files, beside=manuscript(beside) if beside else b""), set_up)
    return found.verdict, [draft.department or "" for draft in found.articles]


def manuscript(byline: str) -> bytes:
    centred = '<w:jc w:val="center"/>'
    return docx(
        paragraph("标题", properties=centred) + paragraph(byline, properties=centred) + paragraph("正文在这里。")
    )


def test_forwarded_manuscript_is_the_departments_that_wrote_it_first() -> None:
    found = sorted_out("jtj@example.org", ("rsj@example.org", DOCX))
    assert isinstance(found, Submission)
    assert (found.owner.department, found.owner.originals, found.owner.doubts) == (
        "区教体局",
        {"rsj@example.org": ("区人社局",)},
        (),
    )
    assert outcomes("jtj@example.org", ("rsj@example.org", "某单位")) == (Verdict.ARTICLE, ["区人社局"])


def test_each_forwarded_letter_has_its_own_writer_and_the_rest_is_the_forwarders() -> None:
    found = outcomes(
        "jtj@example.org", ("rsj@example.org", "甲"), ("someone@qq.com", "乙"), ("a@jr.example.org", "丙"), beside="丁"
    )
    assert found == (Verdict.ARTICLE, ["区教体局", "区人社局", "区教体局", "区金融中心"])


def test_innermost_letter_tells_who_wrote_it() -> None:
    inner = forwarded("jtj@example.org", ("rsj@example.org", DOCX))
    outer = multipart("mixed", "o", text("x", "gbk"), entity("Content-Type: message/rfc822", inner, "8bit"))
    found = classified(parse_message(message("From: a@jr.example.org\nSubject: x", outer)))
    assert isinstance(found, Submission)
    assert [part.origin for part in found.manuscripts] == ["rsj@example.org"]


def test_unit_signs_where_the_first_writers_address_is_shared() -> None:
    assert outcomes("jtj@example.org", ("shared@example.org", "区金融中心"))[1] == ["区金融中心"]
    assert outcomes("jtj@example.org", ("shared@example.org", "区教体局")) == (Verdict.ARTICLE, [""])


@pytest.mark.parametrize("hold", [True, False])
def test_unknown_forwarder_confirms_nothing(hold: bool) -> None:
    found = sorted_out("passer-by@qq.com", ("rsj@example.org", DOCX))
    assert isinstance(found, Submission)
    assert found.owner.doubts == (
        "由 passer-by@qq.com 转发，该地址不在单位名录中；原信自称来自区人社局（rsj@example.org），无从证实",
    )
    told = outcomes("passer-by@qq.com", ("rsj@example.org", "某单位"), hold=hold)
    assert told == (Verdict.UNCONFIRMED, ["区人社局"])


def test_forwarder_with_another_address_in_his_name_is_doubted_as_ever() -> None:
    found = outcomes('"rsj@example.org" <jtj@example.org>', ("rsj@example.org", "某单位"))
    assert found == (Verdict.UNCONFIRMED, ["区人社局"])


def test_office_may_forward_what_a_department_wrote() -> None:
    assert outcomes(OFFICE, ("rsj@example.org", "某单位")) == (Verdict.ARTICLE, ["区人社局"])


def test_letter_that_the_office_forwards_from_an_unknown_writer_waits() -> None:
    assert outcomes(OFFICE, ("someone@qq.com", "区人社局"), hold=False) == (Verdict.UNCONFIRMED, ["区人社局"])
    mixed = outcomes(OFFICE, ("someone@qq.com", "某单位"), ("rsj@example.org", "另一单位"))
    assert mixed == (Verdict.UNCONFIRMED, ["", "区人社局"])


@pytest.mark.parametrize("address", [OFFICE, "no address"])
def test_our_own_mail_is_ignored_also_when_it_forwards_our_own(address: str) -> None:
    assert isinstance(sorted_out(OFFICE, (address, DOCX)), Ignored)
    assert isinstance(sorted_out(OFFICE, beside=DOCX), Ignored)


def test_of_our_own_mail_only_what_others_wrote_is_taken() -> None:
    found = sorted_out(OFFICE, ("rsj@example.org", DOCX + b"1"), beside=DOCX)
    assert isinstance(found, Submission)
    assert [part.data for part in found.manuscripts] == [DOCX + b"1"]


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Content-Type: multipart/report; boundary=b"])
def test_bounce_that_returns_a_manuscript_stays_ignored(header: str) -> None:
    inner = base64.encodebytes(forwarded(OFFICE, ("rsj@example.org", DOCX))).decode()
    file = File("原信.eml", base64.decodebytes(inner.encode()), "message/rfc822")
    assert isinstance(outcome(file, header=f"{header}\r\n"), Ignored)


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
        written_senders=others,
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
