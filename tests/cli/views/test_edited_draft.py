"""What taking over an edited draft would change, as a terminal shows it."""

from __future__ import annotations

from datetime import date

from archive import issues
from cli.base.output_parts import OutputLine
from cli.views.edited_draft import proposal_lines
from service.edited_draft.proposal import EditKind, Proposal, ProposedEdit, ProposedNote
from service.issue.assemble import assemble
from service.office import Office
from tests.support.offices import hand_in
from values.manuscript import Manuscript, Paragraph, Picture


def test_each_change_is_a_line_and_what_is_equal_is_none(office: Office) -> None:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    with office.ledger.reading() as ledger:
        [draft] = issues.issues(ledger)
    before = Manuscript(("甲",), None, (Paragraph("同。"), Paragraph("有三百人。")))
    after = Manuscript(
        ("甲",), None, (Paragraph("同。"), Paragraph("有五百人。"), Picture("a" * 64, "image/png", 1, 1))
    )
    edit = ProposedEdit(
        "1",
        EditKind.CHANGED,
        "甲",
        1,
        before=before,
        after=after,
        current=Manuscript(("乙",), None, before.blocks),
        conflict="已有第 2 稿",
        section="情况通报",
        moved=True,
        department="区民政局",
        remarks=("请核。",),
        notices=("改动的颜色没有保留",),
    )
    proposal = Proposal(
        draft,
        1,
        (edit,),
        moved=True,
        note=ProposedNote(("旧。",), ("新。",)),
        dated=date(2022, 11, 10),
        notices=("旧稿",),
    )
    lines = [
        "".join(part.text for part in shown.parts)
        for shown in proposal_lines(proposal)
        if isinstance(shown, OutputLine)
    ]
    assert lines == [
        "！旧稿。",
        "[1] 《甲》改了文字，在“情况通报”（有冲突：已有第 2 稿；用 --take 选定才改）",
        "  − 有三百人。",
        "  ＋ 有五百人。",
        "  ＋ 图片",
        "  单位：区民政局",
        "  送审稿之后台账里的改动：",
        "  ＋ 乙",
        "  − 甲",
        "  留言：请核。",
        "  ！改动的颜色没有保留。",
        "[order] 先后：1.《甲》",
        "[note] 按语",
        "  − 旧。",
        "  ＋ 新。",
        "[date] 印发日期：2022-11-10",
    ]
