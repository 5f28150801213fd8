"""An HTML body → the text that a reader sees, and its links. Nothing is loaded. Never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

_MOST: Final = 5_000_000  # characters; bounds the memory of the tree
_MOST_LINKS: Final = 200
_BLOCKS: Final = frozenset(
    {"address", "article", "blockquote", "center", "div", "dl", "dt", "dd", "fieldset", "form", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tr", "ul"}
)
_INVISIBLE: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})


@dataclass(frozen=True, slots=True)
class Page:
    """The text of an HTML body."""

    text: str
    """A line for each paragraph."""
    links: tuple[str, ...] = ()
    """http(s) addresses, in order, at most 200."""


def read_page(html: str) -> Page:
    """Strips the tags; of a very long page (over 5 million characters) only the beginning is read."""
    source = html[:_MOST].replace("\0", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    page = Page("") if root is None else _read(root)
    if not page.text:  # perhaps nested deeper than the parser follows
        return Page(_tidy(re.sub(r"<[^<>]*+>", "", html[:_MOST])), page.links)
    return page


def _read(root: etree._Element) -> Page:
    lines: list[str] = []
    links: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            lines.append(("\n" if tag in _BLOCKS else "") + _one_line(element.tail or ""))
            continue
        if tag in _INVISIBLE:
            walk.skip_subtree()
            continue
        if tag in _BLOCKS or tag == "br":
            lines.append("\n")
        elif tag in ("td", "th"):
            lines.append("\t")
        href = element.get("href", "")
        if href.lower().startswith(("http://", "https://")) and len(links) < _MOST_LINKS:
            links.append(href[:2_000])
        lines.append(_one_line(element.text or ""))
    return Page(_tidy("".join(lines)), tuple(dict.fromkeys(links)))


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \xa0]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
