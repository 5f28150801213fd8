"""An edited draft compared with the one that was sent: article by article."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title
from service.edited_draft.proposal import EditKind, Proposal
from service.issue.arrange import move_article
from service.issue.assemble import assemble, discard
from service.issue.prepare import write_editors_note
from service.issue.sign_off import sign_off
from service.office import Office
from tests.service.edited_draft.conftest import Propose
from tests.support.draft_edits import (
    OpenedDraft,
    W,
    add_after,
    comment,
    copies,
    edited,
    opened,
    paragraph,
    put_words,
    remove,
    retype,
    swap,
    table_element,
    text_of,
    track_insertion,
    without_marks,
)
from tests.support.draft_office import EDITOR, draft_bytes
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.manuscript import Paragraph, Table


def kinds(made: Proposal) -> dict[str, EditKind]:
    return {edit.key: edit.kind for edit in made.edits if edit.kind is not EditKind.SAME}


def changed_words(made: Proposal, place: int) -> list[str]:
    return [part.text for row in made.edits[place].rows for part in (*row.before, *row.after) if part.changed]


def test_draft_that_nobody_has_edited_changes_nothing(office: Office, propose: Propose) -> None:
    for data in (draft_bytes(office), without_marks(draft_bytes(office))):
        made = propose(data)
        assert (made.is_empty, made.changed, made.notices) == (True, (), ())


@pytest.mark.parametrize("marked", [True, False])
def test_changed_words_are_of_their_article_alone(
    office: Office, propose: Propose, ids: list[int], marked: bool
) -> None:
    base = draft_bytes(office) if marked else without_marks(draft_bytes(office))
    made = propose(edited(base, lambda draft: put_words(draft.paragraphs(3)[0], 4, "大力")))
    assert kinds(made) == {str(ids[2]): EditKind.CHANGED}
    assert changed_words(made, 2) == ["大力"]
    assert made.edits[2].after is not None
    assert made.edits[2].after.house_lines == ("撰稿：李明",)


def test_title_typed_over_keeps_its_article_and_the_rest_of_it(
    office: Office, propose: Propose, ids: list[int]
) -> None:
    made = propose(edited(draft_bytes(office), lambda draft: retype(draft.article(1)[0], "养老服务有新招")))
    assert kinds(made) == {str(ids[0]): EditKind.CHANGED}
    before, after = made.edits[0].before, made.edits[0].after
    assert before is not None
    assert after is not None
    assert (after.title_lines, after.blocks) == (("养老服务有新招",), before.blocks)


def test_tracked_changes_are_taken_as_accepted(office: Office, propose: Propose) -> None:
    made = propose(edited(draft_bytes(office), lambda draft: track_insertion(draft.paragraphs(3)[1], "以后续报。")))
    assert changed_words(made, 2) == ["以后续报。"]


def test_only_touched_blocks_are_other_values(office: Office, propose: Propose) -> None:
    """The paragraph with a line break and a raised figure, the caption and the wide table stay as they are."""

    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 0, "近日，")
        put_words(draft.paragraphs(2)[0], 0, "近日，")

    made = propose(edited(draft_bytes(office), edit))
    for place in (0, 1):
        before, after = made.edits[place].before, made.edits[place].after
        assert before is not None
        assert after is not None
        assert after.blocks[1:] == before.blocks[1:]


def test_paragraph_and_table_between_two_articles_belong_to_the_one_above(office: Office, propose: Propose) -> None:
    def edit(draft: OpenedDraft) -> None:
        add_after(draft.article(3)[-1], paragraph("补充一段。"), table_element(("街道", "户数"), ("东外", "3")))

    after = propose(edited(draft_bytes(office), edit)).edits[2].after
    assert after is not None
    assert after.blocks[-2] == Paragraph("补充一段。")
    assert isinstance(after.blocks[-1], Table)


def test_article_typed_between_two_others_is_added(office: Office, propose: Propose) -> None:
    def edit(draft: OpenedDraft) -> None:
        new = (paragraph("卫健工作简讯", "ArticleTitle"), paragraph("区卫健委", "Byline"), paragraph("开展义诊。"))
        add_after(draft.article(1)[-1], *new)

    made = propose(edited(draft_bytes(office), edit))
    [added] = [made_edit for made_edit in made.edits if made_edit.kind is EditKind.ADDED]
    assert (added.key, added.title, added.department, made.edits.index(added)) == ("n1", "卫健工作简讯", "区卫健委", 1)
    assert added.after is not None
    assert added.after.blocks == (Paragraph("开展义诊。"),)


def test_article_that_was_deleted_is_to_be_held(office: Office, propose: Propose, ids: list[int]) -> None:
    made = propose(edited(draft_bytes(office), lambda draft: remove(draft.article(2))))
    assert kinds(made) == {str(ids[1]): EditKind.LEFT_OUT}


@pytest.mark.parametrize("marked", [True, False])
def test_articles_that_change_places_are_moved_and_not_changed(office: Office, propose: Propose, marked: bool) -> None:
    base = draft_bytes(office) if marked else without_marks(draft_bytes(office))
    made = propose(edited(base, lambda draft: swap(draft, 1, 2)))
    assert (kinds(made), made.moved, sum(edit.moved for edit in made.edits)) == ({}, True, 1)


def test_note_and_date_are_read_and_other_furniture_is_named(office: Office, propose: Propose) -> None:
    def edit(draft: OpenedDraft) -> None:
        lines = [element for element in draft.body.iter() if element.tag.endswith("}p")]
        put_words(next(line for line in lines if text_of(line).startswith("【编者按】")), 5, "编者注：")
        masthead = next(line for line in lines if text_of(line).endswith("办公室2022年11月8日"))
        retype(masthead, "区“五型”政府建设领导小组办公室 2022年11月10日")
        retype(next(line for line in lines if text_of(line) == "第70期"), "第71期")

    made = propose(edited(draft_bytes(office), edit))
    assert made.note is not None
    assert made.note.after == ("编者注：本期刊发三篇做法，请各单位参阅。", "并结合实际抓好落实。")
    assert made.dated == date(2022, 11, 10)
    assert made.notices == ("目录、报头、送审单和版记里的改动没有读入：“第71期”",)


def test_comments_of_the_editor_are_notes_at_their_article(office: Office, propose: Propose) -> None:
    made = propose(comment(draft_bytes(office), "数字请再核。", on="投入资金1300万元"))
    assert made.edits[0].remarks == (
        "送审稿上的批注（王编辑）“投入资金1300万元，改造用房3600m2，\n覆盖社区56个。”：数字请再核。".replace("\n", ""),
    )
    assert made.picked == {made.edits[0].key}


def test_formatting_of_characters_is_dropped_and_said(office: Office, propose: Propose) -> None:
    base = draft_bytes(office)

    def edit(draft: OpenedDraft) -> None:
        for run in draft.paragraphs(3)[0].iter():
            if run.tag.endswith("}rPr"):
                colour = run.makeelement(run.tag.replace("}rPr", "}color"), {run.tag.replace("}rPr", "}val"): "FF0000"})
                run.append(colour)

    made = propose(edited(base, edit))
    assert made.is_empty
    assert made.edits[2].notices == ("改动的颜色没有保留：一律按本刊样式排",)


def test_unknown_unit_in_a_byline_is_not_taken(office: Office, propose: Propose) -> None:
    made = propose(edited(draft_bytes(office), lambda draft: retype(draft.article(1)[1], "区民政部")))
    assert made.is_empty
    assert made.edits[0].notices == ("署名改成了“区民政部”：名录里没有这个单位，没有改",)
    known = propose(edited(draft_bytes(office), lambda draft: retype(draft.article(1)[1], "区卫健委")))
    assert known.edits[0].department == "区卫健委"


def test_article_that_was_changed_meanwhile_is_a_conflict(office: Office, propose: Propose, ids: list[int]) -> None:
    base = draft_bytes(office)
    edit_title(office, ids[2], "监管有温度", "李编辑", seen=None)
    decide(office, DecisionRequest(ids[0], ArticleStatus.HELD, "李编辑"))
    write_editors_note(office, office.bulletin(None), "另写的按语。", "李编辑")

    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(3)[0], 4, "大力")
        put_words(draft.paragraphs(1)[0], 0, "近日，")
        put_words(next(line for line in draft.body if text_of(line).startswith("并结合实际")), 0, "请")

    made = propose(edited(base, edit))
    conflicts = {edit.key: edit.conflict for edit in made.edits if edit.conflict}
    assert conflicts == {str(ids[0]): "送审稿之后已改为留用", str(ids[2]): "送审稿之后已有第 2 稿（李编辑）"}
    assert [part.text for row in made.edits[2].rows_since for part in row.after if part.changed] == ["监管有温度"]
    assert made.note is not None
    assert made.note.conflict == "送审稿之后按语已改过"
    assert made.picked == frozenset()


def test_older_draft_is_named_and_compared_with_its_own_texts(office: Office, propose: Propose, ids: list[int]) -> None:
    base = draft_bytes(office)
    edit_title(office, ids[2], "监管有温度", "李编辑", seen=None)
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    made = propose(edited(base, lambda draft: put_words(draft.paragraphs(1)[0], 0, "近日，")))
    assert made.notices == ("这是第 1 稿，现在已有第 2 稿",)
    assert kinds(made) == {str(ids[0]): EditKind.CHANGED}


def test_files_that_are_no_open_draft_are_refused_by_name(office: Office, propose: Propose) -> None:
    base = draft_bytes(office)
    stranger = opened(without_marks(base))
    remove([element for element in stranger.body if "送审稿" in text_of(element)])
    headers = {name: data for name, data in stranger.parts.items() if name.startswith("word/header")}
    stranger.parts.update({name: data.replace("送审稿".encode(), b"") for name, data in headers.items()})
    without_name = stranger.saved()
    with pytest.raises(BadUsage, match="这不是本机编排的送审稿"):
        propose(without_name)
    with pytest.raises(BadUsage, match="这是另一份刊物（zonghe）的送审稿"):
        propose(_with_identity(base, "zonghe/running/70/1"))
    with pytest.raises(BadUsage, match="台账里没有这一稿"):
        propose(_with_identity(base, "wuxing/running/70/9"))
    with pytest.raises(BadUsage, match="PDF"):
        propose(b"%PDF-1.7 nothing")
    sign_off(office, office.bulletin(None), 70, EDITOR)
    with pytest.raises(BadUsage, match="第70期已签发"):
        propose(base)


def test_discarded_draft_is_refused(office: Office, propose: Propose) -> None:
    base = draft_bytes(office)
    discard(office, office.bulletin(None), 70, EDITOR)
    with pytest.raises(BadUsage, match="第70期已作废"):
        propose(base)


def test_draft_that_has_the_number_of_another_one_since_a_restore_is_refused(
    office: Office, propose: Propose, ids: list[int]
) -> None:
    base = draft_bytes(office)
    identity = opened(base).parts["docProps/custom.xml"].partition(b"wuxing/running/70/1/")[2][:12].decode()
    with pytest.raises(BadUsage, match="这个文件改自另一份第70期第 1 稿"):
        propose(_with_identity(base, "wuxing/running/70/1", content=(identity, "0" * 12)))
    older = _with_identity(base, "wuxing/running/70/1", content=(f"/{identity}", ""))
    assert propose(older).is_empty


def test_section_of_corrections_is_a_section_like_any_other(office: Office, propose: Propose, ids: list[int]) -> None:
    move_article(office, ids[2], "李编辑", section="更正")
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    base = draft_bytes(office)
    assert propose(base).is_empty
    made = propose(edited(base, lambda draft: put_words(draft.article(4)[2], 0, "近日，")))
    assert (kinds(made), made.notices) == ({str(ids[2]): EditKind.CHANGED}, ())
    assert [edit.section for edit in made.edits] == ["", "", "情况通报", "更正"]


@pytest.mark.parametrize("status", [ArticleStatus.HELD, ArticleStatus.REJECTED])
def test_article_that_the_ledger_has_and_the_issue_not_is_put_back(
    office: Office, propose: Propose, ids: list[int], status: ArticleStatus
) -> None:
    base = draft_bytes(office)
    decide(office, DecisionRequest(ids[2], status, "李编辑", "不用"))
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    pasted = list(copies(opened(base).article(3)))
    made = propose(edited(draft_bytes(office), lambda draft: add_after(draft.article(1)[-1], *pasted)))
    assert kinds(made) == {str(ids[2]): EditKind.PUT_BACK}
    assert made.picked == {str(ids[2]), "order"}


def test_text_that_stands_in_the_file_twice_is_no_second_article(office: Office, propose: Propose) -> None:
    base = draft_bytes(office)
    pasted = list(copies(opened(base).article(3)))
    made = propose(edited(base, lambda draft: add_after(draft.article(1)[-1], *pasted)))
    assert [edit.kind for edit in made.edits if edit.changes] == [EditKind.ADDED]


def test_comment_on_the_imprint_is_at_no_article(office: Office, propose: Propose) -> None:
    base = draft_bytes(office)
    imprint = next(line for line in opened(base).body if _begins_the_end(line))
    words = next(text_of(line) for line in imprint.iter(W + "p") if text_of(line))
    made = propose(comment(base, "电话已换。", on=words))
    assert [edit.remarks for edit in made.edits if edit.remarks] == []
    assert made.notices == (f"送审稿上的批注（王编辑）“{words}”：电话已换。",)


def _begins_the_end(element: etree._Element) -> bool:
    return any(mark.get(W + "name") == "articlesEnd" for mark in element.iter(W + "bookmarkStart"))


def _with_identity(docx: bytes, identity: str, content: tuple[str, str] = ("", "")) -> bytes:
    """content: the digits that are replaced, and the others."""
    draft = opened(docx)
    name = "docProps/custom.xml"
    named = draft.parts[name].replace(b"wuxing/running/70/1", identity.encode())
    draft.parts[name] = named.replace(content[0].encode(), content[1].encode()) if content[0] else named
    return draft.saved()
