"""Durable files, on the real file system: whole or not there, private, and on the disk before anyone says so."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.files import (
    HashStore,
    remove_leftovers,
    write_durably,
    write_new_durably,
    write_state,
)
from tests.support.crash import ROOT, killed_at_step
from tests.support.small_disk import on_disk_of
from values.errors import StorageFailed

LETTER = "From: jtj@example.org\r\n\r\n来稿".encode()
NAME = hashlib.sha256(LETTER).hexdigest()


def names(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What really happens to the disk from now on, in order: (call, name of the file or directory)."""
    heard: list[tuple[str, str]] = []

    def listen(name: str, about: Callable[..., str]) -> None:
        real = getattr(os, name)

        def heeded(*arguments: Any, **named: Any) -> Any:
            heard.append((name, "part" if ".part-" in about(*arguments) else about(*arguments)))
            return real(*arguments, **named)

        monkeypatch.setattr(os, name, heeded)

    listen("fsync", lambda descriptor: Path(f"/proc/self/fd/{descriptor}").readlink().name)
    listen("replace", lambda _source, target: Path(target).name)
    listen("mkdir", lambda path, *_mode: Path(path).name)
    return heard


def test_letter_is_named_by_the_hash_of_its_bytes(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw", ".eml")
    assert store.put(LETTER) == NAME
    assert names(tmp_path) == [f"raw/{NAME[:2]}/{NAME}.eml"]
    assert store.read(NAME) == LETTER


def test_same_bytes_are_written_once(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw", ".eml")
    store.put(LETTER)
    first = store.path(NAME).stat()
    store.put(LETTER)
    HashStore(tmp_path / "raw", ".eml").put(LETTER)
    again = store.path(NAME).stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert len(names(tmp_path)) == 1


def test_batch_is_stored_as_one_by_one(tmp_path: Path) -> None:
    store, other = HashStore(tmp_path / "raw"), HashStore(tmp_path / "other")
    letters = [b"a", b"b", *(f"letter {number}".encode() for number in range(50))]
    store.put_all({hashlib.sha256(letter).hexdigest(): letter for letter in letters})
    sums = [other.put(letter) for letter in letters]
    assert [store.read(sha256) for sha256 in sums] == letters
    stored = [name.removeprefix("raw/") for name in names(tmp_path) if name.startswith("raw/")]
    assert stored == [name.removeprefix("other/") for name in names(tmp_path) if name.startswith("other/")]


def test_batch_without_files_writes_nothing(tmp_path: Path) -> None:
    HashStore(tmp_path / "raw").put_all({})
    assert names(tmp_path) == []


def test_only_what_is_missing_is_written(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw", ".eml")
    store.put(LETTER)
    first = store.path(NAME).stat()
    store.put_missing({NAME: LETTER, hashlib.sha256(b"a").hexdigest(): b"a"})
    assert store.read(hashlib.sha256(b"a").hexdigest()) == b"a"
    assert (store.path(NAME).stat().st_ino, store.path(NAME).stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)


def test_nobody_else_may_read_what_is_stored(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "data" / "raw")
    store.put(LETTER)
    path = store.path(NAME)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in list(path.parents)[:3]] == [0o700] * 3


def test_empty_file_and_large_file_come_back_whole(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "media")
    large = os.urandom(5_000_000)
    assert [store.read(store.put(data)) for data in (b"", large)] == [b"", large]


def test_file_is_on_disk_before_it_has_its_name_and_the_name_before_sync_returns(
    tmp_path: Path, calls: list[tuple[str, str]]
) -> None:
    store = HashStore(tmp_path / "raw", ".eml")
    folder, up = NAME[:2], tmp_path.name
    store.put(LETTER)
    assert calls == [
        ("mkdir", "raw"),
        ("fsync", up),
        ("mkdir", folder),
        ("fsync", "raw"),
        ("fsync", "part"),
        ("replace", f"{NAME}.eml"),
    ]
    calls.clear()
    store.sync()
    assert ("fsync", folder) in calls
    calls.clear()
    store.sync()
    assert calls == []


def test_file_that_another_process_named_is_synced_too(tmp_path: Path, calls: list[tuple[str, str]]) -> None:
    HashStore(tmp_path / "raw").put(LETTER)
    calls.clear()
    ours = HashStore(tmp_path / "raw")
    ours.put(LETTER)
    ours.sync()
    assert sorted(calls) == sorted(("fsync", name) for name in (NAME[:2], "raw", tmp_path.name))


def test_issue_file_is_durable_when_written(tmp_path: Path, calls: list[tuple[str, str]]) -> None:
    write_durably(tmp_path / "70-r1.docx", b"first")
    assert calls == [("fsync", "part"), ("replace", "70-r1.docx"), ("fsync", tmp_path.name)]
    write_durably(tmp_path / "70-r1.docx", b"second")
    assert (tmp_path / "70-r1.docx").read_bytes() == b"second"
    assert names(tmp_path) == ["70-r1.docx"]


def test_new_file_is_written_durably_and_never_over_another(tmp_path: Path, calls: list[tuple[str, str]]) -> None:
    assert write_new_durably(tmp_path / "key", b"first")
    assert calls == [("fsync", "part"), ("fsync", tmp_path.name)]
    assert not write_new_durably(tmp_path / "key", b"second")
    assert ((tmp_path / "key").read_bytes(), names(tmp_path)) == (b"first", ["key"])


def test_ledger_records_a_letter_only_after_file_and_directory_are_on_disk(tmp_path: Path) -> None:
    """The same order as the kernel sees it (security.md A-6): file, its name, the directory, the ledger, the word."""
    program = (
        "import os, sys\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from tests.support.ledgers import open_sqlite\n"
        "from archive.files import HashStore\n"
        "from intake.keep import LetterStore\n"
        "from values.letter import Letter\n"
        "data, now = Path(sys.argv[1]), datetime(2022, 11, 8, tzinfo=UTC)\n"
        "ledger = open_sqlite(data / 'jianbao.sqlite3')\n"
        "os.write(1, b'begin')\n"
        "LetterStore('wuxing', ledger, HashStore(data / 'raw', '.eml'), lambda: now).keep([Letter(b'a letter', now)])\n"
        "os.write(1, b'kept')\n"
    )
    seen = "\n".join(_traced(tmp_path, program))
    name = hashlib.sha256(b"a letter").hexdigest()
    order = (
        rf"fsync\(\d+<[^>]*/{name[:2]}/\.part-",
        rf"rename\w*\(.*/{name}\.eml",
        rf"fsync\(\d+<[^>]*/raw/{name[:2]}>",
        r"f(?:data)?sync\(\d+<[^>]*/jianbao\.sqlite3-wal>",
        r'write\(1<.*"kept"',
    )
    during = seen[seen.index('"begin"') :]
    places = [match.start() if (match := re.search(event, during)) else None for event in order]
    assert None not in places, during
    assert places == sorted(place for place in places if place is not None), during


def _traced(tmp_path: Path, program: str) -> list[str]:
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True).returncode:
        pytest.skip("strace is not here, or may not trace")
    log = tmp_path / "calls.txt"
    filters = "trace=fsync,fdatasync,rename,renameat,renameat2,write"
    command = [strace, "-f", "-y", "-o", str(log), "-e", filters, sys.executable, "-c", program, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return log.read_text().splitlines()


def test_letter_put_while_another_thread_syncs_is_synced_by_the_next_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = HashStore(tmp_path / "raw")
    store.put(LETTER)
    other, real = b"another letter", os.fsync
    putting, first_of_all = threading.Thread(target=store.put, args=[other]), threading.Lock()
    synced: list[str] = []

    def with_a_put_in_between(descriptor: int) -> None:
        real(descriptor)
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        if first_of_all.acquire(blocking=False):
            putting.start()
            putting.join(0.2)  # it may have to wait for this sync; then it goes on after it

    monkeypatch.setattr(os, "fsync", with_a_put_in_between)
    store.sync()
    putting.join(30)
    synced.clear()
    store.sync()
    assert hashlib.sha256(other).hexdigest()[:2] in synced


def test_sync_waits_for_the_sync_of_another_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the second would say "durable" while the first is still at it."""
    store = HashStore(tmp_path / "raw")
    store.put(LETTER)
    entered, go_on, real = threading.Event(), threading.Event(), os.fsync
    order: list[str] = []

    def slow(descriptor: int) -> None:
        entered.set()
        assert go_on.wait(30)
        real(descriptor)

    def sync(who: str) -> None:
        store.sync()
        order.append(who)

    monkeypatch.setattr(os, "fsync", slow)
    first = threading.Thread(target=sync, args=["first"])
    first.start()
    assert entered.wait(30)
    second = threading.Thread(target=sync, args=["second"])
    second.start()
    second.join(0.2)
    assert order == []
    go_on.set()
    first.join(30)
    second.join(30)
    assert order == ["first", "second"]


def test_half_written_leftovers_are_swept_only_when_old(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw", ".eml")
    store.put(LETTER)
    write_durably(tmp_path / "issues" / "wuxing" / "70" / "70-r1.docx", b"issue")
    now = datetime(2022, 11, 8, 16, 0, tzinfo=UTC)
    aged = {
        store.path(NAME): 100,
        store.path(NAME).parent / ".part-old": 2,
        store.path(NAME).parent / ".part-young": 0,
        tmp_path / "issues" / "wuxing" / "70" / ".part-old": 2,
    }
    for path, hours in aged.items():
        path.touch()
        at = (now - timedelta(hours=hours)).timestamp()
        os.utime(path, (at, at))
    remove_leftovers(tmp_path, now - timedelta(hours=1))
    assert names(tmp_path) == sorted(
        ["issues/wuxing/70/70-r1.docx", f"raw/{NAME[:2]}/.part-young", f"raw/{NAME[:2]}/{NAME}.eml"]
    )


def test_sweep_of_a_store_that_does_not_exist_yet_does_nothing(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "raw", datetime(2022, 11, 8, tzinfo=UTC))
    assert list(tmp_path.iterdir()) == []


def test_writer_killed_at_any_step_leaves_the_whole_file_or_none(tmp_path: Path) -> None:
    program = tmp_path / "put.py"
    program.write_text(
        "import sys\nfrom pathlib import Path\nfrom archive.files import HashStore\n"
        "store = HashStore(Path(sys.argv[1]) / 'raw')\nstore.put(b'x' * 100_000)\nstore.sync()\n"
    )
    name = hashlib.sha256(b"x" * 100_000).hexdigest()
    step, unfinished = 1, 0
    while killed_at_step(step, program, data := tmp_path / str(step)):
        found = [Path(path).name for path in names(data)]
        unfinished += name not in found
        whole = [path for path in data.rglob(name) if path.read_bytes() != b"x" * 100_000]
        assert whole == []
        remove_leftovers(data, datetime.now(UTC) + timedelta(hours=1))
        assert {Path(path).name for path in names(data)} <= {name}
        HashStore(data / "raw").put(b"x" * 100_000)
        assert [Path(path).name for path in names(data)] == [name]
        step += 1
    assert unfinished >= 3  # killed before the fsync and before the rename, too
    assert [Path(path).name for path in names(tmp_path / str(step))] == [name]


FULL_DISK = """
import json
from archive.files import HashStore, write_durably
from values.errors import StorageFailed

store, said = HashStore(disk / "raw"), []
small = store.put(b"came before")
(disk / "filler").write_bytes(b"")
try:
    with (disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"0" * 4096):
            pass
except OSError:
    pass
for data in (b"1" * 100_000, b"2"):
    try:
        store.put(data)
    except StorageFailed as error:
        said.append(str(error))
    try:
        write_durably(disk / "issues" / "70-r1.docx", data)
    except StorageFailed as error:
        said.append(str(error))
left = sorted(path.name for path in disk.rglob("*") if path.is_file())
(disk / "filler").unlink()
again = store.read(store.put(b"1" * 100_000)) == b"1" * 100_000
store.sync()
print(json.dumps({"said": said, "left": left, "again": again, "before": store.read(small).decode()}))
"""


def test_full_disk_is_reported_leaves_nothing_half_written_and_passes(tmp_path: Path) -> None:
    result = json.loads(on_disk_of(512, tmp_path, FULL_DISK))
    assert len(result["said"]) == 4
    assert all("磁盘空间不足。请腾出空间，然后再运行一次" in said for said in result["said"])
    assert result["left"] == sorted(["filler", hashlib.sha256(b"came before").hexdigest()])
    assert result["again"]
    assert result["before"] == "came before"


READ_ONLY_DISK = """
from archive.files import HashStore, make_directory
from values.errors import StorageFailed

store = HashStore(disk / "raw")
kept = store.put(b"came before")
read_only()
for attempt in (lambda: store.put(b"new"), lambda: make_directory(disk / "data")):
    try:
        attempt()
    except StorageFailed as error:
        print(error)
print(store.read(kept).decode(), store.put(b"came before") == kept)
"""


def test_read_only_disk_is_reported_and_what_is_there_can_be_read(tmp_path: Path) -> None:
    *said, read = on_disk_of(512, tmp_path, READ_ONLY_DISK).splitlines()
    assert len(said) == 2
    assert all("磁盘是只读的。请检查挂载方式" in line for line in said)
    assert read == "came before True"


def test_limit_on_file_size_is_reported_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom archive.files import HashStore\n"
        "from values.errors import StorageFailed\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "try:\n    HashStore(Path(sys.argv[1])).put(b'x' * 20_000)\n"
        "except StorageFailed as error:\n    print(error)\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", program, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert "超过了系统允许的文件大小。请检查 ulimit -f" in child.stdout
    assert names(tmp_path) == []


def test_state_is_not_written_where_the_data_directory_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed):
        write_state(tmp_path / "data", "verified.json", b"{}")
    assert not (tmp_path / "data").exists()
    (tmp_path / "data").mkdir()
    for text in (b"{}", b"[]"):
        write_state(tmp_path / "data", "verified.json", text)
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "data").iterdir()] == [("verified.json", b"[]")]
