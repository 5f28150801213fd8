"""While a flood is taken in, an issue is made and letters go out: nobody waits for the flood."""

from __future__ import annotations

import threading
from itertools import islice
from pathlib import Path

from tests.support.forked_python import end_group
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.invariants import broken_promises
from tests.support.mixed_mail import configured, deliver, mixed_mail
from tests.support.scenario import Installation
from tests.support.smtp_servers import smtp_sink
from tests.support.submissions import raw_letter

FLOOD = 550
"""More than one helping, so that letters are read, too, before all have come."""
PATIENCE = 90


def test_assembling_and_sending_are_done_before_the_flood_is(tmp_path: Path) -> None:
    """security.md B-12. The last batch waits until both are done; the others come as fast as they are asked for."""
    begun, done = threading.Event(), threading.Event()

    def fetch(talk: Talk) -> None:
        if "BODY.PEEK[]" in talk.line:
            begun.set()
            assert max(imap.letters) not in talk.uids or done.wait(PATIENCE)
        talk.proceed()

    with ScriptedImap().running() as imap, smtp_sink() as smtp:
        office = Installation(tmp_path, configured(imap, smtp))
        deliver(imap, islice(mixed_mail(7), 6))
        assert office.run("poll").status == 0
        first = max(imap.letters) + 1
        flood = {uid: raw_letter(sender=f"ad{uid}@spam.example") for uid in range(first, first + FLOOD)}
        imap.letters.update(flood)
        imap.on["UID FETCH"] = fetch
        taking_in = office.begin("poll")
        try:
            assert begun.wait(PATIENCE)
            made, sent = office.run("assemble"), office.run("outbox", "send")
            assert taking_in.poll() is None, "the flood was over before"
            done.set()
            assert taking_in.wait(PATIENCE) == 0
        finally:
            done.set()
            end_group(taking_in.pid)
        assert (made.status, len(made.document["articles"])) == (0, 6)
        assert (sent.status, sent.document["sent"], len(smtp.taken)) == (0, 6, 6)
        assert len(office.run("messages").document) == 6 + FLOOD
    assert broken_promises(office.data) == []
