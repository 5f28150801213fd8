"""An office for a test: a small configuration, a new data directory, a clock that the test sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from service.office import DATABASE, Office, open_office
from settings.load import load_settings
from tests.support.ledger_rows import BULLETIN, add_article, new_article
from tests.support.ledgers import place_empty_ledger

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
TEMPLATE: Final = Path(__file__).resolve().parents[2] / "templates" / "bulletin.docx"


class Clock:
    """Shows the time it was last set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def config(*bulletins: str) -> str:
    """A config.toml with these `[[bulletin]]` tables."""
    return "\n".join(bulletins)


def bulletin(id: str = BULLETIN, *, more: str = "first_number = 70", port: int = 993, username: str = "") -> str:
    """A `[[bulletin]]` on Fridays at four, with `more` lines; its mailbox is on this machine."""
    return f'''
[[bulletin]]
id = "{id}"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"
template = "{TEMPLATE}"
{more}

[bulletin.mailbox]
host = "127.0.0.1"
port = {port}
security = "none"
username = "{username or id}@example.org"
password = {{ env = "JIANBAO_IMAP_PASSWORD" }}
poll_seconds = 1

[[bulletin.department]]
name = "区民政局"
'''


def write_config(home: Path, text: str | None = None) -> Path:
    """Writes config.toml into `home`; data_dir will be `home`/data."""
    home.mkdir(exist_ok=True, parents=True)
    path = home / "config.toml"
    path.write_text(text if text is not None else config(bulletin()), encoding="utf-8")
    return path


@contextmanager
def office_at(config_file: Path, now: datetime, **environ: str) -> Iterator[Office]:
    """The office of that configuration, its clock standing still at `now`."""
    settings = load_settings(config_file)
    place_empty_ledger(settings.service.data_dir / DATABASE)
    with open_office(settings, Clock(now), environ) as office:
        yield office


def hand_in(office: Office, *names: str, bulletin: str = BULLETIN) -> list[int]:
    """Articles of these names, as if their letters had come and been read. Returns their ids."""
    with office.ledger.writing() as ledger:
        for name in names:
            office.raws.put(_letter(name))
        return [add_article(ledger, new_article(name, bulletin=bulletin, received_at=office.now())) for name in names]


def _letter(name: str) -> bytes:
    return f"letter with {name}.docx".encode()
