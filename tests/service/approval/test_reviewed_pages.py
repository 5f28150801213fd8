"""The pages of a draft that is put forward."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from service.approval.reviewed_pages import pages_of_draft
from service.issue.drafted import drafted_issue
from service.issue.page_renderer import NotLaidOut, PageRenderer
from service.office import Office
from tests.support.approvals import (
    draft_of,
    forward,
)
from tests.support.pdf import lines, pdf


def test_pages_are_those_of_the_draft_and_need_libreoffice(office: Office) -> None:
    forward(office)
    with office.ledger.reading() as ledger:
        now = drafted_issue(ledger, office.bulletin(None), draft_of(office))
    made: list[bytes] = []

    def lay_out(docx: bytes) -> bytes:
        made.append(docx)
        return pdf(lines("第一页"))

    renderer = PageRenderer(lay_out)
    with pytest.raises(NotLaidOut, match="没有安装 LibreOffice"):
        pages_of_draft(office, renderer, office.bulletin(None), now)
    with_office = replace(office, soffice=Path("/usr/bin/soffice"))
    pages = pages_of_draft(with_office, renderer, office.bulletin(None), now)
    assert pages.startswith(b"%PDF")
    assert pages_of_draft(with_office, renderer, office.bulletin(None), now) == pages
    assert len(made) == 1
    renderer.close()
