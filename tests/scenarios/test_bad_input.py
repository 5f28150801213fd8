"""A failure outside is reported in one line with the remedy, loses nothing, and the next run is complete."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.dovecot import Account
from tests.support.editing import members
from tests.support.imap_server import ScriptedImap
from tests.support.scenario import DATED, PRINTED, PRINTED_VERDICTS, ROOT, Installation, installation_of
from tests.support.small_disk import on_disk_of
from tools.docx_builder import zipped


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A server on this machine that is not Dovecot."""

    port: int
    host: str = "127.0.0.1"
    username: str = "u"
    password: str = "p"


def edit(office: Installation, before: str, after: str, count: int = -1) -> None:
    config = office.config.read_text(encoding="utf-8")
    assert before in config
    office.config.write_text(config.replace(before, after, count), encoding="utf-8")


def complaint(office: Installation, *words: str, status: int) -> str:
    """The one line that a failing command prints."""
    answer = office.run(*words)
    assert answer.status == status
    lines = answer.document["errors"] if answer.document else answer.complaints.splitlines()
    assert len(lines) == 1, lines
    return str(lines[0])


def test_a_config_with_five_mistakes_names_all_five(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    edit(office, "first_number = 70", 'first_number = "seventy"\nshedule = "fri 16:00"')
    edit(office, 'host = "imap.163.com"', 'host = "imap.163.com"\nport = 99999\npoll_secs = 5\npassword = "123"')
    answer = office.run("messages")
    lines = answer.complaints.splitlines()
    assert (answer.status, answer.document, len(lines)) == (2, None, 5)
    for line, key in zip(lines, ("first_number", "shedule", "port", "poll_secs", "password"), strict=True):
        assert key in line
        assert "行" in line
    assert "schedule" in lines[1]
    assert "poll_seconds" in lines[3]
    assert "123" not in lines[4], "the password is repeated"


@pytest.mark.dovecot
def test_wrong_password_is_reported_as_such_and_the_right_one_completes_the_poll(
    account: Account, tmp_path: Path
) -> None:
    office = installation_of(PRINTED, tmp_path, account)
    office.environ["JIANBAO_IMAP_PASSWORD"] = "not-this-one"
    line = complaint(office, "poll", status=3)
    assert "授权码" in line
    assert "not-this-one" not in line
    office.environ["JIANBAO_IMAP_PASSWORD"] = account.password
    assert office.run("poll").status == 0
    assert office.verdicts() == PRINTED_VERDICTS


@pytest.mark.dovecot
def test_a_missing_folder_is_named_with_those_that_exist(account: Account, tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path, account)
    edit(office, "[bulletin.mailbox]", '[bulletin.mailbox]\nfolder = "投稿"')
    line = complaint(office, "poll", status=3)
    assert "投稿" in line
    assert "INBOX" in line


def test_a_missing_password_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    del office.environ["JIANBAO_IMAP_PASSWORD"]
    assert "JIANBAO_IMAP_PASSWORD" in complaint(office, "poll", status=2)


def test_a_refused_select_says_what_to_do(tmp_path: Path) -> None:
    with ScriptedImap().running() as server:
        server.on["EXAMINE"] = lambda talk: talk.no("EXAMINE Unsafe Login. Please contact kefu@188.com for help")
        office = installation_of(PRINTED, tmp_path, Elsewhere(server.port))
        line = complaint(office, "poll", status=3)
    assert "Unsafe Login" in line


def test_a_full_disk_loses_nothing_and_the_next_run_is_complete(tmp_path: Path) -> None:
    first, verdicts_then, second, verdicts = on_a_small_disk(
        tmp_path,
        """
        filler = disk / "filler"
        filler.write_bytes(bytes(1_900_000))
        run("import", inbox)
        run("messages")
        filler.unlink()
        run("import", inbox)
        run("messages")
        """,
    )
    assert first["status"] == 3
    assert "磁盘空间不足" in first["stderr"]
    assert verdicts_then["status"] in (0, 3)
    assert second["status"] == 0
    assert [row["verdict"] for row in verdicts["answer"]] == [
        line.split("|")[0] for line in PRINTED_VERDICTS.splitlines()
    ]


def test_a_read_only_disk_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    first, readable, refused = on_a_small_disk(
        tmp_path,
        """
        run("import", inbox)
        read_only()
        run("messages")
        run("assemble")
        """,
    )
    assert first["status"] == 0
    assert refused["status"] == 3
    assert "只读" in refused["stderr"]
    assert readable["status"] in (0, 3)


def on_a_small_disk(home: Path, steps: str) -> list[dict[str, Any]]:
    """Runs steps with a data directory on a disk of 2 MB; what each command came back with."""
    office = installation_of(PRINTED, home)
    edit(office, "[[bulletin]]", f'[service]\ndata_dir = "{home / "disk"}"\n[[bulletin]]', count=1)
    (home / "disk").mkdir()
    prelude = f"""
        import json
        inbox, answers = {str(PRINTED / "inbox")!r}, []
        def run(*words):
            done = subprocess.run({office.command()!r} + [*words, "--json"], capture_output=True, text=True)
            answer = json.loads(done.stdout or "null")
            answers.append({{"status": done.returncode, "stderr": done.stderr, "answer": answer}})
    """
    program = textwrap.dedent(prelude) + textwrap.dedent(steps) + "print(json.dumps(answers))"
    answers: list[dict[str, Any]] = json.loads(on_disk_of(2048, home / "disk", program))
    return answers


def test_a_template_without_its_body_mark_is_refused_and_intake_goes_on(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    parts = members((ROOT / "templates" / "bulletin.docx").read_bytes())
    document = parts["word/document.xml"].decode().replace("{{ articles }}", "")
    (tmp_path / "broken.docx").write_bytes(zipped(parts | {"word/document.xml": document.encode()}))
    edit(office, str(ROOT / "templates" / "bulletin.docx"), "broken.docx")
    assert office.run("import", str(PRINTED / "inbox")).status == 0
    line = complaint(office, "assemble", "--date", DATED, status=2)
    assert "broken.docx" in line
    assert "{{ articles }}" in line
    assert office.run("issues").document == []


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    edit(office, str(ROOT / "templates" / "bulletin.docx"), "nowhere.docx")
    office.run("import", str(PRINTED / "inbox"))
    assert "nowhere.docx" in complaint(office, "assemble", status=2)


def test_a_path_that_does_not_exist_is_named_and_the_others_are_imported(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    assert "nowhere" in complaint(office, "import", str(tmp_path / "nowhere"), str(PRINTED / "inbox"), status=1)
    assert office.verdicts() == PRINTED_VERDICTS
    assert "nowhere" in complaint(office, "import", str(tmp_path / "nowhere"), status=2)
