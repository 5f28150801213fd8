"""An HTML body → the text that a reader sees, its links, and its pictures. Nothing is loaded. Never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree

from intake.parse.headers import from_base64
from intake.parse.html.list_labels import ListCounter, counter_of
from intake.parse.html.style_sheet import StyleSheet, style_of, style_sheet_of
from intake.parse.html.tables import PageCell, row_elements, span_of, table_lines

_MOST: Final = 5_000_000  # characters; bounds the memory of the tree
_MOST_LINKS: Final = 200
_MOST_PICTURES: Final = 100
_BLOCKS: Final = frozenset(
    {"address", "article", "blockquote", "caption", "center", "div", "dl", "dt", "dd", "fieldset", "form", "h1", "h2"}
    | {"h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_INVISIBLE: Final = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
_HIDDEN: Final = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_WHITE_SPACE: Final = re.compile(
    r"white-space\s*:\s*(?:(?P<keeps>pre(?:-wrap|-line)?|break-spaces)|normal|nowrap)\b", re.IGNORECASE
)
_SIGNATURE: Final = re.compile(r"signature|(?:^|[\s_-])sign(?:$|[\s_-])", re.IGNORECASE)
"""In id or class: ntes-pcmac-signature, gmail_signature, moz-signature, AppleMailSignature, xm_write_sign."""
_PICTURE_DATA: Final = re.compile(r"data:image/[a-z0-9.+-]{1,40}((?:;[^,;]{0,100})*),", re.IGNORECASE)
_SMALLEST_REMOTE: Final = 20
"""Pixels: a smaller picture reports that the letter was opened, or fills a gap."""
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_SOFT_HYPHEN: Final = "\u00ad"
"""Shows as nothing within a line (CSS Text 3, 5.4)."""
_JOINED_TO_TEXT: Final = "\0"
"""After a label, until the page is put together: the text may be in a paragraph of its own. No page has this character.
"""
_WIDE: Final = (
    "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff\u3000-\u303f“”‘’…—"
)
_BREAK: Final = r"(?<![ \t\r\n])[ \t\r]*+\n[ \t\r\n]*+"
"""All blanks around a line break: tried once for each run of them, so that the time is that of the text's length."""
_BREAK_IN_CHINESE: Final = re.compile(rf"(?<=[{_WIDE}]){_BREAK}|{_BREAK}(?=[{_WIDE}])")
"""A line break of the source between two characters of which one is Chinese: it shows as nothing (CSS Text 3, 4.1.3).
"""
_BREAK_IN_NUMBER: Final = re.compile(rf"(?<=\d){_BREAK}(?=\d|[.,:/~-]\d|%)|(?<=\S\S\d[.,:/~-]){_BREAK}(?=\d)")
"""Only a program that folds at a fixed width breaks a source line within a number of a Chinese text (1576, 682.5). A
digit with a point at the beginning is a label."""


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML body as a reader sees it."""

    text: str
    """A line for each paragraph, with the label of a list's item; of a table a line for each row, with a tab between
    two cells."""
    links: tuple[str, ...] = ()
    """http(s) addresses, in order, at most 200."""
    is_structured: bool = False
    """Whether it has a table or a numbered list, which its plain text can only imitate."""
    signature: frozenset[str] = frozenset()
    """The lines that the page itself marks as the sender's signature."""
    embedded_pictures: tuple[bytes, ...] = ()
    """Those that the page holds itself (data: URIs, RFC 2397), without those of the signature."""
    remote_pictures: int = 0
    """How many visible pictures, without those of the signature, the page only links to."""
    shown_ids: frozenset[str] = frozenset()
    """The Content-IDs of the parts that it shows (cid: URIs, RFC 2392), without angle brackets."""
    signature_ids: frozenset[str] = frozenset()
    """Those that it shows in the signature."""


