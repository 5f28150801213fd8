"""Every metric and label in the example of alert rules is one that /metrics serves."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from archive import issue_changes, issues
from service.backup.last_backup import LastBackup, record_backup
from service.health.activity import Activity
from service.health.durations import Work
from service.issue.assemble import assemble
from service.office import Office
from settings.model import DeskSettings
from tests.support.desk import DeskDriver, at_desk
from tests.support.ledger_rows import AT, keep_letter
from tests.support.offices import hand_in
from tests.support.outboxes import letter_out, put_in

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "deploy" / "alert-rules.yml").read_text(encoding="utf-8")
MAINTAINER = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))
EXPRESSIONS = re.findall(r"^ +expr: (.+)$", RULES, re.MULTILINE)
HOUR = timedelta(hours=1)


@pytest.fixture
def served(office: Office) -> dict[str, str]:
    """The lines of /metrics by the name of their metric, of a service in which everything has happened once."""
    hand_in(office, "甲")
    made = assemble(office, office.bulletin(None), AT.date())
    assert made is not None
    with office.ledger.writing() as ledger:
        keep_letter(ledger, "未读")
        issue_changes.sign_off(ledger, issues.issue_with_id(ledger, made.issue.id), who="li", at=AT - HOUR)
    put_in(office, letter_out("a"))
    record_backup(office.data_dir, LastBackup(AT - HOUR, "/backup"))
    activity = Activity()
    activity.record_start(AT)
    activity.record_poll("wuxing", AT)
    for work in Work:
        activity.durations.begin(work)()
    desk = DeskDriver(at_desk(office, DeskSettings.model_validate({"metrics": True})), activity)
    lines = [line for line in desk.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {re.split(r"[{ ]", line)[0]: "" for line in lines} | dict.fromkeys(lines, "")


def test_every_expression_is_about_metrics_that_are_served(served: dict[str, str]) -> None:
    assert len(EXPRESSIONS) == RULES.count("- alert:") > 10
    used = {name for text in EXPRESSIONS for name in re.findall(r"jianbao_\w+", text)}
    assert used - served.keys() == set()


def test_every_label_is_one_that_its_metric_has(served: dict[str, str]) -> None:
    chosen = re.findall(r'(jianbao_\w+)\{(\w+)=~?"([^"]+)"\}', RULES)
    assert chosen
    for name, label, values in chosen:
        for value in values.split("|"):
            assert [line for line in served if line.startswith(f"{name}{{") and f'{label}="{value}"' in line], value


def test_functions_of_counters_are_used_on_counters_alone() -> None:
    """Of a gauge they would count each fall as a restart, and add the whole value."""
    counted = re.findall(r"\b(?:increase|i?rate|resets)\((\w+)", RULES)
    assert [name for name in counted if not name.endswith(("_total", "_sum", "_count"))] == []


def test_age_is_in_seconds(served: dict[str, str]) -> None:
    assert "jianbao_last_backup_age_seconds 3600.0" in served
    assert 'jianbao_last_issue_age_seconds{bulletin="wuxing"} 3600.0' in served


def test_handbook_names_every_metric(served: dict[str, str]) -> None:
    names = {re.sub(r"_(count|sum)$", "", name) for name in served if re.fullmatch(r"\w+", name)}
    assert {name for name in names if name not in MAINTAINER} == set()


def test_every_rule_has_a_severity_and_a_chinese_summary() -> None:
    rules = RULES.split("- alert: ")[1:]
    assert all(re.search(r"labels: \{severity: (page|ticket)\}", rule) for rule in rules)
    assert all(re.search(r'annotations: \{summary: "[^"]*[\u4e00-\u9fff][^"]*"\}', rule) for rule in rules)
