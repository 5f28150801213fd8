"""python -m tests.machine.letters FOLDER N: letters with manuscripts of their own, as .eml files; and a table of the
departments that send them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Final

from tests.support.correspondence import manuscript, submission

_DEPARTMENTS: Final = ("区教体局", "区人社局", "区民政局", "沙石镇")
_TOPICS: Final = ("学前教育", "秋冬防火", "社区养老", "春耕备耕", "河道治理")


def main(folder: Path, count: int) -> None:
    """Writes 0.eml, 1.eml … into the folder, and departments.csv beside it."""
    folder.mkdir(parents=True)
    now = format_datetime(datetime.now(UTC))
    for number in range(count):
        topic, department = _TOPICS[number % len(_TOPICS)], number % len(_DEPARTMENTS)
        text = f"一是推进{topic}第{number}项任务，责任到人。"
        raw = submission(
            manuscript(f"第{number}批{topic}工作稳步推进", text),
            sender=f"d{department}@example.org",
            to="tougao@example.org",
            number=number,
            header=f"Date: {now}\r\n",
        )
        (folder / f"{number}.eml").write_bytes(raw)
    rows = "".join(f"{name},d{number}@example.org\n" for number, name in enumerate(_DEPARTMENTS))
    (folder.parent / "departments.csv").write_text(f"简称,投稿地址\n{rows}", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
