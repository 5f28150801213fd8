"""Letters as they arrive, damaged ones too, and what is read from them."""

from __future__ import annotations

import base64
import email
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.parse.message import Message, parse_message
from intake.parse.mime import MessageLimits
from tools.letter_builder import attachment, entity, message, multipart, text, words

LETTERS = {path.name: path.read_bytes() for path in sorted(Path("demo/letters").glob("*.eml"))}
DOCX = b"PK\x03\x04 word/document.xml" + bytes(range(256)) * 8
HEAD = "From: jtj@example.org\nTo: zgqwxzfb@163.com\nSubject: x"


def attached(found: Message) -> list[tuple[str, bytes]]:
    return [(part.name, part.data) for part in found.parts if part.name]


def test_sender_subject_and_thread_are_read() -> None:
    found = parse_message(LETTERS["02-rsj.eml"])
    assert (found.sender, found.sender_name) == ("rsj@example.org", "rsj")
    assert found.to == ("zgqwxzfb@163.com",)
    assert found.subject == "回复: 回复: 关于报送11月上旬简报稿件的通知"
    assert found.message_id == "<202211021031070334901@example.org>"
    assert found.in_reply_to == "<202210311502340816117@163.com>"
    assert found.references == ("<202210280905110481023@163.com>", "<202210311502340816117@163.com>")
    assert found.date is not None
    assert found.date.isoformat() == "2022-11-02T10:31:07+08:00"
    assert found.defects == ()


@pytest.mark.parametrize(
    ("field", "address", "name"),
    [
        ("jtj@example.org", "jtj@example.org", ""),
        ("<JTJ@Example.org>", "jtj@example.org", ""),
        ("区教体局 <jtj@example.org>", "jtj@example.org", "区教体局"),
        ('"局, 区教体" <jtj@example.org>', "jtj@example.org", "局, 区教体"),
        (
            f'"{words("李喆（区民政局）", "gb2312", codec="gbk")}" <mzj@example.org>',
            "mzj@example.org",
            "李喆（区民政局）",
        ),
        ("jtj@example.org (区教体局)", "jtj@example.org", "区教体局"),
        ('"editor@163.com" <evil@example.net>', "evil@example.net", "editor@163.com"),
        ("信息员: jtj@example.org;", "", "信息员"),
        (f"From {words('区教体局 <jtj@example.org>', 'gbk')}", "", "From 区教体局"),
        ("((((((((( jtj@example.org", "", "((((((((("),
        ("(c):", "", ""),
        ("", "", ""),
    ],
)
def test_sender_is_the_address_not_the_name(field: str, address: str, name: str) -> None:
    found = parse_message(f"From: {field}\n\n".encode())
    assert (found.sender, found.sender_name) == (address, name)


def test_every_sender_of_a_letter_is_named() -> None:
    raw = b"From: a@example.org, B <b@example.org>\nFrom: c@example.org\n\n"
    found = parse_message(raw)
    assert (found.sender, found.written_senders) == ("", ("a@example.org", "b@example.org", "c@example.org"))
    assert found.sender_text == "a@example.org, B <b@example.org>、c@example.org"


# What stands in charset= over Chinese text, and what it is written in: the 11 labels of mail.md section 7.
LABELS: dict[str, tuple[str, str]] = {
    "gb2312 over GBK": ("gb2312", "gbk"),
    "x-gbk": ("x-gbk", "gbk"),
    "cp936": ("cp936", "gbk"),
    "gb_2312-80": ("gb_2312-80", "gbk"),
    "gbk18030": ("gbk18030", "gb18030"),
    "euc-cn": ("euc-cn", "gbk"),
    "hz-gb-2312": ("hz-gb-2312", "hz"),
    "x-unknown": ("x-unknown", "gbk"),
    "utf8mb4": ("utf8mb4", "utf-8"),
    "us-ascii": ("us-ascii", "gbk"),
    "no label": ("", "gbk"),
}
OTHER_LABELS: dict[str, tuple[str, str]] = {
    "gbk": ("gbk", "gbk"),
    "gb18030": ("gb18030", "gb18030"),
    "gb2312 over gb18030": ("gb2312", "gb18030"),
    "us-ascii over UTF-8": ("us-ascii", "utf-8"),
    "no label over UTF-8": ("", "utf-8"),
    "utf-8 over GBK": ("utf-8", "gbk"),
    "iso-8859-1 over GBK": ("iso-8859-1", "gbk"),
    "big5": ("big5", "big5"),
    "escapes that are no character set": ("unicode_escape", "gbk"),
}
WRITTEN = {
    "hz": "区政府建设",
    "big5": "政府建設",
    "gbk": "朱镕基、李喆〇：区政府建设",
    "gb18030": "朱镕基、李喆〇䶮𠮷：区政府建设",
    "utf-8": "朱镕基、李喆〇䶮𠮷：区政府建设",
}


