"""File names and subjects in every form that mail programs send them (mail.md section 7, domain.md section 9)."""

from __future__ import annotations

import base64
import quopri
from urllib.parse import quote

import pytest

from intake.parse.message import parse_message
from tools.letter_builder import extended, words

NAME = "区教体局简报（终稿）.docx"
RARE = "朱镕喆〇简报.docx"  # 镕 and 喆 are in GBK, not in GB2312
DOCX = b"PK\x03\x04 word/document.xml"


def b(text: str, label: str, codec: str = "") -> str:
    return f"=?{label}?B?{base64.b64encode(text.encode(codec or label)).decode()}?="


def q(text: str, label: str) -> str:
    encoded = quopri.encodestring(text.encode(label), header=True).decode().replace("=\n", "")
    return f"=?{label}?Q?{encoded}?="


def cut(text: str, label: str, at: int) -> str:
    """Two encoded words, cut at a byte."""
    data = text.encode(label)
    return " ".join(f"=?{label}?B?{base64.b64encode(piece).decode()}?=" for piece in (data[:at], data[at:]))


def split_base64(text: str, label: str, at: int) -> str:
    """Two encoded words, the base64 itself cut where no byte ends."""
    encoded = base64.b64encode(text.encode(label)).decode()
    return f"=?{label}?B?{encoded[:at]}?=\n =?{label}?B?{encoded[at:]}?="


def field(parameters: str | bytes) -> bytes:
    """The Content-Disposition of an attachment."""
    return b"Content-Disposition: attachment" + (parameters.encode() if isinstance(parameters, str) else parameters)


