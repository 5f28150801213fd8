"""renamed.json in data_dir: which id a bulletin has now, by each that it had.

The ledger has it too (`archive.renaming`), and decides. The file is for `rebuild`, which has no ledger, and for issues
that are newer than a restored one: their manifests name the id under which they were signed off.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from archive.files import read_file, write_durably
from values.errors import StorageFailed

RENAMED_FILE: Final = "renamed.json"


def former_ids(data_dir: Path) -> Mapping[str, str]:
    """The present id by each former one; empty where nothing was renamed. Raises StorageFailed, also for a damaged
    file."""
    path = data_dir / RENAMED_FILE
    if not path.is_file():
        return {}
    try:
        return {str(former): str(now) for former, now in json.loads(read_file(path)).items()}
    except (ValueError, AttributeError) as error:
        raise StorageFailed(f"改名的登记 {path} 损坏。请从备份恢复它，或把它移走。") from error


def note_renaming(data_dir: Path, former: str, new: str) -> None:
    """Durable when it returns. Raises StorageFailed."""
    kept = {id: new if now == former else now for id, now in former_ids(data_dir).items() if id != new}
    document = json.dumps(kept | {former: new}, ensure_ascii=False, indent=2)
    write_durably(data_dir / RENAMED_FILE, f"{document}\n".encode())
