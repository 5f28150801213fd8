"""Settings read again: what takes effect at once, and what waits for a restart."""

from __future__ import annotations

import pytest

from settings.reload import merged
from tests.support.config_texts import SMALL, read

NEEDING_A_RESTART = [
    ('[service]\ndata_dir = "elsewhere"', "[service] data_dir"),
    ('[service]\nlog_format = "json"', "[service] log_format"),
    ('[desk]\nlisten = "127.0.0.1:9090"', "[desk] listen"),
    ('[desk]\npublic_url = "https://jianbao.example.org"', "[desk] public_url"),
    ("[desk]\nmetrics = true", "[desk] metrics"),
]


@pytest.mark.parametrize(("table", "key"), NEEDING_A_RESTART)
def test_what_needs_a_restart_is_named_and_stays(table: str, key: str) -> None:
    running = read(SMALL)
    settings, waiting = merged(running, read(f"{table}\n{SMALL}"))
    assert waiting == (key,)
    assert settings == running


def test_everything_else_takes_effect() -> None:
    running = read(SMALL)
    changed = SMALL.replace("[bulletin.mailbox]", 'schedule = "mon 09:00"\n[bulletin.mailbox]', 1)
    tables = '[service]\ntimezone = "UTC"\nalarm_to = ["it@example.org"]\n'
    tables += '[smtp]\nhost = "127.0.0.1"\nsender = "a@example.org"\n'
    settings, waiting = merged(running, read(tables + changed))
    assert waiting == ()
    assert settings == read(tables + changed)
