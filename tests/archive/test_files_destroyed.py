"""Destroying files: killed at any moment, and by several processes at the same time."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from archive.files import HashStore, destroy_file, finish_destroying
from tests.support.crash import killed_at_step

LETTER = "From: jtj@example.org\r\n\r\n来稿".encode()
NAME = hashlib.sha256(LETTER).hexdigest()


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_destroyer_killed_at_any_step_leaves_no_other_octets_under_the_name(tmp_path: Path) -> None:
    program = tmp_path / "destroy.py"
    program.write_text(
        "import sys\nfrom pathlib import Path\nfrom archive.files import HashStore\n"
        "HashStore(Path(sys.argv[1])).destroy(sys.argv[2])\n"
    )
    store = HashStore(tmp_path / "raw")
    store.put(LETTER)
    step = 1
    while killed_at_step(step, program, store.root, NAME):
        assert not store.path(NAME).exists() or store.read(NAME) == LETTER
        store.destroy(NAME)
        assert files(store.root) == []
        store.put(LETTER)
        step += 1
    assert step >= 5
    assert files(store.root) == []


def test_of_destroyers_at_the_same_time_none_fails(tmp_path: Path) -> None:
    stores = [HashStore(tmp_path) for _ in range(8)]
    for _ in range(50):
        stores[0].put(bytes(100_000))
        name = hashlib.sha256(bytes(100_000)).hexdigest()
        with ThreadPoolExecutor(len(stores)) as threads:
            destroyed = list(threads.map(HashStore.destroy, stores, [name] * len(stores)))
        assert any(destroyed)
        assert not stores[0].path(name).exists()


def test_what_a_killed_one_left_is_destroyed_without_its_name(tmp_path: Path) -> None:
    program = tmp_path / "destroy.py"
    program.write_text("import sys\nfrom pathlib import Path\nfrom archive.files import destroy_file\n")
    with program.open("a") as code:
        code.write("destroy_file(Path(sys.argv[1]))\n")
    path = tmp_path / "previews" / f"{'长' * 80}.pdf"
    step = 1
    while True:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(LETTER)
        if not killed_at_step(step, program, path):
            break
        destroy_file(path) if path.exists() else finish_destroying(tmp_path)
        assert files(path.parent) == []
        step += 1
    assert step >= 5
