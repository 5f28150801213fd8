"""What an editor changes in an article: revisions of his own, proofread again, recorded, never over somebody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import article_changes, articles, revisions
from archive.articles import ArticleRecord
from archive.changes import changes_of
from intake.check.again import checked_again
from service.article.edit import (
    apply_all_fixes,
    apply_fix,
    edit_article,
    edit_title,
    put_back,
    restore_revision,
)
from service.office import Office
from service.register.register import register_of
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values import rules
from values.errors import BadUsage, Changed
from values.finding import Finding
from values.issue import ArticleStatus
from values.manuscript import Block, Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

LEFT_OUT = rules.COMMENT.finding("有 1 条批注没有收入。")


def written(
    office: Office, *blocks: Block, title: tuple[str, ...] = ("养老服务上台阶",), more: tuple[Finding, ...] = ()
) -> int:
    """An article of the 区民政局, proofread as at its reading; returns its id."""
    manuscript = Manuscript(title, "区民政局", blocks, ("撰稿：张敏",))
    with office.ledger.writing() as ledger:
        register = register_of(office, ledger, office.bulletin(BULLETIN))
        found = checked_again(manuscript, manuscript, more, "", "区民政局", register)
        return add_article(ledger, new_article("养老", manuscript=manuscript, findings=found))


def now(office: Office, article: int) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, article)


def index_of(record: ArticleRecord, rule: str) -> int:
    return next(at for at, one in enumerate(record.findings) if one.rule.name == rule)


def rule_names(record: ArticleRecord) -> list[str]:
    return [one.rule.name for one in record.findings]


def test_an_edit_is_a_revision_of_the_editors_own_proofread_again_and_recorded(office: Office) -> None:
    article = written(office, Paragraph("全区建成 12 个养老服务中心。"), more=(LEFT_OUT,))
    before = now(office, article)
    assert rule_names(before) == ["comment", "digit-space"]
    edited = replace(before.manuscript, blocks=(Paragraph("全区建成12个养老服务服务中心,方便老人。"),))
    after = edit_article(office, article, edited, "li", seen=before.version, why="核对过数字")
    assert (after.revision, after.made_by, after.manuscript) == (2, "li", edited)
    assert rule_names(after) == ["comment", "half-width-punctuation"]
    assert after.version > before.version
    with office.ledger.reading() as ledger:
        [change] = changes_of(ledger, "article", article)
        assert articles.revision_numbered(ledger, article, 1).manuscript == before.manuscript
        assert revisions.as_read(ledger, article) == before.manuscript
    assert (change.who, change.why) == ("li", "核对过数字")
    assert change.summary == f"稿件 {article}《养老服务上台阶》改了正文，成为第 2 稿"


def test_an_edit_that_changes_nothing_leaves_no_revision(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    before = now(office, article)
    assert edit_article(office, article, before.manuscript, "li", seen=before.version) == before


def test_edit_of_an_outdated_text_is_refused_and_writes_nothing(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    before = now(office, article)
    first = edit_title(office, article, "先改的标题", "li", seen=before.version)
    mine = replace(before.manuscript, blocks=(Paragraph("乙。"),))
    with pytest.raises(Changed):
        edit_article(office, article, mine, "wang", seen=before.version, typed_over=before.revision)
    assert now(office, article) == first


def test_decision_about_an_article_does_not_prevent_editing_its_text(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    before = now(office, article)
    with office.ledger.writing() as ledger:
        article_changes.change_status(
            ledger, articles.article_named(ledger, article), ArticleStatus.ADOPTED, who="wang", note="", at=AT
        )
    mine = replace(before.manuscript, blocks=(Paragraph("乙。"),))
    after = edit_article(office, article, mine, "li", seen=before.version, typed_over=before.revision)
    assert (after.manuscript, after.status) == (mine, ArticleStatus.ADOPTED)


def test_a_printed_article_is_not_edited_any_more(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    with office.ledger.writing() as ledger:
        article_changes.mark_published(ledger, article, who="li", note="", at=AT)
    with pytest.raises(BadUsage, match="刊发，不能再改"):
        edit_title(office, article, "另一个", "li", seen=None)


def test_a_new_title_keeps_its_lines_and_must_say_something(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    after = edit_title(office, article, " 养老服务 \r\n\r\n再上台阶 ", "li", seen=None)
    assert after.manuscript.title_lines == ("养老服务", "再上台阶")
    assert edit_title(office, article, "养老服务再上台阶", "li", seen=None).manuscript.title_lines == (
        "养老服务",
        "再上台阶",
    )
    with pytest.raises(BadUsage):
        edit_title(office, article, " \n ", "li", seen=None)


@pytest.mark.parametrize(
    ("block", "rule", "line"),
    [
        (Paragraph("全区建成 12 个中心。"), "digit-space", "全区建成12个中心。"),
        (Heading("一、主要做法。", 1), "heading-full-stop", "一、主要做法"),
        (Table(((Cell("项目"), Cell("台帐,新建")),)), "confusable-word", "项目\t台账,新建"),
        (Picture("0" * 64, "image/png", 1, 1, caption="图１：台帐"), "confusable-word", "图１：台账"),
        (Paragraph("2022年11月8日（星期三）开会。"), "weekday", "2022年11月8日（星期二）开会。"),
    ],
)
def test_a_fix_changes_the_very_characters_that_its_finding_points_at(
    office: Office, block: Block, rule: str, line: str
) -> None:
    article = written(office, Paragraph("第一段。"), block)
    before = now(office, article)
    after = apply_fix(office, article, index_of(before, rule), rule, "li", seen=before.version)
    assert after.manuscript.lines == ("第一段。", line)
    assert rule not in rule_names(after)


def test_a_fix_of_the_title_keeps_where_it_is_broken(office: Office) -> None:
    article = written(office, Paragraph("甲。"), title=("养老服务", "上台阶。"))
    before = now(office, article)
    after = apply_fix(office, article, index_of(before, "title-punctuation"), "title-punctuation", "li", seen=None)
    assert after.manuscript.title_lines == ("养老服务", "上台阶")


def test_a_fix_of_a_finding_that_is_not_there_any_more_is_refused(office: Office) -> None:
    article = written(office, Paragraph("全区建成 12 个中心。"))
    for index, rule in ((0, "dash"), (9, "digit-space"), (-1, "digit-space")):
        with pytest.raises(Changed):
            apply_fix(office, article, index, rule, "li", seen=None)


def test_a_finding_that_only_a_person_can_answer_has_no_fix(office: Office) -> None:
    article = written(office, Paragraph("电话13812345678。"))
    index = index_of(now(office, article), "personal-data")
    with pytest.raises(BadUsage):
        apply_fix(office, article, index, "personal-data", "li", seen=None)


def test_all_findings_of_a_rule_are_fixed_at_once_and_marks_stay_on_their_characters(office: Office) -> None:
    article = written(office, Paragraph("共 5 个，占地 300 米2，另 3 个。", (Mark(14, 15, "superscript"),)))
    after = apply_all_fixes(office, article, "digit-space", "li", seen=None)
    [block] = after.manuscript.blocks
    assert isinstance(block, Paragraph)
    assert block.text == "共5个，占地300米2，另3个。"
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["2"]
    assert after.revision == 2


def test_a_change_made_at_reading_can_be_undone_by_itself_and_others_keep_their_places(office: Office) -> None:
    changed = [
        rules.AUTO_FIXED.finding("已自动改正", 0, 1, 2, "原文： 5 ", replacement=" 5 "),
        rules.AUTO_FIXED.finding("已自动改正", 0, 6, 7, "原文：,", replacement=","),
    ]
    article = written(office, Paragraph("共5个。有丙，丁。"), more=tuple(changed))
    after = apply_fix(office, article, 0, "auto-fixed", "li", seen=None)
    assert after.manuscript.lines == ("共 5 个。有丙，丁。",)
    [left] = [one for one in after.findings if one.rule.name == "auto-fixed"]
    assert "共 5 个。有丙，丁。"[left.start : left.end] == "，"
    assert apply_fix(
        office, article, index_of(after, "auto-fixed"), "auto-fixed", "li", seen=None
    ).manuscript.lines == ("共 5 个。有丙,丁。",)


def test_an_earlier_revision_comes_back_as_a_new_one_with_its_file(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    before = now(office, article)
    with office.ledger.writing() as ledger:
        later = new_article("换稿", manuscript=replace(before.manuscript, blocks=(Paragraph("单位后来的。"),)))
        other = new_article("另一封")
        add_article(ledger, other)
        revisions.add_revision(ledger, before, 1, later, at=AT)
    edit_title(office, article, "改过的标题", "li", seen=None)
    after = restore_revision(office, article, 1, "li", seen=None)
    assert (after.revision, after.manuscript, after.made_by) == (4, before.manuscript, "li")
    assert (after.attachment, after.content_sha256) == (before.attachment, before.content_sha256)
    with pytest.raises(BadUsage):
        restore_revision(office, article, 9, "li", seen=None)


def test_a_line_kept_for_the_office_can_be_put_back_into_the_text(office: Office) -> None:
    article = written(office, Paragraph("甲。"))
    after = put_back(office, article, 0, "li", seen=None)
    assert (after.manuscript.lines, after.manuscript.house_lines) == (("甲。", "撰稿：张敏"), ())
    with pytest.raises(Changed):
        put_back(office, article, 0, "li", seen=None)