def quoted(value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return field(b';\n\tfilename="' + raw + b'"')


def percent(text: str, codec: str) -> str:
    return quote(text.encode(codec), safe="")


# What mail programs do to the name of an attachment: the 21 forms of mail.md section 7.
FORMS: dict[str, tuple[bytes, str]] = {
    # encoded words, which RFC 2047 does not allow here and everybody sends
    "encoded word gb18030": (quoted(b(NAME, "gb18030")), NAME),
    "encoded word GBK": (quoted(b(NAME, "GBK")), NAME),
    "encoded word UTF-8, B": (quoted(b(NAME, "UTF-8")), NAME),
    "encoded word UTF-8, Q": (quoted(q(NAME, "utf-8")), NAME),
    "encoded words folded": (quoted(words(NAME * 3, "UTF-8")), NAME * 3),
    "UTF-8 cut inside a character": (quoted(cut(NAME, "utf-8", 10)), NAME),
    "GBK cut inside a character": (quoted(cut(NAME, "gbk", 5)), NAME),
    "gb2312 label over GBK bytes": (quoted(b(RARE, "gb2312", "gbk")), RARE),
    "unknown label": (quoted(b(NAME, "x-unknown", "gbk")), NAME),
    "no quotation marks": (field(f"; filename={b(NAME, 'gb18030')}"), NAME),
    "encoded word, then plain text": (quoted(b("区教体局", "gbk") + ".docx"), "区教体局.docx"),
    # raw bytes
    "raw GBK": (quoted(NAME.encode("gbk")), NAME),
    "raw UTF-8": (quoted(NAME.encode()), NAME),
    # RFC 2231
    "RFC 2231 UTF-8": (field(f"; filename*=UTF-8''{percent(NAME, 'utf-8')}"), NAME),
    "RFC 2231 gb18030": (field(f"; filename*=gb18030''{percent(NAME, 'gb18030')}"), NAME),
    "RFC 2231 gb2312 over GBK bytes": (field(f"; filename*=gb2312''{percent(RARE, 'gbk')}"), RARE),
    "RFC 2231 in sections": (field(extended(NAME * 2)), NAME * 2),
    "filename* beats filename": (field(f"; filename=\"a.docx\"; filename*=UTF-8''{percent(NAME, 'utf-8')}"), NAME),
    # the rest
    "percent signs": (quoted(percent(NAME, "utf-8")), NAME),
    "whole path of Windows": (quoted("C:\\Users\\张敏\\" + NAME), NAME),
    "in Content-Type alone": (f'Content-Type: application/octet-stream;\n\tname="{b(NAME, "gb18030")}"'.encode(), NAME),
}
ODDER_FORMS: dict[str, tuple[bytes, str]] = {
    "base64 cut inside a byte": (quoted(split_base64(NAME, "gbk", 10)), NAME),
    "gb18030 four-byte character under a gb2312 label": (quoted(b("𠮷.docx", "gb2312", "gb18030")), "𠮷.docx"),
    "plain text, then encoded word": (quoted("2022-" + b("区教体局.docx", "gbk")), "2022-区教体局.docx"),
    "raw GBK with a backslash for a second byte": (quoted("誠信.docx".encode("gbk")), "誠信.docx"),
    "raw GBK, no quotation marks": (field(b"; filename=" + NAME.encode("gbk")), NAME),
    "RFC 2231 with a language": (field(f"; filename*=utf-8'zh-cn'{percent(NAME, 'utf-8')}"), NAME),
    "RFC 2231 without a character set": (field(f"; filename*={percent(NAME, 'utf-8')}"), NAME),
    "RFC 2231 in sections, quoted": (
        field(b'; filename*0*="gbk\'\'%C7%F8%BD%CC%CC%E5"; filename*1*="%BE%D6.docx"'),
        "区教体局.docx",
    ),
    "RFC 2231 sections out of order, one plain": (
        field(f"; filename*1=\".docx\"; filename*0*=utf-8''{percent('区教体局', 'utf-8')}"),
        "区教体局.docx",
    ),
    "RFC 2231 sections cut inside a character": (
        field(b"; filename*0*=gbk''%C7%F8%BD; filename*1*=%CC.docx"),
        "区教.docx",
    ),
    "encoded words in RFC 2231 sections": (
        field(f'; filename*0="{b("区教", "gbk")}"; filename*1="{b("体局.docx", "gbk")}"'),
        "区教体局.docx",
    ),
    "whole path of Unix": (quoted("/home/min/" + NAME), NAME),
    "dots that climb": (quoted("../../etc/" + NAME), NAME),
    "semicolon in quotation marks": (quoted("区局;终稿.docx"), "区局;终稿.docx"),
    "quotation never closed": (field(b'; filename="a.docx; size=3'), "a.docx"),
    "direction override": (quoted("\u202excod.稿件.docx"), "xcod.稿件.docx"),
}


def letter(*fields: bytes) -> bytes:
    """A letter that is a .docx, with Content-* fields."""
    typed = any(field.startswith(b"Content-Type") for field in fields)
    return b"".join(
        [
            b"From: a@example.org\nSubject: =?utf-8?B?5oqV56i/?=\nMIME-Version: 1.0\n",
            b"" if typed else b"Content-Type: application/octet-stream\n",
            *(field + b"\n" for field in fields),
            b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(DOCX),
        ]
    )


@pytest.mark.parametrize(("field", "name"), (FORMS | ODDER_FORMS).values(), ids=FORMS | ODDER_FORMS)
def test_file_name_reads_as_the_sender_saw_it(field: bytes, name: str) -> None:
    [part] = parse_message(letter(field)).parts
    assert part.name == name
    assert part.data == DOCX


@pytest.mark.parametrize("disposition", ["", '; filename=""'])
def test_name_of_the_content_type_counts_where_the_disposition_has_none(disposition: str) -> None:
    content_type, name = FORMS["in Content-Type alone"]
    [part] = parse_message(letter(content_type, field(disposition))).parts
    assert part.name == name


def test_file_without_a_name_is_called_after_the_subject_and_its_content() -> None:
    [part] = parse_message(letter(field(""))).parts
    assert part.name == "投稿.docx"


SUBJECT = "【投稿】朱镕喆：推进“五型”政府建设"


SUBJECTS: dict[str, bytes] = {
    "raw GBK": SUBJECT.encode("gbk"),
    "raw UTF-8": SUBJECT.encode(),
    "gb18030, B": b(SUBJECT, "gb18030").encode(),
    "gb18030, Q": q(SUBJECT, "gb18030").encode(),
    "utf-8, B": b(SUBJECT, "utf-8").encode(),
    "utf-8, Q": q(SUBJECT, "utf-8").encode(),
    "utf-8 folded, cut inside characters": words(SUBJECT, "utf-8", torn=True).encode(),
    "gb2312 label over GBK bytes": words(SUBJECT, "gb2312", codec="gbk").encode(),
    "gb2312 label over GBK bytes, cut inside characters": words(SUBJECT, "gb2312", codec="gbk", torn=True).encode(),
    "label with a language": b(SUBJECT, "utf-8*zh-CN", "utf-8").encode(),
    "unknown label": b(SUBJECT, "x-unknown", "utf-8").encode(),
    "us-ascii over GBK": b(SUBJECT, "us-ascii", "gbk").encode(),
    "iso-8859-1 over GBK": b(SUBJECT, "iso-8859-1", "gbk").encode(),
    "words in two character sets": (f"{b('【投稿】', 'gbk')} {b('朱镕喆：推进“五型”政府建设', 'utf-8')}".encode()),
}


@pytest.mark.parametrize("raw", SUBJECTS.values(), ids=SUBJECTS)
def test_subject_reads_as_the_sender_wrote_it(raw: bytes) -> None:
    message = parse_message(b"From: a@example.org\nSubject: " + raw + b"\n\nhello\n")
    assert message.subject == SUBJECT


@pytest.mark.parametrize("first", [chr(code) for code in range(0x5000, 0x5016)])
def test_raw_gbk_subject_is_read_whatever_its_second_bytes_are(first: str) -> None:
    """In GBK a character's second byte may look like `\\`, `@`, `|` and the like."""
    subject = first + "区报送信息"
    message = parse_message(b"Subject: " + subject.encode("gbk") + b"\nFrom: a@example.org\n\n")
    assert message.subject == subject


def test_subject_keeps_spaces_between_encoded_words_and_plain_text() -> None:
    message = parse_message(f"Subject: Re: {b('区教体局', 'gbk')} 2022 {b('稿件', 'gbk')}\n\n".encode())
    assert message.subject == "Re: 区教体局 2022 稿件"
