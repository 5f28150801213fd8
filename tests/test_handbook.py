"""The maintainer's handbook: every chapter is in the index, every alarm is explained, every command in it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.base.catalogue import CATALOGUE
from service.health.alarms import AlarmCause
from service.running.sending_job import ACCOUNT_LIMITED
from settings.keys import key_paths

DOCS = Path(__file__).parent.parent / "docs"
CHAPTERS = sorted((DOCS / "maintainer").glob("*.md"))
INDEX = (DOCS / "maintainer.zh-CN.md").read_text(encoding="utf-8")


def chapter(name: str) -> str:
    return (DOCS / "maintainer" / f"{name}.zh-CN.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_chapter_is_in_the_index_by_its_title(path: Path) -> None:
    heading = path.read_text(encoding="utf-8").partition("\n")[0]
    assert heading.startswith("# ")
    assert f"[{heading[2:]}](maintainer/{path.name})" in INDEX


def test_every_alarm_is_explained() -> None:
    explained = re.findall(r"(?m)^\| ([^|（]+)", chapter("alarms"))
    headings = {cause.chinese for cause in AlarmCause} | {ACCOUNT_LIMITED}
    assert headings - {name.strip() for name in explained} == set()


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
def test_commands_of_the_handbook_exist(path: Path) -> None:
    """In the lines to be typed, and in the texts between backticks that begin with `jianbao`."""
    text = path.read_text(encoding="utf-8")
    typed = re.findall(
        r"(?m)^    (?:\S*/)?(?:docker compose (?:run --rm|exec) jianbao )?jianbao(?: --config \S+)? (\S+)", text
    )
    quoted = re.findall(r"`jianbao ([a-z][a-z-]*)", text)
    assert [word for word in (*typed, *quoted) if word not in CATALOGUE and not word.startswith("-")] == []


def test_settings_of_the_tables_exist() -> None:
    keys = {path[-1] for path in key_paths()}
    named = set(re.findall(r"`(?:\[\w+\] )?([a-z]+_[a-z_]+)`", "".join(map(chapter, ("alarms", "network", "places")))))
    assert {name for name in named if not name.startswith("jianbao_")} - keys == set()
