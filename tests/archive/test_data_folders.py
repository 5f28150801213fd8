"""Data folders made by earlier versions migrate, and show the same letters, articles and issues.

Each is data_folders/format-NNNN.tar.xz; format-NNNN.json holds what the version that made it printed for `messages`,
`articles` and `issues` with --json. format-0009 was made by the commands import (scenarios/01-printed-issue), note,
assemble, discard, assemble, arrange, assemble, sign-off, import (four letters of scenarios/02-other-ways), decide,
arrange --supplement, assemble --supplement and assemble, with no LibreOffice on the path. The later ones were made by
import (five letters, one of them marked 机密★10年), decide, assemble, sign-off, import (one letter) and assemble;
format-0021 is format-0020 after the migration by that version.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import issues, letters, outbox, search
from archive.database import Ledger
from archive.ledger_format import FORMAT
from archive.migrate import migrate
from archive.sqlite_file import SqliteFile
from service.office import DATABASE, Office
from tests.support.command_line import CommandLine
from tests.support.ledger_rows import AT
from tests.support.ledgers import open_sqlite
from tests.support.offices import office_at, write_config
from values.errors import BadUsage
from values.issue import IssueStatus

FOLDERS = sorted((Path(__file__).parent / "data_folders").glob("*.tar.xz"))


@pytest.fixture(params=FOLDERS, ids=lambda path: path.name.partition(".")[0])
def archived(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """The unpacked data folder, and the JSON that its version printed of it."""
    packed: Path = request.param
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path / "data", filter="data")
    return tmp_path / "data", packed.with_name(packed.name.replace(".tar.xz", ".json"))


@pytest.fixture
def migrated(archived: tuple[Path, Path]) -> Iterator[tuple[Office, Path]]:
    """An office over the folder after `migrate`, and that JSON."""
    data, printed = archived
    ledger = Ledger(SqliteFile(data / DATABASE))
    before, after = migrate(ledger)
    ledger.close()
    assert (f"format-{before}", after) == (printed.stem, FORMAT)
    with office_at(write_config(data.parent), AT) as office:
        yield office, printed


def test_every_format_since_the_first_kept_folder_has_one() -> None:
    expected = [f"format-{number:04}.tar.xz" for number in range(9, int(FORMAT))]
    assert [path.name for path in FOLDERS] == expected


def test_an_old_folder_is_refused_until_it_is_migrated(archived: tuple[Path, Path]) -> None:
    data, _ = archived
    with pytest.raises(BadUsage, match="台账的格式较旧"):
        open_sqlite(data / DATABASE)


def test_letters_articles_and_issues_are_shown_as_before(archived: tuple[Path, Path]) -> None:
    data, printed = archived
    commands = CommandLine(write_config(data.parent))
    commands.run_json("migrate")
    shown = {command: commands.run_json(command).document for command in ("messages", "articles", "issues")}
    expected = json.loads(printed.read_text(encoding="utf-8"))
    assert _without_new_keys(shown, expected) == expected


def _without_new_keys(shown: Any, expected: Any) -> Any:
    """What is shown, without the keys that the version which made the folder did not print."""
    if isinstance(shown, dict) and isinstance(expected, dict):
        return {key: _without_new_keys(shown[key], expected[key]) for key in expected if key in shown}
    if isinstance(shown, list) and isinstance(expected, list) and len(shown) == len(expected):
        return [_without_new_keys(*pair) for pair in zip(shown, expected, strict=True)]
    return shown


def test_every_letter_and_file_is_there_and_can_be_searched(migrated: tuple[Office, Path]) -> None:
    office, _ = migrated
    with office.ledger.reading() as ledger:
        assert search.count_unindexed(ledger) == 0
        for letter in letters.letters(ledger):
            assert hashlib.sha256(office.raws.read(letter.sha256)).hexdigest() == letter.sha256
        for letter_out in outbox.letters_out(ledger):
            assert outbox.raw_letter(ledger, letter_out.id, office.data_dir).startswith(b"Message-ID: ")
        for issue in issues.issues(ledger):
            files = [(issue.draft, issue.sha256), *((file.path, file.sha256) for file in issue.final)]
            for path, sha256 in files:
                assert hashlib.sha256((office.data_dir / path).read_bytes()).hexdigest() == sha256


def test_printed_digest_of_a_draft_is_still_recorded(migrated: tuple[Office, Path]) -> None:
    """Format 0010 moved it into a column of its own: sign-off compares with it."""
    office, _ = migrated
    with office.ledger.reading() as ledger:
        drafts = [issue for issue in issues.issues(ledger) if issue.status is IssueStatus.DRAFT]
    assert drafts
    assert all(len(draft.print_sha256) == hashlib.sha256().digest_size * 2 for draft in drafts)
