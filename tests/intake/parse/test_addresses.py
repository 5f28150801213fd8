"""Address fields as mail programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.parse.addresses import Address, parse_addresses


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("jtj@example.org", Address("jtj@example.org", "")),
        ("区教体局 <JTJ@Example.org>", Address("jtj@example.org", "区教体局")),
        ('"区教体局, 办公室" <jtj@example.org>', Address("jtj@example.org", "区教体局, 办公室")),
        ("jtj@example.org (区教体局)", Address("jtj@example.org", "区教体局")),
        ("=?utf-8?b?5Yy65pWZ5L2T5bGA?= <jtj@example.org>", Address("jtj@example.org", "区教体局")),
        ("=?utf-8?q?a_=3Cjtj=40example=2Eorg=3E?=", Address("jtj@example.org", "a")),
        ('"a\\"b" <jtj@example.org>', Address("jtj@example.org", 'a"b')),
        ("a@b <jtj@example.org>", Address("jtj@example.org", "a@b")),
    ],
)
def test_mailbox_gives_address_and_name(field: str, address: Address) -> None:
    assert parse_addresses([field]) == (address,)


def test_mailboxes_are_separated_by_commas_and_semicolons() -> None:
    addresses = parse_addresses(["a@x.org; b@x.org", '"c, d" <c@x.org>, (e, f) g@x.org'])
    assert [address.address for address in addresses] == ["a@x.org", "b@x.org", "c@x.org", "g@x.org"]


@pytest.mark.parametrize("field", ["", "<>", "undisclosed-recipients:;", "区教体局", "@", "((((" * 400])
def test_field_without_an_address_gives_none(field: str) -> None:
    assert parse_addresses([field]) == ()


@given(st.lists(st.text(alphabet=st.sampled_from('ab@.<>"(),;\\ 区=?'), max_size=60), max_size=4))
def test_any_text_is_parsed(fields: list[str]) -> None:
    assert all("@" in address.address for address in parse_addresses(fields))
