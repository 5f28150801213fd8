"""One tick of the schedule in a separate process: `python -m tests.support.catch_up_at config.toml MOMENT`.

With the argument `wait` it begins when its standard input ends, so that several can begin at once.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from service.issue.catch_up import catch_up
from tests.support.offices import office_at


def main(config_file: str, moment: str, *how: str) -> None:
    if how == ("wait",):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.read()
    with office_at(Path(config_file), datetime.fromisoformat(moment)) as office:
        for bulletin in office.settings.bulletins:
            catch_up(office, bulletin)


if __name__ == "__main__":
    main(*sys.argv[1:])
