"""The QR code is SVG without anything that the Content-Security-Policy forbids."""

from __future__ import annotations

import lxml.etree

from desk.qr_code import qr_code


def test_svg_has_paths_only_and_says_nothing_of_its_text_in_plain() -> None:
    text = 'otpauth://totp/x:wang?secret=SECRETSECRET&issuer="><script>'
    svg = str(qr_code(text))
    tree = lxml.etree.fromstring(svg)
    assert tree.tag == "svg"
    assert tree.get("class") == "qr"
    assert {element.tag for element in tree.iter()} == {"svg", "path"}
    assert {name for element in tree.iter() for name in element.attrib} == {"viewBox", "class", "fill", "stroke", "d"}
    assert "SECRET" not in svg


def test_margin_is_four_modules_on_each_side() -> None:
    assert lxml.etree.fromstring(str(qr_code("a"))).get("viewBox") == f"0 0 {21 + 8} {21 + 8}"
