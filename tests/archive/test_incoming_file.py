"""A file that comes into the store piece by piece: as durable and as whole as one that is put at once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.files import HashStore, IncomingFile, remove_leftovers
from tests.support.crash import killed_at_step
from tests.support.small_disk import on_disk_of

PIECES = (b"From: jtj@example.org\r\n\r\n", b"x" * 1_000_000, b"", b"the end")
WHOLE = b"".join(PIECES)
NAME = hashlib.sha256(WHOLE).hexdigest()


def written(store: HashStore) -> IncomingFile:
    incoming = store.incoming()
    for piece in PIECES:
        incoming.write(piece)
    return incoming


def files(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_pieces_become_the_file_that_is_named_by_their_hash(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw")
    incoming = written(store)
    assert (incoming.size, incoming.sha256, incoming.head(len(PIECES[0]))) == (len(WHOLE), NAME, PIECES[0])
    assert store.take(incoming) == store.put(WHOLE) == NAME
    incoming.discard()
    assert store.read(NAME) == WHOLE
    assert files(tmp_path) == [NAME]


def test_the_same_bytes_again_leave_one_file(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw")
    assert [store.take(written(store)) for _ in range(2)] == [NAME, NAME]
    assert files(tmp_path) == [NAME]


def test_discarded_file_leaves_nothing(tmp_path: Path) -> None:
    store = HashStore(tmp_path / "raw")
    incoming = written(store)
    for _ in range(2):
        incoming.discard()
    assert files(tmp_path) == []


def test_a_writer_killed_at_any_step_leaves_the_whole_file_or_none(tmp_path: Path) -> None:
    program = tmp_path / "take.py"
    program.write_text(
        "import sys\nfrom pathlib import Path\nfrom archive.files import HashStore\n"
        "store = HashStore(Path(sys.argv[1]) / 'raw')\nincoming = store.incoming()\nincoming.write(b'x' * 100_000)\n"
        "store.take(incoming)\nstore.sync()\n"
    )
    name = hashlib.sha256(b"x" * 100_000).hexdigest()
    step = 1
    while killed_at_step(step, program, data := tmp_path / str(step)):
        remove_leftovers(data, datetime.now(UTC) + timedelta(hours=1))
        assert files(data) in ([], [name])
        assert [path.stat().st_size for path in data.rglob(name)] in ([], [100_000])
        step += 1
    assert step > 4
    assert files(tmp_path / str(step)) == [name]


FULL_DISK = """
import json
from archive.files import HashStore
from values.errors import StorageFailed
store = HashStore(disk / "raw")
incoming = store.incoming()
said = ""
try:
    for _ in range(100):
        incoming.write(b"x" * 20_000)
    store.take(incoming)
except StorageFailed as error:
    said = str(error)
finally:
    incoming.discard()
print(json.dumps([said, [path.name for path in disk.rglob("*") if path.is_file()]]))
"""


def test_a_full_disk_is_reported_and_nothing_half_written_stays(tmp_path: Path) -> None:
    said, left = json.loads(on_disk_of(512, tmp_path, FULL_DISK))
    assert "磁盘空间不足" in said
    assert left == []
