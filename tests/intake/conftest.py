"""A mailbox on the scripted server, for tests of what a server may answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.fetch.imap import ImapMailbox
from tests.support.imap_server import ScriptedImap
from tests.support.scripted_mailbox import mailbox_on, raw


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    with ScriptedImap({uid: raw(uid) for uid in (11, 12, 13, 14, 15)}).running() as scripted:
        yield scripted


@pytest.fixture
def mailbox(server: ScriptedImap) -> Iterator[ImapMailbox]:
    box = mailbox_on(server)
    yield box
    box.close()
