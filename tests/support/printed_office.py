"""A small office with a printed issue: what backups, restores and rebuilt ledgers have to bring back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from intake.pool import ReadingPool
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.offices import SHANGHAI, bulletin, config, office_at, write_config

TUESDAY: Final = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
TITLES: Final = ("内外兼修提升学前教育", "全力做好秋冬季防火", "社区养老服务再升级")
DEPARTMENT: Final = '\n[[bulletin.department]]\nname = "区教体局"\nsenders = ["jtj@example.org"]\n'
"""Whose the letters are; follows the text of a bulletin."""
_MORE: Final = 'first_number = 70\neditors = ["editor@example.org"]'
_SMTP: Final = '[smtp]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\nsender = "wuxing@example.org"\n'


def write_printed_config(home: Path) -> Path:
    """The configuration, with a mail server that nothing reaches; returns its path."""
    return write_config(home, _SMTP + config(bulletin(more=_MORE) + DEPARTMENT))


def print_issue(office: Office, pool: ReadingPool) -> None:
    """Receives two letters, of the first two titles, and prints them in 第70期 of TUESDAY."""
    for number, title in enumerate(TITLES[:2]):
        receive(office, pool, submission(manuscript(title), number=number))
    assemble(office, office.bulletin(None), TUESDAY.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")


def fill_printed_office(config_file: Path, pool: ReadingPool) -> Path:
    """`print_issue`, and a third letter that waits; returns the data directory."""
    with office_at(config_file, TUESDAY) as office:
        print_issue(office, pool)
        receive(office, pool, submission(manuscript(TITLES[2]), number=9))
        return office.data_dir
