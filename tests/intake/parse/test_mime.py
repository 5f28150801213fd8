"""A message taken apart: leaves, limits and defects."""

from __future__ import annotations

from dataclasses import replace

from intake.parse.mime import USUAL_LIMITS, Dissection, MessageLimits, dissect, header_alone

HEAD = b"From: a@x.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"


def entity(text: str, kind: str = "text/plain") -> bytes:
    return f"--b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n".encode()


def taken_apart(raw: bytes, limits: MessageLimits = USUAL_LIMITS) -> Dissection:
    return dissect(raw, limits)


def contents(dissection: Dissection) -> list[bytes]:
    return [leaf.data for leaf in dissection.leaves]


def test_leaves_come_in_order() -> None:
    dissection = taken_apart(HEAD + entity("一") + entity("二", "text/html") + b"--b--\r\nepilogue")
    assert [(leaf.content_type, leaf.data.decode()) for leaf in dissection.leaves] == [
        ("text/plain", "一"),
        ("text/html", "二"),
    ]
    assert dissection.defects == []


def test_last_part_may_lack_its_closing_line() -> None:
    assert contents(taken_apart(HEAD + entity("1") + entity("2")[:-2])) == [b"1", b"2"]


def test_boundary_that_occurs_replaces_the_announced_one() -> None:
    raw = HEAD.replace(b"boundary=b", b"boundary=other") + entity("1") + b"--b--\r\n"
    assert contents(taken_apart(raw)) == [b"1"]


def test_multipart_without_parts_is_text_with_a_defect() -> None:
    dissection = taken_apart(HEAD + b"only text")
    assert (contents(dissection), len(dissection.defects)) == ([b"only text"], 1)


def test_letter_within_the_letter_gives_its_header_to_its_leaves() -> None:
    inner = "From: b@x.org\r\n\r\ninner"
    [outer, inside] = taken_apart(HEAD + entity("1") + entity(inner, "message/rfc822") + b"--b--").leaves
    assert (outer.letters, [letter.first("from") for letter in inside.letters]) == ((), ["b@x.org"])


def test_limits_of_parts_nesting_and_header_are_noted() -> None:
    many = taken_apart(HEAD + entity("1") * 9, replace(USUAL_LIMITS, parts=3))
    assert (len(many.leaves), len(many.defects)) == (3, 1)
    assert taken_apart(HEAD + entity("1"), replace(USUAL_LIMITS, nesting=0)).leaves == []
    long = taken_apart(b"Subject: a\r\nX: " + b"x" * 3_000 + b"\r\n\r\ntext", replace(USUAL_LIMITS, header=1_000))
    assert (long.header.first("subject"), contents(long), len(long.defects)) == ("a", [b"text"], 1)


def test_header_alone_skips_byte_order_mark_and_mbox_line() -> None:
    assert header_alone(b"\xef\xbb\xbf\r\nFrom a@x.org Mon\nSubject: a\n\ntext").first("subject") == "a"
