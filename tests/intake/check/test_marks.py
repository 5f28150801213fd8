"""Punctuation marks: what is found, and what is right as it stands."""

from __future__ import annotations

import pytest

from tests.support.proofs import marked_findings, words


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["推行“一站式服务。"], ["“"]),
        (["推行一站式”服务。"], ["”"]),
        (["印发《实施意见》》，落实到位。"], ["》"]),
        (["（含税。"], ["（"]),
        (["“甲《乙”丙》。"], ["《", "》"]),
        (["推行”一站式“服务。"], ["”", "“"]),
        (["【通报】（甲）“乙‘丙’”《丁〈戊〉》。"], []),
        (["措施：1）甲；2）乙；（3）丙。"], []),
        (["他说：“第一段。", "“第二段。”"], []),
        (["他说：“第一段。", "第二段。"], ["“"]),
        (["（甲)，乙(丙）。"], []),
        (["提倡don’t worry的心态。"], []),
    ],
)
def test_marks_that_do_not_open_and_close_are_found(lines: list[str], expected: list[str]) -> None:
    assert words(*lines, rule="unpaired") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“要把“五型”建设抓好”。", [("nesting", "“", "‘’")]),
        ("印发《关于〈条例〉的通知》。", []),
        ("印发《关于《条例》的通知》。", [("nesting", "《", "〈〉")]),
        ("他说：“要抓好‘五型’建设”，又说“好”。", []),
    ],
)
def test_marks_within_marks_of_their_kind_are_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert marked_findings(text, rule="nesting") == expected


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("comma-between-marks", "《甲》、《乙》和“丙”、“丁”。", ["、", "、"]),
        ("comma-between-marks", "《甲》《乙》，《丙》（修订）、《丁》。", []),
        ("dash", "幸福食堂--老人的家，又一个———家。", ["--", "———"]),
        ("dash", "幸福食堂——老人的家，赣州—深圳高铁，A--B。", []),
        ("ellipsis", "路灯、车位...等等。树枝…谁来剪。。。", ["...", "…", "。。。"]),
        ("ellipsis", "路灯……车位…………见 https://example.org/a...b。", []),
        ("doubled-mark", "加强管理，，提高效能。。又，。", ["，，", "。。", "，。"]),
        ("file-number", "依据章府办发[2022]15号和章府发（2021）3号文件。", ["[2022]15号", "（2021）3号"]),
        ("file-number", "依据章府办发〔2022〕第15号、章府发〔2022〕07号。", ["〔2022〕第15号", "〔2022〕07号"]),
        ("file-number", "依据章府办发〔2022〕15号。", []),
    ],
)
def test_mark_is_found_where_it_is_wrong_and_only_there(rule: str, text: str, expected: list[str]) -> None:
    assert words(text, rule=rule) == expected


def test_suggestions_are_what_should_stand_there() -> None:
    assert marked_findings("章发[2022]15号，共１２家，占 3 成--很好…好。") == [
        ("file-number", "[2022]15号", "〔2022〕15号"),
        ("full-width-characters", "１２", "12"),
        ("dash", "--", "——"),
        ("ellipsis", "…", "……"),
        ("digit-space", " 3 ", "3"),
    ]
