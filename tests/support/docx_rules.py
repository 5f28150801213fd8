"""What holds between the parts of a sound .docx, what its schemas say of each, and what neither of them can say.

Word repairs or refuses a file that breaks one of these, and LibreOffice does not report it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from tests.support.ooxml_schemas import schema_errors

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# ECMA-376 17.3.1.26, 17.3.1.29, 17.3.2.28, 17.4.59, 17.4.69, 17.4.81: the order of the schema's sequences.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign "
    "rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins bordersDoNotSurroundHeader "
    "bordersDoNotSurroundFooter defaultTabStop autoHyphenation evenAndOddHeaders characterSpacingControl "
    "noLineBreaksAfter noLineBreaksBefore updateFields compat themeFontLang",
}


def violations(docx: bytes) -> list[str]:
    """Every rule that the file breaks, with the part and the thing; empty for a sound file."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        names = archive.namelist()
        members = {name: archive.read(name) for name in names}
    parts = {name: etree.fromstring(data) for name, data in members.items() if name.endswith((".xml", ".rels"))}
    return [
        *(f"{name}: twice in the zip" for name, count in Counter(names).items() if count > 1),
        *_content_types(parts, members),
        *_relationships(parts, members),
        *_styles(parts),
        *_unique(parts, _DOC_PR, "id"),
        *_unique(parts, _W + "bookmarkStart", _W + "id"),
        *_comments(parts),
        *_unique(parts, _W + "bookmarkStart", _W + "name"),
        *_bookmarks(parts),
        *_tables(parts),
        *_order(parts),
        *schema_errors(docx),
    ]


def _content_types(parts: Mapping[str, etree._Element], members: Mapping[str, bytes]) -> Iterator[str]:
    types = parts["[Content_Types].xml"]
    extensions = {default.get("Extension", "").lower() for default in types.iter(_TYPES + "Default")}
    overrides = [override.get("PartName", "") for override in types.iter(_TYPES + "Override")]
    for name in members:
        if name != "[Content_Types].xml" and f"/{name}" not in overrides:
            if name.rpartition(".")[2].lower() not in extensions:
                yield f"{name}: no content type"
            elif name.endswith(".xml"):
                yield f"{name}: only the content type of any XML"
    yield from (f"{name}: a content type for no part" for name in overrides if name.lstrip("/") not in members)
    yield from (f"{name}: two content types" for name, count in Counter(overrides).items() if count > 1)


def _relationships(parts: Mapping[str, etree._Element], members: Mapping[str, bytes]) -> Iterator[str]:
    for name, root in parts.items():
        if not name.endswith(".rels"):
            used = {
                value for element in root.iter() for key, value in element.attrib.items() if str(key).startswith(_R)
            }
            folder, base = posixpath.split(name)
            rels = parts.get(posixpath.join(folder, "_rels", f"{base}.rels"))
            declared = set() if rels is None else {relation.get("Id", "") for relation in rels}
            yield from (f"{name}: no relationship {rid}" for rid in sorted(map(str, used - declared)))
            continue
        source = posixpath.dirname(posixpath.dirname(name))
        ids = Counter(relation.get("Id", "") for relation in root)
        yield from (f"{name}: relationship {rid} twice" for rid, count in ids.items() if count > 1)
        for relation in root:
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External":
                if not relation.get("Type", "").endswith("/hyperlink"):
                    yield f"{name}: {target} is outside the file"
            elif posixpath.normpath(posixpath.join("/", source, target)).lstrip("/") not in members:
                yield f"{name}: no part {target}"


def _styles(parts: Mapping[str, etree._Element]) -> Iterator[str]:
    defined = {
        (style.get(_W + "type"), style.get(_W + "styleId")) for style in parts["word/styles.xml"].iter(_W + "style")
    }
    kinds = {_W + "pStyle": "paragraph", _W + "rStyle": "character", _W + "tblStyle": "table"}
    for name, root in parts.items():
        for element in root.iter(*kinds):
            if (kinds[str(element.tag)], element.get(_W + "val")) not in defined:
                yield f"{name}: no {kinds[str(element.tag)]} style {element.get(_W + 'val')}"
    for style in parts["word/styles.xml"].iter(_W + "style"):
        for reference in style.iterchildren(_W + "basedOn", _W + "next", _W + "link"):
            if reference.get(_W + "val") not in {style_id for _, style_id in defined}:
                yield f"styles: {style.get(_W + 'styleId')} refers to no style {reference.get(_W + 'val')}"


