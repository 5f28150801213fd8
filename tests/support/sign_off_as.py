"""A sign-off in a separate process: `sign_off_as.py config.toml NUMBER WHO MOMENT`. Status 2 when it is refused."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from service.issue.sign_off import sign_off
from tests.support.offices import office_at
from values.errors import BadUsage


def main(config_file: str, number: str, who: str, moment: str) -> int:
    with office_at(Path(config_file), datetime.fromisoformat(moment)) as office:
        try:
            sign_off(office, office.bulletin(None), int(number), who)
        except BadUsage as error:
            sys.stderr.write(f"{error}\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
