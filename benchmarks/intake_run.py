"""One measured run of `benchmarks.intake`, in a process that loads no more than the product does.

    python -m benchmarks.intake_run pull|keep|poll CONFIG

Prints a JSON object: megabytes, the highest resident size of this process, and, for `pull`, seconds. VmHWM, since
ru_maxrss begins with the parent's.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from intake.keep import LetterStore, poll
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver, mailbox_of, opened
from service.office import Office, open_office
from service.register.register import registered_in
from service.running.logs import configure_logs
from settings.load import load_settings
from values.stopping import never


def pull(office: Office) -> None:
    """Fetches and keeps the letters of the first bulletin."""
    bulletin = office.settings.bulletins[0]
    store = LetterStore(bulletin.id, office.ledger, office.raws, office.now)
    with opened(mailbox_of(office, bulletin)) as mailbox:
        registered = registered_in(office, bulletin)
        poll(mailbox, store, stopping=never, after_batch=lambda _folder_pass: None, registered=registered)


def poll_and_read(office: Office) -> None:
    """The whole way; every letter must become an article."""
    with ReadingPool() as pool:
        taken = LetterReceiver(office, pool).poll(office.settings.bulletins[0])
    assert set(taken.verdicts) == {"article"}, taken


def main(method: str, config: Path) -> None:
    configure_logs("text", logging.ERROR)
    with open_office(load_settings(config), lambda: datetime.now(UTC), os.environ) as office:
        started = time.perf_counter()
        (poll_and_read if method == "poll" else pull)(office)
        measured = {"seconds": time.perf_counter() - started} if method == "pull" else {}
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    sys.stdout.write(json.dumps({"megabytes": int(status["VmHWM"].split()[0]) / 1024} | measured) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
