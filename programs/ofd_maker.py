"""An OFD of a PDF, made in a confined child process: the PDF may hold pictures from anybody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from threading import Lock
from typing import Final

from programs.children import ChildLimits, ChildPool
from programs.crash import Crash
from programs.ofd.doubt import OfdMade
from values.errors import JianbaoError

_LIMITS: Final = ChildLimits(seconds=60.0)
"""Twenty pages take a second of CPU time. A service that ends meanwhile waits no longer than its own deadline; the
files of the issue are then made at the next start."""
_ONE_AT_A_TIME: Final = Lock()
"""Of two threads, the first to end would end the other's child."""
_PRELOADED: Final = ("programs.ofd_maker",)
_PRELOADED_CLOSED: Final = ("programs.ofd.convert:load", "PIL.Image:init")
_ZIP: Final = b"PK\x03\x04"


class OfdNotMade(JianbaoError):
    """There is no OFD of the PDF. Its text is Chinese and says why."""


def make_ofd(pdf: bytes, made_on: date, forbidden: Collection[str], *, landlock: bool | None = None) -> OfdMade:
    """The OFD of the PDF's pages; equal arguments give equal bytes.

    made_on: as the OFD has it. forbidden: PostScript names of fonts that may not be embedded. landlock: as in
    `ChildPool`. Raises OfdNotMade.
    """
    with _ONE_AT_A_TIME:
        children = ChildPool(1, _LIMITS, _PRELOADED, _PRELOADED_CLOSED, landlock=landlock, check=check_ofd)
        try:
            made = children.ask(len(pdf), ofd_in_child, pdf, made_on, tuple(sorted(forbidden)))
        finally:
            children.close_with_server()  # an idle service has no use for the 40 MB of fontTools and pypdf
    if isinstance(made, Crash):
        raise OfdNotMade(f"转换没有完成（{made.kind.name} {made.detail}）")
    if made is None:
        raise OfdNotMade("PDF 的内容不能转换")
    return made


def ofd_in_child(pdf: bytes, made_on: date, forbidden: tuple[str, ...]) -> OfdMade | None:
    """The OFD; None for a PDF of which none can be made."""
    from programs.ofd.convert import NoOfd, ofd_of  # in the child

    try:
        return ofd_of(pdf, made_on, forbidden)
    except NoOfd:
        return None


def check_ofd(answer: object) -> None:
    """Raises ValueError for an answer that `ofd_in_child` does not give."""
    if isinstance(answer, OfdMade):
        pictured = [page.page for page in answer.pictured]
        ordered = pictured == sorted(set(pictured)) and all(1 <= page <= answer.pages for page in pictured)
        if not (answer.data.startswith(_ZIP) and ordered and all(page.doubts for page in answer.pictured)):
            raise ValueError
