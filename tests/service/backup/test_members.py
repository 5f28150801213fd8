from __future__ import annotations

from pathlib import Path

from service.backup.members import sources
from service.office import DATABASE


def test_all_but_locks_previews_and_what_holds_for_this_folder(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "disk"
    for name in ("removed/wuxing/a.json", "raw/ab/x.eml", "previews/p", "verified.json", "raw/ab/.part-1"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(b"x")
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}.rebuilding", "poll-wuxing.lock", "restored.json"):
        (data / name).write_bytes(b"x")
    elsewhere.mkdir()
    (elsewhere / "y").write_bytes(b"x")
    (data / "media").symlink_to(elsewhere)
    paths = [source.path for source in sources(data, tmp_path / "copy")]
    assert paths == [DATABASE, "media/y", "raw/ab/x.eml", "verified.json", "removed/wuxing/a.json"]
