"""An office with a draft that has all that an article may have, for the tests of edited drafts."""

from __future__ import annotations

import hashlib
import io
from typing import Final

from PIL import Image

from service.issue.assemble import assemble
from service.issue.prepare import write_editors_note
from service.office import Office
from tests.support.ledger_rows import add_article, new_article
from tests.support.offices import bulletin
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

_UNITS: Final = "".join(
    f'\n[[bulletin.department]]\nname = "{name}"\n' for name in ("区教体局", "区市监局", "区卫健委")
)
CONFIG: Final = bulletin(more='first_number = 70\nsections = ["", "情况通报", "经验交流"]') + _UNITS
EDITOR: Final = "王编辑"
NOTE: Final = "本期刊发三篇做法，请各单位参阅。\n并结合实际抓好落实。"


def photograph(colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "PNG")
    return out.getvalue()


def picture(data: bytes, caption: str = "") -> Picture:
    return Picture(hashlib.sha256(data).hexdigest(), "image/png", 3_600_000, 2_400_000, "", caption)


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell(text) for text in row) for row in rows))


WIDE: Final = table(tuple(f"项目名称{n}" for n in range(1, 13)), tuple(f"第{n}季度" for n in range(1, 13)))
PHOTOGRAPH: Final = photograph()


def articles() -> list[tuple[str, str, Manuscript]]:
    """Section, department and text of each article."""

    def text(title: str, unit: str | None, *blocks: Block) -> Manuscript:
        return Manuscript((title,), unit, blocks, ("撰稿：李明",))

    return [
        (
            "",
            "区民政局",
            text(
                "多元社区居家养老服务体系建设成效明显",
                "区民政局",
                Paragraph("今年以来，区民政局聚焦老年人需求，新建社区食堂12个。"),
                Heading("一、完善服务网络", 1),
                Paragraph("投入资金1300万元，改造用房3600m2，\n覆盖社区56个。", (Mark(20, 21, "superscript"),)),
                Heading("（一）建强队伍", 2),
                Paragraph("培训护理人员320人次，持证上岗率达到95%。"),
                table(("街道", "食堂（个）"), ("东外街道", "3"), ("南外街道", "4")),
                Paragraph("下一步，将继续扩大服务覆盖面。"),
            ),
        ),
        (
            "",
            "区教体局",
            text(
                "学前教育普及普惠督导评估顺利通过",
                "区教体局",
                Paragraph("区教体局对照标准逐条整改，公办园在园幼儿占比达到57.6%。"),
                picture(PHOTOGRAPH, "幼儿园的孩子们在做早操"),
                Paragraph("各园各季度的情况见表1。"),
                Paragraph("表1 各季度情况表"),
                WIDE,
                Paragraph("督导组对此给予充分肯定。"),
                Paragraph("联系电话0797-8199917已向社会公布。"),
            ),
        ),
        (
            "",
            "区市监局",
            text(
                "推行包容审慎监管优化营商环境",
                "区市监局",
                Paragraph("区市监局推行免罚清单，涉及事项86项。"),
                Paragraph("累计为企业减免罚款240余万元。"),
            ),
        ),
        (
            "情况通报",
            "",
            text(
                "关于第三季度信息报送情况的通报",
                None,
                Paragraph("第三季度共收到稿件148篇，采用62篇。"),
                Paragraph("希望各单位提高报送质量。"),
            ),
        ),
    ]


def make_draft(office: Office) -> list[int]:
    """Writes the articles and their draft; returns the ids."""
    office.media.put_missing({hashlib.sha256(PHOTOGRAPH).hexdigest(): PHOTOGRAPH})
    for _, _, manuscript in articles():
        office.raws.put(f"letter with {manuscript.title}.docx".encode())
    with office.ledger.writing() as ledger:
        ids = [
            add_article(
                ledger,
                new_article(
                    manuscript.title,
                    manuscript=manuscript,
                    department=unit or None,
                    section=section,
                    text_sha256=manuscript.text_sha256,
                    received_at=office.now(),
                ),
            )
            for section, unit, manuscript in articles()
        ]
    write_editors_note(office, office.bulletin(None), NOTE, EDITOR)
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    return ids


def draft_bytes(office: Office) -> bytes:
    """The file of the open draft."""
    newest = max((office.data_dir / "issues").rglob("*.docx"), key=lambda path: int(path.stem.rpartition("-r")[2]))
    return newest.read_bytes()
