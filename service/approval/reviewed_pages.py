"""The pages of a draft that is put forward, as PDF."""

from __future__ import annotations

from typing import Final

from assembler.typeset import typeset
from service.issue.drafted import DraftedIssue
from service.issue.page_renderer import NotLaidOut, PageRenderer, RenderedPages, RenderingFailed
from service.issue.planning import template_of
from service.office import Office
from settings.model import BulletinSettings

_LAYOUT_SECONDS: Final = 90.0
"""How long a download waits for the pages: LibreOffice takes 10 s for a long issue on a slow machine."""


def pages_of_draft(office: Office, renderer: PageRenderer, bulletin: BulletinSettings, drafted: DraftedIssue) -> bytes:
    """The PDF of what the draft prints. Raises NotLaidOut without LibreOffice and where it fails; BadTemplate."""
    if office.soffice is None:
        raise NotLaidOut("没有安装 LibreOffice，做不出 PDF。")
    key = f"{bulletin.id}-{drafted.draft.id}-{drafted.draft.revision}"
    template = template_of(bulletin)
    renderer.request(f"{bulletin.id} approval", key, lambda: typeset(drafted.issue, template, office.media.read))
    rendering = renderer.wait_for(key, _LAYOUT_SECONDS)
    if not isinstance(rendering, RenderedPages):
        raise NotLaidOut(
            rendering.why if isinstance(rendering, RenderingFailed) else "版面还没有排好，请过一会儿再下载。"
        )
    return rendering.pdf
