"""The lines of the handbook that a maintainer copies: fenced blocks of shell under a comment with their name.

    <!-- lines: backup -->
    ```sh
    jianbao backup --to /var/backups/jianbao
    ```

python -m tests.machine.handbook_lines FOLDER writes each block into a file of its name.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parents[2]
_BLOCK: Final = re.compile(r"^<!-- lines: ([a-z-]+) -->\n```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def handbook_lines(docs: Path = _ROOT / "docs") -> Mapping[str, str]:
    """The blocks of all pages by name. Raises ValueError for a name that two blocks have."""
    blocks: dict[str, str] = {}
    for page in sorted(docs.rglob("*.md")):
        for name, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
            if name in blocks:
                raise ValueError(f"two blocks of the name {name}")
            blocks[name] = text
    return blocks


def main(folder: Path) -> None:
    """Writes the blocks into the folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in handbook_lines().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
