"""The settings: every key of config.toml, its default and its kind (design.md 5.1).

Made by `settings.load`, once. Paths are absolute, the zone is a zone, the schedule is parsed; secrets stay references.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from settings.days_off import DaysOff, Holidays
from settings.kinds import (
    Address,
    AfterRead,
    BulletinId,
    Count,
    Database,
    Days,
    Fix,
    HeaderName,
    HomePath,
    Host,
    Line,
    ListenOn,
    Network,
    OptionalAddress,
    OptionalHost,
    Port,
    Positive,
    PublicUrl,
    RawStore,
    SecretReference,
    Security,
    Sender,
    Switch,
    When,
    WordListFile,
    Words,
    Zone,
    written,
)
from values.department import Department


class SettingsTable(BaseModel):
    """One [table] of config.toml. Unknown keys are refused; nothing changes once it is read."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,  # the input may be a password written where a reference belongs
    )


class ServiceSettings(SettingsTable):
    """[service]. `database`: "" = SQLite in data_dir. `raw_store`: "" = files in data_dir.

    `alarm_to` empty: the first editor of each bulletin. `free_days`: the office's days off; `work_days`: weekend days
    on which it works.
    """

    data_dir: HomePath = written("data")
    timezone: Zone = written("Asia/Shanghai")
    database: Database = ""
    raw_store: RawStore = ""
    log_format: Literal["text", "json"] = "text"
    alarm_to: tuple[Address, ...] = ()
    free_days: tuple[Days, ...] = ()
    work_days: tuple[Days, ...] = ()

    def days_off(self, holidays: Holidays) -> DaysOff:
        """The office's calendar, with what a bulletin does on a day off."""
        free, work = (frozenset(day for span in spans for day in span) for spans in (self.free_days, self.work_days))
        return DaysOff(free, work, holidays)


class DeskSettings(SettingsTable):
    """[desk]. `listen` None: there is none. `public_url` has no slash at its end, and no path.

    `trusted_proxies`: whose X-Forwarded-For and `user_header` are believed. `user_header` = "": nobody is logged in by
    a proxy.
    """

    listen: ListenOn = written("127.0.0.1:8080")
    public_url: PublicUrl = "http://127.0.0.1:8080"
    trusted_proxies: tuple[Network, ...] = ()
    user_header: HeaderName = ""
    metrics: Switch = False


class SmtpSettings(SettingsTable):
    """[smtp]. `host` = "": no letter is sent or queued. `username` = "": no login. `sender` = "": `username`.

    `per_quarter_hour`: letters in 15 minutes at most. `answer_days`: older letters get no receipt.
    """

    host: OptionalHost = ""
    port: Port = 465
    security: Security = "tls"
    username: Line = ""
    password: SecretReference = written({"env": "JIANBAO_SMTP_PASSWORD"})
    sender: OptionalAddress = ""
    per_quarter_hour: Positive = 30
    answer_days: Positive = 7

    @property
    def address(self) -> str:
        """Where letters come from."""
        return self.sender or self.username


class MailboxSettings(SettingsTable):
    """[bulletin.mailbox]. `authserv_id` = "": no Authentication-Results header is believed (RFC 8601 5).

    `after_read` None: nothing in the mailbox is ever changed.
    """

    host: Host
    port: Port = 993
    security: Security = "tls"
    username: Words
    password: SecretReference = written({"env": "JIANBAO_IMAP_PASSWORD"})
    folder: Words = "INBOX"
    poll_seconds: Positive = 60
    authserv_id: Line = ""
    after_read: AfterRead = written("")


class PointsSettings(SettingsTable):
    """[bulletin.points]. What an article brings its department (domain.md 3).

    adopted: in an ordinary issue (六安市 and the county model: 5). supplement: in a 增刊 (六安市 要情、专报 10; 常山县
    up to 30). notice: in a named section such as 情况通报 (nobody scores these). endorsed: for a 批示, by its level, on
    top of the rest (钟楼区 10/20/40; 六安市 30).
    """

    adopted: Count = 5
    supplement: Count = 10
    notice: Count = 0
    endorsed: Mapping[Words, Count] = written({"区级": 10, "市级": 20, "省级": 40})


class DepartmentTable(SettingsTable):
    """[[bulletin.department]], as it may be written. `senders`: addresses and whole domains, in lower case."""

    name: Words
    full_name: Line = ""
    aliases: tuple[Words, ...] = ()
    senders: tuple[Sender, ...] = ()

    def department(self, position: int) -> Department:
        """The department, at that place in the order of the contents page."""
        return Department(self.name, self.full_name, self.aliases, self.senders, position)


class BulletinSettings(SettingsTable):
    """[[bulletin]]. `schedule` None: by hand. `department`: in the order of the contents page.

    `holidays`: what becomes of a day of the schedule that is a day off.
    `word_list`: the rules in the file, read with the configuration; "" = none.
    `auto_fix`: the rules whose suggestions are applied.
    `report_section`: where 采用情况通报 goes; among the ordinary articles when `sections` has no such name.
    """

    id: BulletinId
    title: Words
    kind: Words = "工作简报"
    office: Words
    template: HomePath = written("templates/bulletin.docx")
    schedule: When = written("fri 16:00")
    holidays: Holidays = "ignore"
    numbering: Literal["running", "yearly"] = "running"
    first_number: Positive = 1
    first_supplement: Positive = 1
    first_total: Count = 0
    date_form: Literal["arabic", "chinese"] = "arabic"
    editors: tuple[Address, ...] = ()
    report_to: tuple[Words, ...] = ()
    copy_to: tuple[Words, ...] = ()
    issue_to: tuple[Words, ...] = ()
    copies: Count = 0
    phone: Line = ""
    call_for_papers: Line = ""
    sections: tuple[Line, ...] = ("", "情况通报")
    report_section: Line = "情况通报"
    unknown_senders: Literal["hold", "draft"] = "hold"
    word_list: WordListFile = written("")
    auto_fix: tuple[Fix, ...] = ()
    mailbox: MailboxSettings
    points: PointsSettings = written({})
    department: tuple[DepartmentTable, ...] = ()

    @property
    def departments(self) -> tuple[Department, ...]:
        """The departments that the file lists, in its order: not as the desk may have changed them."""
        return tuple(table.department(position) for position, table in enumerate(self.department))


class Settings(SettingsTable):
    """The whole of config.toml."""

    service: Annotated[ServiceSettings, Field(validate_default=True)] = written({})
    desk: DeskSettings = written({})
    smtp: SmtpSettings = written({})
    bulletins: tuple[BulletinSettings, ...] = Field(alias="bulletin")

    def bulletin(self, id: str) -> BulletinSettings | None:
        """The bulletin of that id."""
        return next((bulletin for bulletin in self.bulletins if bulletin.id == id), None)


def keys_of(table: type[SettingsTable]) -> dict[str, type[SettingsTable] | None]:
    """The keys of a table as they are written, each with the table it opens, if it opens one."""
    return {field.alias or name: _opens(field.annotation) for name, field in table.model_fields.items()}


def key_paths(table: type[SettingsTable] = Settings, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key that may be written, with the tables above it: ("bulletin", "mailbox", "port")."""
    for key, opens in keys_of(table).items():
        yield (*above, key)
        if opens is not None:
            yield from key_paths(opens, (*above, key))


def _opens(annotation: object) -> type[SettingsTable] | None:
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, SettingsTable):
            return kind
    return None
