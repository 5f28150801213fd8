"""`check-text` as a department runs it, on files of its own."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from courier.compose import worth_mending
from tests.support.forked_python import run_cold, run_python
from tests.support.manuscripts import BODY, TITLE, centred, large, plain
from tests.support.offices import bulletin, write_config
from tests.support.proofs import findings_in
from tests.support.remarks import remarks
from tools.docx_builder import docx

PROGRAM = Path(__file__).parents[2] / "run_service.py"


def run(*words: str | Path, cwd: Path) -> tuple[int, str, str]:
    ended = run_python(PROGRAM, [str(word) for word in words], os.environ, timeout=120, cwd=cwd)
    return ended.status, ended.stdout.decode(), ended.stderr.decode()


def findings(path: Path, *more: str | Path) -> list[dict[str, Any]]:
    status, document, complaints = run(*more, "check-text", path, "--json", cwd=path.parent)
    assert (status, complaints) == (1, "")
    rows: list[dict[str, Any]] = json.loads(document)
    return rows


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_file_may_be_in_any_charset_of_notepad(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "稿件.txt"
    path.write_bytes(f"{TITLE}\r\n区教体局\r\n建立台帐。\r\n".encode(charset))
    assert [row["suggestion"] for row in findings(path)] == ["台账"]


def test_text_file_is_checked_and_findings_come_in_the_order_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "稿件.txt"
    path.write_bytes(f"{TITLE}\n区教体局\n一是登陆系统，共 5 家。\n三是做好准备,抓落实。\n".encode())
    assert [(row["rule"], row["paragraph"], row["start"], row["end"]) for row in findings(path)] == [
        ("confusable-word", 0, 2, 4),
        ("digit-space", 0, 8, 11),
        ("ordinal-sequence", 1, 0, 2),
        ("half-width-punctuation", 1, 6, 7),
    ]


def test_word_file_without_mistakes_ends_with_0(tmp_path: Path) -> None:
    """As a department starts it: in a Python of its own."""
    path = tmp_path / "稿件.docx"
    path.write_bytes(docx(large(TITLE) + centred("区教体局") + plain(BODY)))
    ended = run_cold([sys.executable, str(PROGRAM), "check-text", str(path)], os.environ, timeout=120)
    assert (ended.status, ended.stdout.decode()) == (0, "没有发现问题。\n")


def test_person_without_the_password_of_the_database_reads_the_departments_of_the_configuration(tmp_path: Path) -> None:
    service = 'database = "postgresql://jianbao@127.0.0.1/jianbao"\ndatabase_password = { file = "secret" }\n'
    config = write_config(tmp_path, f"[service]\n{service}{bulletin()}")
    path = tmp_path / "稿件.txt"
    path.write_text(f"{TITLE}\n区民政局\n建立台帐。\n", encoding="utf-8")
    assert [row["suggestion"] for row in findings(path, "--config", config)] == ["台账"]


def test_person_reads_place_words_and_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "稿件.txt"
    path.write_text(f"{TITLE}\n区教体局\n{BODY}\n建立台帐。\n", encoding="utf-8")
    status, table, _ = run("check-text", path, cwd=tmp_path)
    assert status == 1
    [row] = [line for line in table.splitlines() if "台帐" in line]
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "疑问",
        "第 2 段",
        "台帐",
        "“台帐”应为“台账”。",
        "台账",
    ]


def test_word_list_and_register_of_the_configuration_are_used_and_no_data_is_made(tmp_path: Path) -> None:
    (tmp_path / "wordlist.txt").write_text("!残废人\n", encoding="utf-8")
    config = write_config(tmp_path, bulletin(more='word_list = "wordlist.txt"'))
    path = tmp_path / "稿件.txt"
    path.write_text(f"{TITLE}\n区林业局\n{BODY}帮扶残废人。\n", encoding="utf-8")
    assert [row["rule"] for row in findings(path, "--config", config)] == ["no-byline", "office-word"]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("data", [None, b"%PDF-1.4 broken", b"PK\x03\x04 broken"])
def test_unreadable_file_is_bad_usage(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "稿件.docx"
    if data is not None:
        path.write_bytes(data)
    status, document, complaints = run("check-text", path, cwd=tmp_path)
    assert (status, document) == (2, "")
    assert "稿件.docx" in complaints


def test_configuration_that_was_named_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "稿件.txt"
    path.write_text(f"{TITLE}\n{BODY}\n", encoding="utf-8")
    status, _, complaints = run("--config", tmp_path / "none.toml", "check-text", path, cwd=tmp_path)
    assert status == 2
    assert "找不到配置文件" in complaints


def test_findings_are_comments_in_a_copy_and_the_file_stays(tmp_path: Path) -> None:
    path, copy = tmp_path / "稿件.docx", tmp_path / "批注.docx"
    path.write_bytes(docx(large(TITLE) + centred("区教体局") + plain(BODY, "建立台帐。")))
    before = path.read_bytes()
    status, table, _ = run("check-text", path, "--docx", copy, cwd=tmp_path)
    assert status == 1
    assert "批注.docx" in "".join(table.split())
    assert [characters for characters, _ in remarks(copy.read_bytes())] == ["台帐"]
    assert path.read_bytes() == before
    status, _, complaints = run("check-text", path, "--docx", path, cwd=tmp_path)
    assert status == 2
    assert "没有覆盖" in complaints
    assert path.read_bytes() == before


def test_copy_of_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "稿件.txt"
    path.write_text(f"{TITLE}\n{BODY}\n", encoding="utf-8")
    status, _, complaints = run("check-text", path, "--docx", tmp_path / "批注.docx", cwd=tmp_path)
    assert status == 2
    assert "只能用于 Word 文件" in complaints


def test_what_letters_to_a_department_say_is_in_check_text_in_the_same_words(tmp_path: Path) -> None:
    """A department that checks a file before it sends it, and mends it, gets no such letter."""
    path = tmp_path / "稿件.txt"
    lines = ("2022年2月30日召开会议。", "身份证号11010519491231002X。", "走访XX家企业。", "11月10日至11月5日开展。")
    path.write_text("\n".join((TITLE, "区教体局", *lines)), encoding="utf-8")
    messages = worth_mending(findings_in(*lines))
    assert len(messages) == 4
    assert set(messages) <= {row["message"] for row in findings(path)}
