"""The handbook names everything that `rebuild` cannot make again: each table of the ledger is one or the other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from archive.schema import metadata
from intake.pool import ReadingPool
from service.office import DATABASE
from service.rebuilding.rebuild import rebuild
from settings.load import load_settings
from tests.support.desk_routes import rows_of
from tests.support.offices import Clock, office_at
from tests.support.printed_office import TUESDAY, fill_printed_office, write_printed_config

HANDBOOK: Final = Path(__file__).parents[3] / "docs" / "maintainer" / "service.zh-CN.md"
LOST: Final = {
    "用户": "account invitation second_factor recovery_code desk_session login_attempt refused_login form_use "
    "external_identity external_session",
    "接口令牌": "api_token",
    "编辑的决定和改动": "decision settled_finding allowed_word unsaved article_look article_part article_merger "
    "revision_letter preparation",
    "编辑留言": "article_comment",
    "名录的改动": "department",
    "认领的地址": "learned_sender",
    "新增稿件的添加人": "brought_in",
    "约稿和催稿": "commission commission_department commission_letter commission_article commission_question "
    "urging_letter",
    "批示": "endorsement",
    "上级采用": "upper_adoption",
    "更正和被更正的对应": "correction",
    "没签发的送审稿": "mailed_draft answer_code mailed_answer brought_draft shown_edit edit_answer",
    "审核的经过": "approval_event approval_remark approval_link",
    "发件箱": "outbox decision_letter editor_answer issue_letter digest",
    "收信的位置": "folder sighting unfetched reconciliation courtesy_mark",
    "定时的记录": "firing next_firing",
    "变更记录": "change",
}
"""By the word of the handbook, the tables whose rows are gone."""
MADE_AGAIN: Final = {
    *("letter", "letter_content", "seal", "removal", "letter_article", "searchable"),
    *("article", "revision", "issue", "issue_article", "issue_revision", "issue_file"),
}
"""From the raw letters, the tombstones and the manifests."""
OF_THE_REBUILDING: Final = {"change", "decision"}
"""What the new ledger says about its making."""


def lost_tables() -> list[str]:
    return [table for tables in LOST.values() for table in tables.split()]


def test_every_table_is_made_again_or_named_in_the_handbook() -> None:
    assert sorted([*lost_tables(), *MADE_AGAIN]) == sorted(metadata.tables)
    _, _, sentence = HANDBOOK.read_text(encoding="utf-8").partition("找不回来的：")
    named = sentence.partition("。")[0].replace("\n", "").split("、")
    assert [word.partition("（")[0] for word in named] == list(LOST)


def test_a_rebuilt_ledger_has_rows_in_no_other_table(tmp_path: Path, pool: ReadingPool) -> None:
    config = write_printed_config(tmp_path / "office")
    data_dir = fill_printed_office(config, pool)
    for file in data_dir.glob(f"{DATABASE}*"):
        file.unlink()
    rebuild(load_settings(config), Clock(TUESDAY), {})
    with office_at(config, TUESDAY) as office:
        filled = {table for table, rows in rows_of(office).items() if rows}
    assert filled >= {"letter", "article", "issue", "issue_file"}
    assert filled <= MADE_AGAIN | OF_THE_REBUILDING
