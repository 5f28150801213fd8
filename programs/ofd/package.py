"""The parts of an OFD around its pages, and the zip (GB/T 33190-2016, 6 and 7)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from programs.ofd.page import PageContent
from programs.ofd.page_xml import Ids
from programs.ofd.pdf_images import ImageFile
from programs.ofd.pdf_outline import OutlineEntry
from programs.ofd.typefaces import Typefaces
from programs.ofd.xml_text import DECLARATION, MILLIMETRES, NAMESPACE, attribute, number, numbers, text

_ROOT: Final = "Doc_0"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""Of every member, so that the same pages give the same bytes; the earliest that a zip can have."""
_PACKED: Final = (".xml", ".otf", ".ttf")
"""The others are compressed already."""
_CREATOR: Final = "Jianbao"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """DocInfo (7.4)."""

    id: str
    """32 hexadecimal digits."""
    title: str
    author: str
    subject: str
    made_on: str
    """YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """What a document is made of."""

    info: DocumentInfo
    contents: Sequence[PageContent]
    pages: Sequence[str]
    """Content.xml of each."""
    faces: Typefaces
    images: Mapping[str, ImageFile]
    outline: Sequence[OutlineEntry]
    ids: Ids


def package_of(parts: DocumentParts) -> bytes:
    """The OFD."""
    page_ids = [parts.ids.new() for _ in parts.pages]
    members: dict[str, bytes] = {"OFD.xml": _entry(parts.info).encode()}
    members[f"{_ROOT}/PublicRes.xml"] = _fonts(parts).encode()
    members[f"{_ROOT}/DocumentRes.xml"] = _media(parts).encode()
    for at, page in enumerate(parts.pages):
        members[f"{_ROOT}/Pages/Page_{at}/Content.xml"] = page.encode()
    for at, face in enumerate(parts.faces.faces):
        if face.file and at in parts.ids.faces:
            members[f"{_ROOT}/Res/{_font_file(parts, at)}"] = face.file
    for name in parts.ids.images:
        members[f"{_ROOT}/Res/{name}"] = parts.images[name].data
    members[f"{_ROOT}/Document.xml"] = _document(parts, page_ids).encode()
    return _zipped(members)


def _entry(info: DocumentInfo) -> str:
    dated = f"<ofd:CreationDate>{info.made_on}</ofd:CreationDate><ofd:ModDate>{info.made_on}</ofd:ModDate>"
    return (
        f'{DECLARATION}<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{info.id}</ofd:DocID>{_element('Title', info.title)}{_element('Author', info.author)}"
        f"{_element('Subject', info.subject)}{dated}{_element('Creator', _CREATOR)}"
        f"</ofd:DocInfo><ofd:DocRoot>{_ROOT}/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(parts: DocumentParts, page_ids: Sequence[int]) -> str:
    first = parts.contents[0]
    area = numbers(0, 0, first.width * MILLIMETRES, first.height * MILLIMETRES)
    pages = "".join(
        f'<ofd:Page ID="{page}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at, page in enumerate(page_ids)
    )
    return (
        f"{DECLARATION}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>{parts.ids.last}</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        f"</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{_outlines(parts, page_ids)}</ofd:Document>"
    )


def _outlines(parts: DocumentParts, page_ids: Sequence[int]) -> str:
    entries = "".join(_outline(entry, parts, page_ids) for entry in parts.outline)
    return f"<ofd:Outlines>{entries}</ofd:Outlines>" if entries else ""


def _outline(entry: OutlineEntry, parts: DocumentParts, page_ids: Sequence[int]) -> str:
    """OutlineElem (7.8): a title that leads to a place."""
    height = parts.contents[entry.page].height
    place = f'Left="{number(entry.left * MILLIMETRES)}" Top="{number((height - entry.top) * MILLIMETRES)}" Zoom="0"'
    goto = f'<ofd:Goto><ofd:Dest Type="XYZ" PageID="{page_ids[entry.page]}" {place}/></ofd:Goto>'
    below = "".join(_outline(child, parts, page_ids) for child in entry.below)
    return (
        f'<ofd:OutlineElem Title={attribute(entry.title)} Count="{len(entry.below)}">'
        f'<ofd:Actions><ofd:Action Event="CLICK">{goto}</ofd:Action></ofd:Actions>{below}</ofd:OutlineElem>'
    )


def _fonts(parts: DocumentParts) -> str:
    fonts = "".join(_font_elements(parts))
    held = f"<ofd:Fonts>{fonts}</ofd:Fonts>" if fonts else ""
    return f'{DECLARATION}<ofd:Res {NAMESPACE} BaseLoc="Res">{held}</ofd:Res>'


def _font_elements(parts: DocumentParts) -> Iterator[str]:
    for at, face_id in parts.ids.faces.items():
        face = parts.faces.faces[at]
        looks = (' Bold="true"' if face.is_bold else "") + (' Italic="true"' if face.is_italic else "")
        file = f"<ofd:FontFile>{_font_file(parts, at)}</ofd:FontFile>" if face.file else ""
        name = attribute(face.name)
        yield f'<ofd:Font ID="{face_id}" FontName={name} FamilyName={name}{looks}>{file}</ofd:Font>'


def _font_file(parts: DocumentParts, face: int) -> str:
    collector = parts.faces.faces[face].collector
    return f"font_{parts.ids.faces[face]}.{'ttf' if collector is not None and collector.quadratic else 'otf'}"


def _media(parts: DocumentParts) -> str:
    media = "".join(
        f'<ofd:MultiMedia ID="{image_id}" Type="Image" Format="{name.rpartition(".")[2].upper()}">'
        f"<ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>"
        for name, image_id in parts.ids.images.items()
    )
    held = f"<ofd:MultiMedias>{media}</ofd:MultiMedias>" if media else ""
    return f'{DECLARATION}<ofd:Res {NAMESPACE} BaseLoc="Res">{held}</ofd:Res>'


def _element(name: str, value: str) -> str:
    return f"<ofd:{name}>{text(value)}</ofd:{name}>" if value else ""


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(_PACKED) else zipfile.ZIP_STORED
            info.create_system = 3  # else it depends on the machine
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
