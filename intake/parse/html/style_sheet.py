"""The style sheets of a page, as far as they decide which lines and labels a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

_MOST: Final = 200_000
"""Characters of all style sheets of a page; Word writes 50,000."""
_COMMENT: Final = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_RULE: Final = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}")
_SELECTOR: Final = re.compile(r"(?P<tag>[a-z][a-z0-9]{0,20})?(?:\.(?P<class>[\w-]{1,80})|#(?P<id>[\w-]{1,80}))?", re.I)
_DECLARATION: Final = re.compile(r"(?:white-space|list-style(?:-type)?)\s*:[^;]{1,100}", re.IGNORECASE)
"""`display` is not among them: a rule for another screen must not hide a sentence."""

StyleSheet = Mapping[tuple[str, str, str], str]
"""(tag, class, id) of a selector, each "" for any → its declarations."""


def style_sheet_of(root: etree._Element) -> StyleSheet:
    """The declarations of the page's `<style>` elements. Only selectors of one tag, class or id count, or of a tag with
    one of these; rules within @media are left out."""
    source = _COMMENT.sub(" ", "\n".join(style.text or "" for style in root.iter("style"))[:_MOST])
    sheet: dict[tuple[str, str, str], dict[str, str]] = {}  # of each property only the declaration that counts
    for selectors, declarations in _rules(source):
        kept = _DECLARATION.findall(declarations)
        for selector in selectors.split(",") if kept else ():
            match = _SELECTOR.fullmatch(selector.strip())
            if match is not None and selector.strip():
                key = ((match["tag"] or "").lower(), match["class"] or "", match["id"] or "")
                _declare(sheet.setdefault(key, {}), kept)
    return {key: ";".join(reversed(declared.values())) for key, declared in sheet.items()}


def _declare(declared: dict[str, str], declarations: Sequence[str]) -> None:
    """Adds declarations by their property, the latest of all at the end; a later one replaces an earlier one."""
    for declaration in declarations:
        name = declaration.partition(":")[0].strip().lower()
        declared.pop(name, None)
        declared[name] = declaration


def style_of(element: etree._Element, sheet: StyleSheet) -> str:
    """The element's declarations in CSS, those that count most first: its own, then those of the style sheets."""
    own: str = element.get("style", "")
    if not sheet or not isinstance(element.tag, str):
        return own
    tag = element.tag.lower()
    keys = [(tag, "", element.get("id", "")), ("", "", element.get("id", ""))] if element.get("id") else []
    for name in element.get("class", "").split()[:20]:
        keys += [(tag, name, ""), ("", name, "")]
    return ";".join(filter(None, (own, *(sheet.get(key, "") for key in (*keys, (tag, "", ""))))))


def _rules(source: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that no @-rule encloses."""
    at, depth_of_block = 0, 0
    for match in _RULE.finditer(source):
        between = source[at : match.start()]
        depth_of_block += between.count("{") - between.count("}")
        at = match.end()
        selectors = match[1].rpartition(";")[2].strip()
        if depth_of_block <= 0 and not selectors.startswith("@"):
            yield selectors, match[2]
