"""OFD files (GB/T 33190-2016) from their parts: pages of text objects, each character placed by steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from tools.docx_builder import zipped

_NS: Final = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE: Final = 5.644
"""Of 3号 (16 points), in millimetres."""
LEFT: Final = 28.0
_FIRST: Final = 40.0
_PITCH: Final = 10.2


def text(
    words: str, x: float, y: float, size: float = SIZE, *, steps: str | None = None, more: str = "", inner: str = ""
) -> str:
    """A TextObject with its baseline at x, y millimetres from the top left. steps: its DeltaX, grouped unless given."""
    delta = f"g {max(len(words) - 1, 0)} {size}" if steps is None else steps
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} {size * len(words)} {size * 1.2}" Font="3" Size="{size}" '
        f'{more}>{inner}<ofd:TextCode X="0" Y="{size}" DeltaX="{delta}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def lines(*texts: str, y: float = _FIRST, size: float = SIZE) -> str:
    """Lines one below the other; each "　" at the beginning of one moves it by a character."""
    out = ""
    for at, words in enumerate(texts):
        bare = words.lstrip("　")
        out += text(bare, LEFT + size * (len(words) - len(bare)), y + at * _PITCH, size)
    return out


def image(number: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<ofd:ImageObject ID="2" Boundary="{x} {y} {width} {height}" CTM="{width} 0 0 {height} 0 0" '
        f'ResourceID="{number}"/>'
    )


def path(x: float, y: float, width: float, height: float) -> str:
    """A drawn line or rectangle."""
    data = f"<ofd:AbbreviatedData>M 0 0 L {width} {height}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="3" Boundary="{x} {y} {width} {height}" LineWidth="0.25">{data}</ofd:PathObject>'


def ofd(
    *contents: str,
    template: str = "",
    images: Mapping[str, tuple[str, bytes]] | None = None,
    bodies: str = "",
    document: str = "",
) -> bytes:
    """One page for each content. template: drawn under all. images: number → (file name, bytes).

    bodies, document: more elements of OFD.xml's DocBody and of Document.xml.
    """
    media = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
        for number, (name, _) in (images or {}).items()
    )
    templates = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T/Content.xml"/>' if template else ""
    pages = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}/Content.xml"/>' for at in range(len(contents)))
    common = (
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{templates}"
    )
    fonts = '<ofd:Font ID="3" FontName="仿宋"/><ofd:Font ID="4" FontName="SimSun" Bold="true"/>'
    members = {
        "OFD.xml": f"<ofd:OFD {_NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{bodies}</ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_NS}><ofd:CommonData>{common}</ofd:CommonData>"
        f"<ofd:Pages>{pages}</ofd:Pages>{document}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts>{fonts}</ofd:Fonts></ofd:Res>',
        "Doc_0/DocumentRes.xml": f'<ofd:Res {_NS} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
    }
    if template:
        members["Doc_0/Tpls/T/Content.xml"] = _page(template)
    used = '<ofd:Template TemplateID="9"/>' if template else ""
    for at, content in enumerate(contents):
        members[f"Doc_0/Pages/{at}/Content.xml"] = _page(content, used)
    packed = {name: xml.encode() for name, xml in members.items()}
    return zipped(packed | {f"Doc_0/Res/{name}": data for name, data in (images or {}).values()})


def _page(content: str, used: str = "") -> str:
    layer = f'<ofd:Layer ID="5">{content}</ofd:Layer>'
    return f"<ofd:Page {_NS}>{used}<ofd:Content>{layer}</ofd:Content></ofd:Page>"
