"""The printed issue: every finding in its four articles, and nothing else, as a proofreader would mark it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.proofs import findings_in

MANUSCRIPTS = Path(__file__).parents[3] / "demo" / "manuscripts"
TORN = (
    ("截至目前，累计兑现", "截至目前，\n累计兑现"),
    ("5000 余家专业投资机构", "5000 余家专业\n投资机构"),
    ("把居家和社区养老服务用房", "把居家\n和社区养老服务用房"),
)
"""Where the printed issue breaks off: the manuscripts of the demonstration have these paragraphs whole."""
EXPECTED = {
    "01-jtj": [("byline-not-canonical", "")],
    "02-rsj": [
        ("stray-break", "，"),
        ("digit-space", "4912.5"),
        ("digit-space", "20412.9"),
    ],
    "03-jrfwzx": [
        ("digit-space", "82"),
        ("digit-space", "10"),
        ("digit-space", "23"),
        ("digit-space", "96"),
        ("digit-space", "152"),
        ("digit-space", "9.6"),
        ("digit-space", "1687"),
        ("digit-space", "34.8"),
        ("digit-space", "5000"),
        ("stray-break", "业"),
        ("digit-space", "90"),
        ("digit-space", "120"),
        ("digit-space", "2000"),
        ("digit-space", "10"),
    ],
    "04-mzj": [
        ("range-hyphen", "2019-2021"),
        ("digit-space", "2021"),
        ("digit-space", "1300"),
        ("digit-space", "54"),
        ("digit-space", "6"),
        ("stray-break", "家"),
        ("relative-date", "目前"),
        ("mixed-words", "制订"),
        ("relative-date", "目前"),
    ],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_article_of_the_printed_issue_has_exactly_these_findings(name: str) -> None:
    text = (MANUSCRIPTS / f"{name}.txt").read_text(encoding="utf-8")
    for whole, torn in TORN:
        text = text.replace(whole, torn)
    title, byline, *lines = text.splitlines()
    findings = sorted(
        findings_in(*lines, title=title, byline=byline), key=lambda one: (one.paragraph or 0, one.start or 0)
    )
    quoted = [
        (one.rule.name, "" if one.paragraph is None else lines[one.paragraph][one.start : one.end].strip())
        for one in findings
    ]
    assert quoted == EXPECTED[name]


def test_every_torn_paragraph_of_the_printed_issue_is_in_the_test() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in MANUSCRIPTS.glob("0*.txt"))
    assert all(whole in texts for whole, _ in TORN)
