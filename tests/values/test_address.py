"""Which addresses SMTP can carry."""

from __future__ import annotations

import pytest

from values.address import is_sendable, with_ascii_domain


@pytest.mark.parametrize(
    "address", ["jtj@example.org", "a.b+c@x-y.example.org", "zgqwxzfb@163.com", "a@localhost", "x_y@a_b.cn"]
)
def test_ordinary_addresses_are_sendable(address: str) -> None:
    assert is_sendable(address)


@pytest.mark.parametrize(
    "address",
    [
        *("", "a", "@b.cn", "a@", "a@b@c.cn", "a b@c.cn", "a@b..cn", ".a@b.cn", "a..b@c.cn", "a.@b.cn", "a@-b.cn"),
        *(
            '"a"@b.cn',
            "a@b.cn>",
            "<a@b.cn",
            "a@b.cn\r\nBcc: x@y.cn",
            "a@b.cn\n",
            "教体局@b.cn",
            "a@教体局.cn",
            "a,b@c.cn",
        ),
        *("a" * 65 + "@b.cn", "a@" + "b" * 256),
    ],
)
def test_address_that_would_have_to_be_quoted_is_not_sendable(address: str) -> None:
    assert not is_sendable(address)


@pytest.mark.parametrize(
    ("address", "ascii_form"),
    [
        ("A@Example.ORG", "a@example.org"),
        ("tougao@水利.例子", "tougao@xn--kcrt84d.xn--fsqu00a"),
        ("投稿@应急.例子", "投稿@xn--extu8a.xn--fsqu00a"),
        ("@水利.例子", "@xn--kcrt84d.xn--fsqu00a"),
        ("a@" + "水" * 80 + ".cn", "a@" + "水" * 80 + ".cn"),
        ("nobody", "nobody"),
        ("", ""),
    ],
)
def test_domain_is_the_same_in_characters_and_in_punycode(address: str, ascii_form: str) -> None:
    assert with_ascii_domain(address) == ascii_form
    assert with_ascii_domain(ascii_form) == ascii_form
