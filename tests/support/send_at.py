"""One round of sending in a separate process: `python -m tests.support.send_at config.toml MOMENT`."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from service.letters.mailing import outbox_sender
from tests.support.offices import office_at
from values.stopping import never


def main(config_file: str, moment: str) -> None:
    with office_at(Path(config_file), datetime.fromisoformat(moment)) as office:
        outbox_sender(office).send_due(stopping=never)


if __name__ == "__main__":
    main(*sys.argv[1:])