@pytest.mark.parametrize(("label", "codec"), (LABELS | OTHER_LABELS).values(), ids=LABELS | OTHER_LABELS)
def test_body_reads_whatever_its_label_says(label: str, codec: str) -> None:
    written = WRITTEN[codec]
    charset = f'; charset="{label}"' if label else ""
    part = entity(f"Content-Type: text/plain{charset}", written.encode(codec))
    assert parse_message(message(HEAD, part)).text == written


def test_western_text_stays_western() -> None:
    part = entity("Content-Type: text/plain; charset=iso-8859-1", "Grüße, déjà vu à Zürich".encode("latin-1"))
    assert parse_message(message(HEAD, part)).text == "Grüße, déjà vu à Zürich"


def test_text_comes_from_html_when_there_is_no_other() -> None:
    page = "<html><head><style>p{}</style></head><body><p>一是<b>严格</b>管理。</p><p>二是<br>推行</p></body></html>"
    found = parse_message(message(HEAD, text(page, "gbk", subtype="html")))
    assert found.text == "一是严格管理。\n\n二是\n推行"


def test_text_of_html_nested_beyond_all_reason_is_kept() -> None:
    page = "<div>" * 50_000 + "正文"
    assert parse_message(message(HEAD, text(page, "utf-8", subtype="html"))).text == "正文"


def test_letter_that_is_the_manuscript_itself_has_it_as_its_part() -> None:
    found = parse_message(message(HEAD, attachment("稿件.docx", DOCX)))
    assert attached(found) == [("稿件.docx", DOCX)]


@pytest.mark.parametrize(
    "fields",
    [
        'Content-Type: application/octet-stream; name="a.docx"\nContent-Disposition: inline; filename="a.docx"',
        'Content-Type: application/octet-stream; name="a.docx"',
        'Content-Type: text/plain; name="a.docx"\nContent-Disposition: inline',
        'Content-Disposition: attachment; filename="a.docx"',
        'Content-Type: octet-stream; name="a.docx"',
    ],
)
def test_file_is_found_however_it_is_marked(fields: str) -> None:
    found = parse_message(message(HEAD, multipart("mixed", "b", text("请审阅", "gbk"), entity(fields, DOCX))))
    assert attached(found) == [("a.docx", DOCX)]
    assert found.text == "请审阅"


@pytest.mark.parametrize("transfer", ["base64", "7bit"])
def test_files_of_a_forwarded_letter_are_found(transfer: str) -> None:
    inner = message("From: mzj@example.org\nSubject: y", multipart("mixed", "inner", attachment("a.docx", DOCX)))
    body = base64.encodebytes(inner) if transfer == "base64" else inner
    forwarded = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {transfer}\n\n".encode() + body
    found = parse_message(message(HEAD, multipart("mixed", "outer", text("转发", "gbk"), forwarded)))
    assert attached(found) == [("a.docx", DOCX)]
    assert [part.forwarded for part in found.parts] == [False, True]
    assert (found.sender, found.forwarded_from) == ("jtj@example.org", ("mzj@example.org",))
    assert found.text == "转发"


def test_files_of_a_letter_attached_as_a_file_are_found() -> None:
    inner = message("From: mzj@example.org\nSubject: y", multipart("mixed", "inner", attachment("a.docx", DOCX)))
    found = parse_message(message(HEAD, multipart("mixed", "outer", attachment("转发.eml", inner))))
    assert attached(found) == [("a.docx", DOCX)]


