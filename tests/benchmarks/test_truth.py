"""truth.json beside manuscripts: what is compared, and that a wrong key is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.truth import Expected, differences, truths_in
from intake.outcome import ReadArticle
from values.manuscript import Manuscript, Paragraph
from values.rules import NO_BYLINE

MANUSCRIPT = Manuscript(("标题", "第二行"), "区民政局", (Paragraph("正文。"),), ("撰稿：张敏",))
ARTICLE = ReadArticle(MANUSCRIPT, (NO_BYLINE.finding("…"),), (), "区民政局", "", "a.docx", "", "")
RIGHT = Expected(
    title="标题第二行",
    byline="区民政局",
    text=("正文。",),
    contains=("正文",),
    absent=("目录",),
    house=("撰稿：张敏",),
    rules=("no-byline",),
    no_rules=("no-title",),
)


def test_article_as_expected_has_no_differences() -> None:
    assert list(differences(ARTICLE, RIGHT)) == []
    assert list(differences(ARTICLE, Expected())) == []


def test_each_difference_names_its_key_and_what_was_read() -> None:
    wrong = Expected("题", "", ("区教体局",), ("无",), ("无",), ("正文",), ("正文。",), ("no-title",), ("no-byline",))
    keys = [key for key, _ in differences(ARTICLE, wrong)]
    assert keys == ["title", "byline", "departments", "text", "contains", "absent", "house", "rules", "no_rules"]
    assert next(differences(ARTICLE, replace(RIGHT, title="题"))) == ("title", "标题第二行")


def test_truths_are_read_from_folders_and_a_wrong_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "truth.json").write_text(
        json.dumps({"a.docx": {"title": "题", "house": ["行"]}}), encoding="utf-8"
    )
    assert truths_in(tmp_path) == {tmp_path / "甲" / "a.docx": Expected(title="题", house=("行",))}
    with pytest.raises(ValueError, match="titel"):
        Expected.of({"titel": "题"})
