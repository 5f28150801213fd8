"""What an editor decided about a finding stands in later texts, is counted no more, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import articles, revisions
from archive.articles import ArticleRecord
from archive.changes import changes_of
from service.article.edit import apply_all_fixes, edit_article
from service.article.settle_finding import SettlementRequest, settle_finding, settle_numbered, settle_rule
from service.office import Office
from tests.service.article.test_edit import index_of, now, written
from tests.support.ledger_rows import AT, new_article
from values.errors import BadUsage, Changed
from values.finding import FindingState
from values.manuscript import Paragraph

DISMISSED, CHECKED, OPEN = FindingState.DISMISSED, FindingState.CHECKED, FindingState.OPEN


def states(record: ArticleRecord) -> dict[str, str]:
    return {finding.rule.name: finding.state.value for finding in record.findings}


def settled(office: Office, article: int, rule: str, state: FindingState = DISMISSED) -> ArticleRecord:
    index = index_of(now(office, article), rule)
    return settle_finding(office, SettlementRequest(article, state, "王编辑"), index, rule)


def test_decision_stands_in_an_edited_text_and_in_the_next_letter(office: Office) -> None:
    article = written(office, Paragraph("一是建立台帐制度，共 5 家。"))
    after = settled(office, article, "confusable-word")
    assert states(after) == {"confusable-word": "dismissed", "digit-space": "open"}
    assert [finding.settlement and finding.settlement.who for finding in after.findings].count("王编辑") == 1
    edited = replace(after.manuscript, blocks=(Paragraph("开头。"), Paragraph("一是建立台帐制度，共5家。")))
    assert states(edit_article(office, article, edited, "li", seen=None)) == {"confusable-word": "dismissed"}
    with office.ledger.writing() as ledger:
        current = articles.article_named(ledger, article)
        new = replace(new_article("养老"), manuscript=current.manuscript, findings=current.findings)
        revisions.add_revision(ledger, current, 1, new, at=AT)
    assert states(now(office, article)) == {"confusable-word": "dismissed"}


def test_other_words_open_it_again(office: Office) -> None:
    article = written(office, Paragraph("一是建立台帐制度。"))
    before = settled(office, article, "confusable-word", CHECKED)
    assert states(before) == {"confusable-word": "checked"}
    edited = replace(before.manuscript, blocks=(Paragraph("一是撤销台帐目录。"),))
    assert states(edit_article(office, article, edited, "li", seen=None)) == {"confusable-word": "open"}


def test_record_says_who_and_the_decision_can_be_taken_back(office: Office) -> None:
    article = written(office, Paragraph("一是建立台帐制度。"))
    version = now(office, article).version
    assert settled(office, article, "confusable-word").version > version
    assert states(settled(office, article, "confusable-word", OPEN)) == {"confusable-word": "open"}
    with office.ledger.reading() as ledger:
        back, first = changes_of(ledger, "article", article)
    quoted = "“台帐”应为“台账”"
    assert (first.who, first.summary) == ("王编辑", f"稿件 {article}《养老服务上台阶》的审校意见标为忽略：{quoted}")
    assert back.summary == f"稿件 {article}《养老服务上台阶》的审校意见改回未处理：{quoted}"


def test_finding_that_is_not_there_or_was_not_seen_is_refused(office: Office) -> None:
    article = written(office, Paragraph("一是建立台帐制度。"))
    request = SettlementRequest(article, DISMISSED, "王编辑")
    with pytest.raises(Changed):
        settle_finding(office, request, 0, "weekday")
    with pytest.raises(Changed):
        settle_finding(office, replace(request, seen=99), 0, "confusable-word")
    with pytest.raises(BadUsage, match="没有意见 7"):
        settle_numbered(office, request, [1, 7])
    assert states(now(office, article)) == {"confusable-word": "open"}


def test_all_of_a_rule_are_settled_at_once_and_not_fixed_with_the_others(office: Office) -> None:
    article = written(office, Paragraph("共 5 家。"), Paragraph("另 6 人。"), Paragraph("又 7 辆。"))
    settle_numbered(office, SettlementRequest(article, DISMISSED, "王编辑"), [2])
    assert apply_all_fixes(office, article, "digit-space", "li", seen=None).manuscript.lines == (
        "共5家。",
        "另 6 人。",
        "又7辆。",
    )
    more = written(office, Paragraph("共 5 家。"), Paragraph("另 6 人。"), title=("另一篇稿件",))
    after = settle_rule(office, SettlementRequest(more, CHECKED, "王编辑"), "digit-space")
    assert [finding.state for finding in after.findings] == [CHECKED, CHECKED]