def damaged(body: bytes) -> Message:
    return parse_message(
        message(HEAD, b'Content-Type: x/y; name="a.docx"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + body)
    )


def test_base64_of_several_padded_pieces_is_whole() -> None:
    found = damaged(base64.b64encode(DOCX[:100]) + b"\r\n" + base64.b64encode(DOCX[100:]))
    assert attached(found) == [("a.docx", DOCX)]
    assert found.defects == ()


def test_base64_without_its_padding_is_read_to_the_end() -> None:
    found = damaged(base64.b64encode(DOCX[:100]).rstrip(b"="))
    assert attached(found) == [("a.docx", DOCX[:100])]


def test_base64_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    found = damaged(base64.encodebytes(DOCX)[:801])
    [(_, data)] = attached(found)
    assert DOCX.startswith(data)
    assert len(data) > 500
    assert found.defects == ("a.docx：数据残缺或混入了别的字符，只读出了能读的部分",)


def test_damaged_character_of_base64_hurts_only_its_place() -> None:
    encoded = bytearray(base64.encodebytes(DOCX))
    encoded[100] = ord("!")
    found = damaged(bytes(encoded))
    [(_, data)] = attached(found)
    assert len(data) == len(DOCX)
    assert sum(one != other for one, other in zip(data, DOCX, strict=True)) <= 3
    assert len(found.defects) == 1


def test_base64_that_does_not_say_so_is_recognised() -> None:
    part = b'Content-Type: x/y; name="a.docx"\r\n\r\n' + base64.encodebytes(DOCX)
    assert attached(parse_message(message(HEAD, part)))[0][1] == DOCX


def test_declared_multipart_without_parts_is_read_as_text() -> None:
    found = parse_message(b"From: a@example.org\nContent-Type: multipart/mixed\n\nhello\n")
    assert found.text == "hello"
    assert found.defects == ("信的分段标记残缺，按正文读取",)


@pytest.mark.parametrize("announced", ['multipart/mixed; boundary="other"', "multipart/mixed"])
def test_boundary_that_comes_is_taken_for_the_one_announced(announced: str) -> None:
    body = multipart("mixed", "real", text("请审阅", "gbk"), attachment("a.docx", DOCX)).partition(b"\r\n\r\n")[2]
    found = parse_message(message(HEAD, f"Content-Type: {announced}\r\n\r\n".encode() + body))
    assert attached(found) == [("a.docx", DOCX)]


def test_multipart_that_breaks_off_keeps_its_parts() -> None:
    whole = message(HEAD, multipart("mixed", "b", text("请审阅", "gbk"), attachment("a.docx", DOCX)))
    found = parse_message(whole.removesuffix(b"\r\n--b--\r\n"))
    assert attached(found) == [("a.docx", DOCX)]


def test_boundary_that_another_begins_with_does_not_cut() -> None:
    inner = multipart("alternative", "b-2", text("一", "gbk"), text("<p>一</p>", "gbk", subtype="html"))
    found = parse_message(message(HEAD, multipart("mixed", "b", inner, attachment("a.docx", DOCX))))
    assert [part.content_type for part in found.parts][:2] == ["text/plain", "text/html"]
    assert attached(found) == [("a.docx", DOCX)]


def test_nesting_beyond_the_limit_is_left_out_and_reported() -> None:
    inner = text("深", "gbk")
    for level in range(30):
        inner = multipart("mixed", f"b{level}x", inner)
    found = parse_message(message(HEAD, multipart("mixed", "top", inner, attachment("a.docx", DOCX))))
    assert attached(found) == [("a.docx", DOCX)]
    assert found.defects == ("信的嵌套超过 20 层，更深的没有读",)


def test_letters_within_letters_beyond_the_limit_are_left_out() -> None:
    raw = b"Content-Type: message/rfc822\n\n" * 5_000 + b"Subject: x\n\nhello\n"
    found = parse_message(raw)
    assert found.parts == ()
    assert found.defects == ("信的嵌套超过 20 层，更深的没有读",)


def test_parts_beyond_the_limit_are_left_out_and_reported() -> None:
    raw = message(HEAD, multipart("mixed", "b", *[b"\r\nx"] * 1_200))
    found = parse_message(raw)
    assert len(found.parts) == 1_000
    assert found.defects == ("信的分段超过 1000 个，其余的没有读",)


def test_files_beyond_the_limit_are_left_out_and_reported() -> None:
    parts = [attachment(f"{number}.docx", DOCX) for number in range(5)]
    found = parse_message(message(HEAD, multipart("mixed", "b", *parts, text("请审阅", "gbk"))), MessageLimits(files=3))
    assert [name for name, _ in attached(found)] == ["0.docx", "1.docx", "2.docx"]
    assert found.text == "请审阅"
    assert found.defects == ("附件超过 3 个，其余 2 个没有读",)


def test_header_beyond_the_limit_is_read_as_far_as_the_limit() -> None:
    raw = b"From: a@example.org\nX-Long: " + b"x" * 10_000_000 + b"\nSubject: late\n\nhello\n"
    found = parse_message(raw)
    assert (found.sender, found.subject, found.text) == ("a@example.org", "", "hello")
    assert found.defects == ("信头超过 100 kB，超出的部分没有读",)


def test_line_that_is_no_field_does_not_end_the_header() -> None:
    found = parse_message("Subject: 一\n教体局\nFrom: a@example.org\n\nhello\n".encode())
    assert (found.subject, found.sender, found.text) == ("一 教体局", "a@example.org", "hello")


def test_text_without_an_empty_line_before_it_is_kept() -> None:
    found = parse_message("From: a@example.org\n请审阅附件\n谢谢\n".encode())
    assert (found.sender, found.text) == ("a@example.org", "请审阅附件\n谢谢")


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b"From a@example.org Tue Nov  1 09:14:53 2022\n"])
def test_lines_before_the_header_are_skipped(before: bytes) -> None:
    assert parse_message(before + LETTERS["01-jtj.eml"]) == parse_message(LETTERS["01-jtj.eml"])


