"""One issue with everything that print has, as its archival PDF: LibreOffice takes seconds, so all tests share it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from assembler.typeset import typeset
from programs.libreoffice import ConversionLimits
from programs.pdf_archival import archival_pdf_of
from tests.support.issues import TEMPLATE, article, issue
from values.manuscript import Cell, Heading, Paragraph, Picture, Table

LIMITS: Final = ConversionLimits(seconds=180)
_SENTENCE: Final = "章贡区深化放管服改革持续优化营商环境全力打造五型政府"
_GLASS: Final = "a" * 64
_PHOTOGRAPH: Final = "b" * 64
_NOTICE: Final = Table(
    tuple(tuple(map(Cell, row)) for row in (("序号", "单位名称", "通报事项"), ("1", "水西镇", _SENTENCE * 2))), (), 1
)
TITLES: Final = ("普惠金融改革推动惠企政策落地见效", "贯彻落实《优化营商环境条例》取得ISO9001认证", "全区工作通报")


def _picture(sha256: str) -> bytes:
    """A photograph without edges; for the other one a PNG of which a half is transparent."""
    out = io.BytesIO()
    if sha256 == _PHOTOGRAPH:
        Image.radial_gradient("L").resize((300, 200)).convert("RGB").save(out, "JPEG", quality=85)
    else:
        glass = Image.new("RGBA", (120, 60), (0, 90, 200, 255))
        glass.paste((0, 90, 200, 60), (60, 0, 120, 60))
        glass.save(out, "PNG")
    return out.getvalue()


def rich_issue() -> bytes:
    """The .docx of the issue: four pages with headings, Latin words, a table, a photograph, a transparent picture."""
    body = article(
        1,
        Heading("一、加大服务供给", 1),
        Paragraph(_SENTENCE * 12),
        Heading("（一）拓宽信贷渠道", 2),
        Paragraph(f"今年以来，新增贷款20412.9万元，GDP增长“5.6%”——{_SENTENCE}"),
        title=(TITLES[0],),
    )
    pictures = article(
        2,
        Paragraph(_SENTENCE * 3),
        Picture(_PHOTOGRAPH, "image/jpeg", 4_000_000, 2_600_000, caption="图1 办事大厅", description="办事大厅的照片"),
        Picture(_GLASS, "image/png", 2_000_000, 1_000_000),
        title=(TITLES[1],),
        department="区教体局",
    )
    notice = article(3, _NOTICE, section="情况通报", byline=None, title=(TITLES[2],))
    return typeset(issue(body, pictures, notice), TEMPLATE, _picture)


@pytest.fixture(scope="session")
def archival_pdf(soffice: Path) -> bytes:
    """The PDF of `rich_issue` as a sign-off makes it."""
    return archival_pdf_of(rich_issue(), soffice, LIMITS)
