"""`train`: what the office's own past issues write."""

from __future__ import annotations

from pathlib import Path

from archive.own_texts import OWN_TEXTS_FILE
from cli.base.exit_status import ExitStatus
from service.office import Office
from tests.support.command_line import CommandLine

DOUBTED = "工作动态\n区民政局\n章源钨业公司扩大生产。\n"


def test_past_issues_are_learned_and_check_text_no_longer_doubts_them(
    office: Office, command_line: CommandLine, tmp_path: Path
) -> None:
    folder, file = tmp_path / "往期", tmp_path / "稿件.txt"
    folder.mkdir()
    (folder / "第1期.txt").write_text("走访章源钨业了解情况。\n", encoding="utf-8")
    file.write_text(DOUBTED, encoding="utf-8")

    def doubts() -> list[str]:
        return [row["suggestion"] for row in command_line.run_json("check-text", str(file)).document]

    assert doubts() == ["物"]
    document = command_line.run_json("train", str(folder)).document
    assert (document["files"], document["unread"]) == (1, [])
    assert document["octets"] < 5_000
    assert doubts() == []
    assert "已记下本单位 1 个文件" in command_line.run("train").output
    assert "没有记下本单位的用词" in command_line.run("train", "--reset").output
    assert doubts() == ["物"]
    assert not (office.data_dir / OWN_TEXTS_FILE).exists()


def test_file_that_cannot_be_read_gives_the_status_for_part(
    office: Office, command_line: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "往期"
    folder.mkdir()
    (folder / "第1期.txt").write_text("走访章源钨业了解情况。\n", encoding="utf-8")
    (folder / "坏.docx").write_bytes(b"PK")
    done = command_line.run("train", str(folder))
    assert done.status == ExitStatus.IN_PART
    assert "坏.docx" in done.output
    assert (office.data_dir / OWN_TEXTS_FILE).exists()


def test_reset_with_a_folder_that_is_none_forgets_nothing(
    office: Office, command_line: CommandLine, tmp_path: Path
) -> None:
    folder = tmp_path / "往期"
    folder.mkdir()
    (folder / "第1期.txt").write_text("走访章源钨业了解情况。\n", encoding="utf-8")
    command_line.run("train", str(folder))
    assert command_line.run("train", "--reset", str(tmp_path / "不在")).status == ExitStatus.BAD_USAGE
    assert (office.data_dir / OWN_TEXTS_FILE).exists()
