"""Each program of benchmarks/ runs to its end on a small size and prints a figure for itself and for its peers.

Whether a goal is met says nothing at these sizes, so both 0 and 1 may be the status.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from benchmarks import intake
from tests.support.dovecot import Dovecot, dovecot_server
from tests.support.editing import replaced
from tests.support.issues import TEMPLATE
from tests.support.scenario import PRINTED


def run(capfd: pytest.CaptureFixture[str], program: str, *words: str) -> str:
    """What the program prints."""
    status = importlib.import_module(f"benchmarks.{program}").main(list(words))
    assert status in (None, 0, 1)
    return capfd.readouterr().out


def test_assemble_measures_python_docx_and_docxcompose(capfd: pytest.CaptureFixture[str]) -> None:
    printed = run(capfd, "assemble", "--sizes", "1", "--runs", "1")
    assert [line.split()[1] for line in printed.splitlines()[1:4]] == ["jianbao", "python-docx", "docxcompose"]


def test_desk_measures_pages_health_and_a_decision(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("--requests", "2", "--weeks", "2", "--letters", "40", "--data", str(tmp_path / "desk"), "--only", "/issue")
    printed = run(capfd, "desk", *words)
    assert "/healthz" in printed
    assert "/b/wuxing/issue" in printed
    assert "/b/{bulletin}/issue/articles/{article}/decide" in printed


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.mark.dovecot
@pytest.mark.parametrize("method", ["pull", "keep", "poll"])
def test_intake_measures_each_of_our_methods(dovecot: Dovecot, tmp_path: Path, method: str) -> None:
    account = dovecot.account()
    account.deliver(intake.letter(0, Random(1)), datetime.now(UTC))
    seconds, megabytes = intake.measure_ours(method, account, tmp_path)
    assert seconds > 0
    assert megabytes > 10


@pytest.mark.dovecot
def test_intake_measures_an_empty_poll(dovecot: Dovecot) -> None:
    account = dovecot.account()
    account.deliver(b"Subject: a\r\n\r\nshort\r\n", datetime.now(UTC))
    octets, milliseconds = intake.measure_empty_poll(account)
    assert 0 < octets < intake.EMPTY_OCTETS_GOAL
    assert milliseconds > 0


def test_line_breaks_counts_the_faults_of_a_template(
    capfd: pytest.CaptureFixture[str], soffice: Path, tmp_path: Path
) -> None:
    hanging = tmp_path / "hanging.docx"
    normal = '<w:pPr><w:widowControl w:val="0"/>'
    hanging.write_bytes(replaced(TEMPLATE, normal, f"{normal}<w:overflowPunct/>", member="word/styles.xml"))
    printed = run(capfd, "line_breaks", str(hanging))
    assert not printed.startswith("14 sentences at 28 positions, 0 faults")
    assert "\noutside: " in printed


def test_mime_parsers_compares_with_the_standard_library(capfd: pytest.CaptureFixture[str]) -> None:
    printed = run(capfd, "mime_parsers", str(PRINTED / "inbox"), "--damaged", "1", "--large", "1")
    assert "as they are:" in printed
    assert "library:" in printed
    assert "ours:" in printed


def test_proofreading_measures_a_plain_search(capfd: pytest.CaptureFixture[str]) -> None:
    assert "plain re" in run(capfd, "proofreading", "--lengths", "1500")


def test_training_compares_guesses_before_and_after(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text("章源钨业公司扩大生产。\n", encoding="utf-8")
    errors = tmp_path / "errors.tsv"
    errors.write_text("1\t推广营业执赵。\t推广营业执照。\n" * 2, encoding="utf-8")
    printed = run(capfd, "training", str(tmp_path), "--errors", str(errors))
    assert [line.split()[:2] for line in printed.splitlines()[1:]] == [
        ["before", "1"],
        ["after", "0"],
        ["before", "1"],
        ["after", "1"],
    ]


def test_searching_measures_full_text_indexes(capfd: pytest.CaptureFixture[str]) -> None:
    printed = run(capfd, "searching", "--letters", "20", "--articles", "2", "--runs", "1")
    assert [line.split()[0] for line in printed.splitlines()[2:]] == ["instr", "FTS5,", "FTS5,"]


def test_start_measures_the_import_of_two_libraries(capfd: pytest.CaptureFixture[str]) -> None:
    printed = run(capfd, "start", "--runs", "1")
    assert [line.split()[0] for line in printed.splitlines()] == ["peer", "help", "issues"]


def test_sixty_who_log_in_leave_another_page_quick(capfd: pytest.CaptureFixture[str]) -> None:
    """A median under 0.3 s (issue 12, section 6)."""
    printed = run(capfd, "log_ins", "--clients", "60", "--requests", "10", "--weeks", "1", "--letters", "1")
    assert "without " in printed
    assert "60 clients " in printed
    assert "answers to log-ins: 403: " in printed
    assert "Met: " in printed, printed


def test_a_thousand_silent_connections_leave_a_page_within_a_second(capfd: pytest.CaptureFixture[str]) -> None:
    """The median, since the longest is that of the machine where other tests run beside it (issue 12, section 6)."""
    words = ("--connections", "1050", "--requests", "5", "--weeks", "1", "--letters", "1")
    printed = run(capfd, "silent_connections", *words)
    assert "without " in printed
    [median] = re.findall(r"^1050 silent connections +median +([0-9.]+) ms", printed, re.MULTILINE)
    assert float(median) < 1000, printed