@pytest.mark.parametrize("date", ["", "garbage", "Tue, 99 Nov 2022 99:99:99 +9999", "1", "Thu, 1 Jan 1970"])
def test_date_that_is_none_is_none(date: str) -> None:
    assert parse_message(f"Date: {date}\n\n".encode()).date is None


def test_date_without_a_zone_is_taken_as_utc() -> None:
    found = parse_message(b"Date: Tue, 1 Nov 2022 09:14:52 -0000\n\n")
    assert found.date == datetime(2022, 11, 1, 9, 14, 52, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"\n",
        b"From: " + b"(" * 5_000,
        b"To: (c):\nCc: \n\n",
        b'Content-Disposition: attachment; name*="x"; filename*\n\n',
        b"Content-Type: multipart/mixed; boundary=\n\n--\n--\n----\n",
        b"Content-Type: text/plain; charset=us-askey\n\n\xff\xfe",
        b"Content-Type: text/plain; charset=punycode\n\n" + b"-" * 1_000,
        b"Subject: =?utf-8?B?A?= =?x?Q?=ZZ?= =?gb2312?B?\xff?=\n\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n--b\nTo: undisclosed:;\n",
        b"From: a@example.org\r\nTo: x\r b@example.org\r\n\r\n",
    ],
)
def test_bytes_that_crash_other_readers_are_read(raw: bytes) -> None:
    assert isinstance(parse_message(raw), Message)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: " + b'"\\' * 45_000 + b"\n\n",
        b"From: " + b"a@b," * 25_000 + b"\n\n",
        b"Subject: " + b"=?a?b?" * 16_000 + b"\n\n",
        b"Subject: " + b"=?gbk?B?xPo=?= " * 6_000 + b"\n\n",
        b"Content-Type: x/y; " + b'a="\\"; ' * 14_000 + b"\n\n",
        b"Content-Type: x/y; " + b'\\"' * 48_000 + b"\n\n",
        b"Content-Disposition: a; " + b"".join(b"filename*%d=a; " % n for n in range(6_000)) + b"\n\n",
        b"X: y\n" + b"\n".join([b"garbage"] * 12_000) + b"\nX: y\n\n",
        b"Content-Type: multipart/mixed; boundary=-\n\n" + b"-" * 5_000_000,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"\n--x" * 1_000_000,
        b"Content-Type: multipart/mixed; boundary=x\n\n" + (b"\n--x\n" + b"A:\n" * 3_000) * 1_000,
        b"Content-Transfer-Encoding: base64\n\n" + b"A=" * 3_000_000,
        b"Content-Type: text/html\n\n" + b"<" * 3_000_000,
        b"Content-Type: text/html\n\n" + b"<a href='http://x'><table>" * 100_000,
        b"Content-Type: text/html\n\n" + b"&" * 1_000_000,
    ],
    ids=lambda raw: repr(raw[:60]) if isinstance(raw, bytes) else "",
)
def test_letters_made_to_be_slow_are_read_in_seconds(raw: bytes) -> None:
    began = time.process_time()
    parse_message(raw)
    assert time.process_time() - began < 8


@given(st.binary(max_size=3_000))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read(raw: bytes) -> None:
    assert isinstance(parse_message(raw), Message)


@given(
    st.sampled_from(sorted(LETTERS)),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 20), st.binary(max_size=6)), max_size=12),
    st.integers(0, 1 << 16),
)
@settings(max_examples=300, deadline=None)
def test_damaged_letters_are_read(name: str, changes: list[tuple[int, int, bytes]], cut: int) -> None:
    raw = LETTERS[name]
    for at, removed, added in changes:
        place = at % len(raw)
        raw = raw[:place] + added + raw[place + removed :]
    for one in (raw, raw[: cut % len(raw)]):
        found = parse_message(one)
        assert "\0" not in found.subject + found.text


@given(st.text(max_size=60), st.sampled_from(["utf-8", "gb18030"]), st.integers(1, 45))
@settings(max_examples=200, deadline=None)
def test_encoded_subject_comes_back(subject: str, charset: str, limit: int) -> None:
    subject = " ".join("".join(c for c in subject if c.isprintable()).split())
    raw = f"Subject: {words(subject, charset, limit=limit, torn=True)}\n\n".encode()
    expected = " ".join(subject.replace("\ufffe", "").replace("\uffff", "").split())
    assert parse_message(raw).subject == expected or not subject


@pytest.mark.parametrize("name", sorted(LETTERS.keys() - {"07-bounce.eml"}))  # a delivery status is a part for us
def test_parts_are_those_the_standard_library_finds(name: str) -> None:
    theirs = [part for part in email.message_from_bytes(LETTERS[name]).walk() if not part.is_multipart()]
    assert [part.data for part in parse_message(LETTERS[name]).parts] == [
        part.get_payload(decode=True) for part in theirs
    ]
