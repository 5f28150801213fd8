"""`backup` and `restore` as a maintainer runs them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.command_line import CommandLine
from tests.support.correspondence import manuscript, submission
from tests.support.offices import write_config


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    command_line = CommandLine(write_config(tmp_path / "office"))
    letter = tmp_path / "letter.eml"
    letter.write_bytes(submission(manuscript()))
    assert command_line.run("import", str(letter)).status == 0
    return command_line


def test_backup_destroy_restore_release(command_line: CommandLine, tmp_path: Path) -> None:
    data = tmp_path / "office" / "data"
    before = command_line.run_json("articles").document
    done = command_line.run_json("backup", str(tmp_path / "b.tar.xz"))
    assert (done.status, done.document["problems"], done.document["files"] >= 2) == (0, [], True)
    collected = command_line.run("backup", "--to", str(tmp_path / "to"), "--keep", "2")
    assert (collected.status, "读回核对无误" in collected.output) == (0, True)
    for source in ("b.tar.xz", "to"):
        shutil.rmtree(data)
        restored = command_line.run("restore", str(tmp_path / source))
        assert restored.status == 0, restored.errors
        assert "restore --release" in restored.output
        assert command_line.run_json("articles").document == before
        assert command_line.run("verify").status == 0
        assert "restore --release" in command_line.run("sign-off", "70").errors
        released = command_line.run_json("restore", "--release", "--printed", "wuxing=71")
        assert (released.status, released.document) == (0, {"given_up": 0, "numbers": ["第70期", "第71期"]})
        assert command_line.run("restore", "--release").status == 2
    assert [issue["label"] for issue in command_line.run_json("issues").document] == ["第70期", "第71期"]


@pytest.mark.parametrize(
    "words",
    [
        "backup",
        "backup x.tar.xz --to y",
        "backup --to y --keep 0",
        "restore",
        "restore x --release",
        "restore x --printed wuxing=3",
        "restore --release --printed 71",
        "restore nothing.tar.xz",
    ],
)
def test_bad_usage_is_explained_and_changes_nothing(command_line: CommandLine, words: str) -> None:
    refused = command_line.run(*words.split())
    assert refused.status == 2
    assert refused.errors


def test_damaged_backup_is_refused(command_line: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "b.tar.xz").write_bytes(b"no backup")
    shutil.rmtree(tmp_path / "office" / "data")
    refused = command_line.run("restore", str(tmp_path / "b.tar.xz"))
    assert (refused.status, "没有恢复" in refused.errors) == (2, True)
