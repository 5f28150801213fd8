"""Whose letter it is, by the grammar of RFC 5322: forged forms name nobody, usual forms their sender."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.sender_field import sender_field, sole_mailbox

OURS = "jtj@example.org"


@pytest.mark.parametrize(
    "field",
    [
        OURS,
        f"<{OURS}>",
        "区教体局 <JTJ@Example.org>",
        f'"区教体局, 办公室" <{OURS}>',
        f"{OURS} (区教体局)",
        f"区教体局(办公室)<{OURS}>",
        f"=?utf-8?b?5Yy65pWZ5L2T5bGA?= <{OURS}>",
        f'"=?gb18030?B?x/i9zMzlvtY=?=" <{OURS}>',
        f"=?gb2312?B?x/i9zM7l?= =?gb2312?B?x/i9zM7l?=<{OURS}>",
        f"J.T.J <{OURS}>",
        f"{OURS} <{OURS}>",
        f'"{OURS}" <{OURS}>',
        f" {OURS} ",
    ],
)
def test_usual_forms_name_their_sender(field: str) -> None:
    assert sole_mailbox([field]) == OURS


@pytest.mark.parametrize(
    ("field", "sender"),
    [
        (f"(x <{OURS}>) evil@evil.com", "evil@evil.com"),
        (f"evil@evil.com (<{OURS}>)", "evil@evil.com"),
        (f'"{OURS}" <evil@evil.com>', "evil@evil.com"),
        (f'"x <{OURS}>" <evil@evil.com>', "evil@evil.com"),
        ("=?utf-8?B?PGp0akBleGFtcGxlLm9yZz4=?= <evil@evil.com>", "evil@evil.com"),
        (f'"{OURS}"@evil.com', ""),
        (f'"x <{OURS}>" evil@evil.com', ""),
        (f"{OURS}@evil.com", ""),
        (f"<{OURS}> <evil@evil.com>", ""),
        (f"{OURS} <evil@evil.com>", ""),
        (f"evil@evil.com <{OURS}>", ""),
        (f"{OURS}, evil@evil.com", ""),
        (f"信息员: {OURS};", ""),
        (f"<@evil.com:{OURS}>", ""),
        (f"{OURS}\0@evil.com", ""),
        (f"evil@evil.com ({OURS}", ""),
        (f"<{OURS}", ""),
        (f"{OURS}>", ""),
        (f"{OURS};", ""),
        ("jtj @ example.org", ""),
        ("jtj(x)@example.org", ""),
        ("=?utf-8?q?jtj?=@example.org", ""),
        ("jtj@=?utf-8?q?example.org?=", ""),
        ("=?utf-8?q?jtj=40example.org=3E?=@evil.com", ""),
        ("=?utf-8?q?a_=3Cjtj=40example=2Eorg=3E?=", ""),
        (f"=?utf-8?q?<{OURS}>?= <evil@evil.com>", ""),
        ("jtj@[example.org]", ""),
        ("jtj.@example.org", ""),
        ("jtj\u200b@example.org", ""),
        ("encoded-word", ""),
        ("区教体局", ""),
        ("", ""),
    ],
)
def test_forged_and_damaged_forms_are_never_the_departments(field: str, sender: str) -> None:
    assert sole_mailbox([field]) == sender


def test_field_given_twice_names_nobody() -> None:
    assert sole_mailbox([OURS, OURS]) == sole_mailbox([OURS, "evil@evil.com"]) == sole_mailbox([]) == ""


def test_all_that_stands_beside_the_address_is_its_name() -> None:
    assert sender_field([f"(x <{OURS}>) evil@evil.com"]).name == f"x <{OURS}>"
    assert sender_field([f"区教体局 <{OURS}> (办公室)"]).name == "区教体局 (办公室)"


def test_what_names_nobody_is_still_shown() -> None:
    field = sender_field([f'"x <{OURS}>" evil@evil.com'])
    assert (field.address, field.written, field.text) == ("", (OURS,), f'"x <{OURS}>" evil@evil.com')


@pytest.mark.parametrize("bait", ["(", '"', "<", "a@", "=?utf-8?q?a?= ", "\\", "(a)", ",", "=?", "a.", "[", ";", "é"])
def test_endless_field_names_nobody_quickly(bait: str) -> None:
    began = time.process_time()
    for length in (2_000, 90_000):
        assert sole_mailbox([(bait * length)[:length] + f" <{OURS}>"]) in ("", OURS)
    assert time.process_time() - began < 1


@given(st.lists(st.text(alphabet=st.sampled_from('ab@.<>"(),;:\\[] 区=?\0'), max_size=60), max_size=3))
def test_any_field_is_read(fields: list[str]) -> None:
    found = sender_field(fields)
    assert found.address == "" or (found.address in found.written and len(fields) == 1)
