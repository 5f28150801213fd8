"""What `init` asks for: the answers that become a config.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from intake.fetch.imap import Security
from settings.secrets import Kind
from values.department import Department


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """A mail server as it was answered; the kinds of values are those of `MailboxSettings`."""

    host: str
    port: int
    security: Security


@dataclass(frozen=True, slots=True)
class MailAnswers:
    """The mailbox of the submissions, from which letters are sent as well."""

    receiving: ServerAnswer
    sending: ServerAnswer | None
    """None: no letter is sent."""
    username: str
    """The name to log in with, for both servers."""
    ca_file: Path | None
    """Of an office's own authority; absolute."""


@dataclass(frozen=True, slots=True)
class BulletinAnswers:
    """The bulletin; the fields are those of `BulletinSettings`."""

    id: str
    title: str
    office: str
    first_number: int
    schedule: str
    editors: tuple[str, ...]
    since: date
    """The first day whose letters are taken as submissions."""
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True)
class DeskAnswers:
    """The review desk, as the options say; None: as in the sample. `load_settings` checks it with all the rest."""

    listen: str | None
    public_url: str | None


@dataclass(frozen=True, slots=True)
class NewOffice:
    """All answers."""

    data_dir: str
    """As it is written: relative to the configuration, or absolute."""
    desk: DeskAnswers
    mail: MailAnswers
    password_kind: Kind
    password_name: str
    """Where the password is, as in `Secret`: both servers take the same."""
    bulletin: BulletinAnswers
