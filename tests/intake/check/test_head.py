"""Title and byline."""

from __future__ import annotations

from tests.support.manuscripts import BODY, TITLE, centred, large, plain, read
from tests.support.proofs import article, findings, findings_in, rule_names
from values.finding import Severity


def test_title_that_ends_with_a_full_stop_is_found() -> None:
    [finding] = findings(article(BODY, title=TITLE + "。"))
    assert (finding.rule.name, finding.paragraph, finding.suggestion) == ("title-punctuation", None, TITLE)


def test_alias_in_the_byline_is_found_and_the_canonical_name_suggested() -> None:
    [finding] = findings(article(BODY, byline="区教育局"))
    assert (finding.rule.name, finding.severity, finding.suggestion) == (
        "byline-not-canonical",
        Severity.WARNING,
        "区教体局",
    )


def test_byline_of_another_department_than_the_sender_is_found() -> None:
    [finding] = findings(article(BODY), "区民政局")
    assert finding.rule.name == "byline-other-department"
    assert "区教体局" in finding.message
    assert "区民政局" in finding.message
    assert rule_names(article(BODY), None) == []


def test_byline_nobody_registered_is_found() -> None:
    assert rule_names(article(BODY, byline="区林业局")) == ["byline-unknown"]


def test_ordinary_article_needs_a_byline_and_a_notice_does_not() -> None:
    [finding] = findings(read(large(TITLE) + plain(BODY)))
    assert (finding.rule.name, finding.suggestion) == ("no-byline", "请在标题下署名“区教体局”。")
    assert rule_names(read(plain("【情况通报】") + large(TITLE) + plain(BODY))) == []


def test_article_without_a_title_and_without_a_body_are_errors() -> None:
    untitled = read(centred("区教体局") + plain(BODY, BODY.replace("园", "学")))
    severities = {finding.rule.name: finding.severity for finding in findings(untitled)}
    assert severities == {"title-missing": Severity.WARNING, "no-title": Severity.ERROR}
    assert rule_names(read(large(TITLE) + centred("区教体局"))) == ["no-body"]


def test_title_has_limits_and_no_title_marks() -> None:
    rules = [one.rule.name for one in findings_in("内容充实。", title="《" + "长" * 50 + "》")]
    assert rules == ["title-length", "title-marks"]