def _unique(parts: Mapping[str, etree._Element], tag: str, attribute: str) -> Iterator[str]:
    ids = Counter(element.get(attribute) for root in parts.values() for element in root.iter(tag))
    yield from (f"{tag.rpartition('}')[2]} id {number} {count} times" for number, count in ids.items() if count > 1)


def _comments(parts: Mapping[str, etree._Element]) -> Iterator[str]:
    """17.13.4: each comment has its text, one range and one reference after it; only paragraphs are in between."""
    written = [element.get(_W + "id") for root in parts.values() for element in root.iter(_W + "comment")]
    yield from (f"comment {id}: {count} times" for id, count in Counter(written).items() if count > 1)
    seen: dict[str | None, list[str]] = {id: [] for id in written}
    kinds = ("commentRangeStart", "commentRangeEnd", "commentReference")
    for element in parts["word/document.xml"].iter(*(_W + kind for kind in kinds)):
        seen.setdefault(element.get(_W + "id"), []).append(str(element.tag).removeprefix(_W))
        parent = element.getparent()
        if parent is None or parent.tag != (_W + "r" if element.tag == _W + kinds[2] else _W + "p"):
            yield f"comment {element.get(_W + 'id')}: its marks are not within a paragraph"
    yield from (f"comment {id}: {places}" for id, places in seen.items() if tuple(places) != kinds or id not in written)


def _bookmarks(parts: Mapping[str, etree._Element]) -> Iterator[str]:
    """Bookmarks end as often as they begin; links and fields refer to bookmarks that are there."""
    starts = [mark.get(_W + "id") for root in parts.values() for mark in root.iter(_W + "bookmarkStart")]
    ends = [mark.get(_W + "id") for root in parts.values() for mark in root.iter(_W + "bookmarkEnd")]
    if sorted(map(str, starts)) != sorted(map(str, ends)):
        yield "bookmarks begin and end differently"
    names = {mark.get(_W + "name") for root in parts.values() for mark in root.iter(_W + "bookmarkStart")}
    for name, root in parts.items():
        anchors = [link.get(_W + "anchor") for link in root.iter(_W + "hyperlink")]
        codes = [(code.text or "").split() for code in root.iter(_W + "instrText")]
        anchors += [words[1] for words in codes if words[:1] == ["PAGEREF"]]
        yield from (f"{name}: no bookmark {anchor}" for anchor in anchors if anchor and anchor not in names)


def _tables(parts: Mapping[str, etree._Element]) -> Iterator[str]:
    for name, root in parts.items():
        for cell in root.iter(_W + "tc"):
            if len(cell) == 0 or cell[-1].tag != _W + "p":
                yield f"{name}: a cell does not end in a paragraph"
        for table in root.iter(_W + "tbl"):
            after = table.getnext()
            if after is None or after.tag not in (_W + "p", _W + "bookmarkEnd"):
                yield f"{name}: a table is not followed by a paragraph"
            yield from (f"{name}: {fault}" for fault in table_faults(table))


def table_faults(table: etree._Element) -> list[str]:
    """Rows of a w:tbl that do not fill its grid, and merged cells that go on from nowhere."""
    return list(_grid(table))


def _grid(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
    above: set[tuple[int, int]] = set()
    for number, row in enumerate(table.iterchildren(_W + "tr"), 1):
        column = 0
        merged = set()
        for cell in row.iterchildren(_W + "tc"):
            span_element = cell.find(f"{_W}tcPr/{_W}gridSpan")
            span = 1 if span_element is None else int(span_element.get(_W + "val", "1"))
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None:
                if merge.get(_W + "val", "continue") == "continue" and (column, span) not in above:
                    yield f"row {number}: a merged cell goes on from nowhere"
                merged.add((column, span))
            column += span
        if column != columns:
            yield f"row {number}: {column} columns in a grid of {columns}"
        above = merged


def _order(parts: Mapping[str, etree._Element]) -> Iterator[str]:
    for parent, sequence in _ORDER.items():
        rank = {_W + child: place for place, child in enumerate(sequence.split())}
        if parent == "sectPr":  # a choice, in any order
            rank[_W + "footerReference"] = rank[_W + "headerReference"]
        for name, root in parts.items():
            for element in root.iter(_W + parent):
                places = [rank.get(str(child.tag), -1) for child in element]
                if -1 in places or places != sorted(places):
                    yield f"{name}: {parent} holds {[str(child.tag).rpartition('}')[2] for child in element]}"