def read_page(html: str) -> Page:
    """Strips the tags; of a very long page (over 5 million characters) only the beginning is read."""
    source = html[:_MOST].replace("\0", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    reader = _PageReader(sheet=style_sheet_of(root) if root is not None else {})
    if root is not None:
        reader.read(root, keeps_lines=False)
    page = reader.page()
    if not page.text:  # perhaps nested deeper than the parser follows
        return replace(page, text=_tidy(re.sub(r"<[^<>]*+>", "", html[:_MOST])))
    return page


@dataclass(slots=True)
class _PageReader:
    """Collects what a page shows, element by element."""

    sheet: StyleSheet = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    lists: list[ListCounter] = field(default_factory=list)
    """Of the lists around the current element, the innermost last."""
    structured: bool = False
    signature: list[str] = field(default_factory=list)
    in_signature: bool = False
    embedded: list[bytes] = field(default_factory=list)
    remote: int = 0
    shown_ids: set[str] = field(default_factory=set)
    signature_ids: set[str] = field(default_factory=set)

    def page(self) -> Page:
        return Page(
            text=_tidy("".join(self.pieces)),
            links=tuple(dict.fromkeys(self.links)),
            is_structured=self.structured,
            signature=frozenset(filter(None, _tidy("".join(self.signature)).split("\n"))),
            embedded_pictures=tuple(self.embedded),
            remote_pictures=self.remote,
            shown_ids=frozenset(self.shown_ids),
            signature_ids=frozenset(self.signature_ids),
        )

    def read(self, element: etree._Element, *, keeps_lines: bool) -> None:
        """Reads an element with all in it, without the text after it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _INVISIBLE or _HIDDEN.search(element.get("style", "")):
            return
        if not self.in_signature and _is_signature(element, tag):
            self._read_signature(element, keeps_lines)
            return
        keeps_lines = _keeps_lines(tag, style_of(element, self.sheet), keeps_lines)
        self._read_link(element)
        if tag == "img":
            self._read_picture(element)
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "table" and (lines := self._table_lines(element, keeps_lines)):
            self.structured = True
            self.pieces += ["\n", "\n".join(lines), "\n"]
        else:
            self._read_element(element, tag, keeps_lines)

    def _read_element(self, element: etree._Element, tag: str, keeps_lines: bool) -> None:
        block = "\n" if tag in _BLOCKS else ""
        self.pieces.append(block)
        if tag == "li":
            self.pieces.append(self._label(element))
        with self._list(element, tag):
            self._read_inside(element, keeps_lines)
        self.pieces.append(block)

    def _read_inside(self, element: etree._Element, keeps_lines: bool) -> None:
        self.pieces.append(_shown(element.text or "", keeps_lines))
        for child in element:
            self.read(child, keeps_lines=keeps_lines)
            self.pieces.append(_shown(child.tail or "", keeps_lines))

    @contextmanager
    def _list(self, element: etree._Element, tag: str) -> Iterator[None]:
        is_list = tag in ("ol", "ul")
        if is_list:
            self.lists.append(counter_of(element, style_of(element, self.sheet)))
        try:
            yield
        finally:
            if is_list:
                self.lists.pop()

    def _label(self, item: etree._Element) -> str:
        label = self.lists[-1].label(item, style_of(item, self.sheet)) if self.lists else ""
        self.structured = self.structured or bool(label)
        shown = label and any(text.strip() for text in item.itertext())
        return label + _JOINED_TO_TEXT if shown else ""

    def _read_signature(self, element: etree._Element, keeps_lines: bool) -> None:
        start = len(self.pieces)
        self.in_signature = True
        self.read(element, keeps_lines=keeps_lines)
        self.in_signature = False
        self.signature += [*self.pieces[start:], "\n"]

    def _read_link(self, element: etree._Element) -> None:
        href = element.get("href", "")
        if href.lower().startswith(("http://", "https://")) and len(self.links) < _MOST_LINKS:
            self.links.append(href[:2_000])

    def _read_picture(self, element: etree._Element) -> None:
        source = (element.get("src") or element.get("srcset") or "").strip()
        if source.lower().startswith("cid:"):
            if content_id := unquote(source[4:]).strip("<> "):
                (self.signature_ids if self.in_signature else self.shown_ids).add(content_id)
        elif self.in_signature or len(self.embedded) + self.remote >= _MOST_PICTURES:
            return
        elif source.lower().startswith(("http://", "https://", "//")):
            self.remote += not _is_tiny(element)
        elif data := _picture_data(source):
            self.embedded.append(data)

    def _table_lines(self, table: etree._Element, keeps_lines: bool) -> list[str] | None:
        """The table as lines; None for one that only places its cells on the page, or has tables inside."""
        rows = row_elements(table)
        if self.in_signature or len(rows) < 2 or next(table.iterdescendants("table"), None) is not None:
            return None
        cells = [
            [
                PageCell(self._cell_lines(cell, keeps_lines), span_of(cell, "colspan"), span_of(cell, "rowspan"))
                for cell in row
            ]
            for row in rows
        ]
        lines = table_lines(cells)
        for picture in table.iterdescendants("img") if lines else ():
            self._read_picture(picture)
        return lines

    def _cell_lines(self, cell: etree._Element, keeps_lines: bool) -> tuple[str, ...]:
        reader = _PageReader(sheet=self.sheet, in_signature=True)
        reader.read(cell, keeps_lines=keeps_lines)
        return tuple(line.replace("\t", " ") for line in reader.page().text.split("\n") if line)


def _is_signature(element: etree._Element, tag: str) -> bool:
    return tag == "sign" or any(_SIGNATURE.search(element.get(name, "")[:200]) for name in ("id", "class"))


def _keeps_lines(tag: str, style: str, inherited: bool) -> bool:
    declared = _WHITE_SPACE.search(style)
    if declared is not None:
        return declared["keeps"] is not None
    return inherited or tag in ("pre", "textarea", "xmp", "listing")


def _is_tiny(element: etree._Element) -> bool:
    sizes = [element.get(name, "").strip().removesuffix("px") for name in ("width", "height")]
    return any(size.isascii() and size.isdecimal() and int(size) <= _SMALLEST_REMOTE for size in sizes)


def _picture_data(source: str) -> bytes:
    """The bytes of a data: URI of a picture; b"" for any other address."""
    match = _PICTURE_DATA.match(source)
    if match is None:
        return b""
    rest = source[match.end() :]
    if ";base64" in match[1].lower():
        return from_base64(re.sub(r"[^A-Za-z0-9+/=]", "", rest))
    return unquote_to_bytes(rest)


def _shown(text: str, keeps_lines: bool) -> str:
    """A text of the source as it is shown."""
    if keeps_lines:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(_SOFT_HYPHEN, "")
    if "\n" in text:
        text = _BREAK_IN_CHINESE.sub("", text)
        text = _BREAK_IN_NUMBER.sub("", text)
    return _SPACES.sub(" ", text)


def _tidy(text: str) -> str:
    """The lines without blanks at their ends, and without more than one empty line between them."""
    text = re.sub(rf"{_JOINED_TO_TEXT}\s*", "", text)
    lines = (re.sub(r"[ \xa0]+", " ", line).strip(" \xa0\r") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
