"""The settings: every key of config.toml, its default and its kind (design.md 5.1).

Made by `settings.load`, once. Paths are absolute, the zone is a zone, the schedule is parsed; secrets stay references.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from settings.days_off import DaysOff, Holidays
from settings.kinds import (
    Address,
    AfterRead,
    ApprovalPeople,
    BulletinId,
    CaFile,
    CorrectionWording,
    Count,
    Database,
    Days,
    Fix,
    HeaderName,
    HeldKind,
    HomePath,
    Host,
    JointScore,
    KeepLetters,
    Line,
    ListenOn,
    Network,
    OptionalAddress,
    OptionalHost,
    OptionalPath,
    Port,
    Positive,
    PublicUrl,
    RawStore,
    Reminding,
    Score,
    SecretReference,
    Security,
    Sender,
    StartDay,
    Switch,
    TemplatePath,
    When,
    WordListFile,
    Words,
    Zone,
    written,
)
from settings.oidc import OidcSettings
from settings.secrets import Secret
from settings.table import SettingsTable
from values.approval import ApprovalStep
from values.department import Department


class ServiceSettings(SettingsTable):
    """[service]."""

    data_dir: HomePath = written("data")
    """Everything that the service keeps."""
    timezone: Zone = written("Asia/Shanghai")
    """Of schedules, and of every time that is shown."""
    database: Database = ""
    """A postgresql:// URL; "": SQLite in data_dir."""
    database_password: SecretReference | None = None
    """None: the server asks for none, or libpq knows it (PGPASSFILE)."""
    raw_store: RawStore = ""
    """s3://bucket/prefix; "": files in data_dir."""
    log_format: Literal["text", "json"] = "text"
    alarm_to: tuple[Address, ...] = ()
    """Who receives alarms; (): the first editor of each bulletin."""
    free_days: tuple[Days, ...] = ()
    """The office's days off."""
    work_days: tuple[Days, ...] = ()
    """Weekend days on which the office works (调休)."""
    keep_letters: KeepLetters = written("")
    """After which time letters are erased; None: never."""
    backup: OptionalPath = written("")
    """The folder into which the service backs up by itself; None: it does not."""
    backup_schedule: When = written("mon,tue,wed,thu,fri,sat,sun 01:30")
    """When it does so; None: never."""
    backup_keep: Positive = 14
    """Backups that stay in the folder: two weeks of nights."""

    def days_off(self, holidays: Holidays) -> DaysOff:
        """The office's calendar. holidays: what a bulletin does on a day off."""
        free, work = (frozenset(day for span in spans for day in span) for spans in (self.free_days, self.work_days))
        return DaysOff(free, work, holidays)


class DeskSettings(SettingsTable):
    """[desk]."""

    listen: ListenOn = written("127.0.0.1:8080")
    """None: there is no desk."""
    public_url: PublicUrl = "http://127.0.0.1:8080"
    """What editors open: scheme and host, without a path and without a slash at the end."""
    trusted_proxies: tuple[Network, ...] = ()
    """Proxies whose X-Forwarded-For and `user_header` are believed."""
    user_header: HeaderName = ""
    """The header in which a proxy names the person it has logged in; "": no proxy logs people in."""
    connections: Positive = 1_000
    """Open at the same time; no more than half of the files that the process may open."""
    connections_per_address: Positive = 200
    """From one address, or one /64 of IPv6; not from trusted proxies. An office behind one address: 30 browsers with
    six connections each."""
    separation_of_duties: Switch = False
    """三员分立: no auditor becomes anything else or was, and administrators do not read who logged in and got what."""
    metrics: Switch = False
    """Whether /metrics is served."""
    idle_minutes: Positive = 30
    """Without a request a session ends after that many minutes (NIST SP 800-63B, AAL2); after 12 hours in any case."""
    password_days: Count = 0
    """Passwords older than that many days must be replaced before anything else (GB/T 22239 8.1.4.1); 0: they last."""
    second_factor: Literal["off", "optional", "required"] = "optional"
    """When a log-in asks for a code of an authenticator app: never; where the person has set one up; always."""
    one_session: Switch = False
    """Whether a log-in ends the earlier sessions of the same account."""
    oidc: OidcSettings | None = None
    """None: nobody is logged in by a provider."""


class SmtpSettings(SettingsTable):
    """[smtp]."""

    host: OptionalHost = ""
    """"": no letter is sent or queued."""
    port: Port = 465
    """The port of SMTP over TLS (RFC 8314 3.3)."""
    security: Security = "tls"
    username: Line = ""
    """"": no login."""
    password: SecretReference = written({"env": "JIANBAO_SMTP_PASSWORD"})
    ca_file: CaFile = written("")
    """The authorities of an office's own server, besides the system's; None: only the system's."""
    sender: OptionalAddress = ""
    """The address of letters out; "": `username`."""
    per_quarter_hour: Positive = 30
    """The most letters in 15 minutes: 163.com refuses letters that are sent faster."""
    answer_days: Positive = 7
    """Letters received longer ago, in days, get no receipt."""
    hold: tuple[HeldKind, ...] = ()
    """Kinds of letters that wait until a person has looked at them."""

    @property
    def address(self) -> str:
        """The address from which letters are sent."""
        return self.sender or self.username


class MailboxSettings(SettingsTable):
    """[bulletin.mailbox]."""

    host: Host
    port: Port = 993
    """The port of IMAP over TLS (RFC 8314 3.2)."""
    security: Security = "tls"
    username: Words
    password: SecretReference = written({"env": "JIANBAO_IMAP_PASSWORD"})
    ca_file: CaFile = written("")
    """The authorities of an office's own server, besides the system's; None: only the system's."""
    folder: Words = "INBOX"
    poll_seconds: Positive = 60
    since: StartDay = written("")
    """The first day whose letters are the bulletin's; None: letters older than thirty days are flagged and held."""
    authserv_id: Line = ""
    """The server whose Authentication-Results headers are believed (RFC 8601 5); "": none are."""
    plus_address: Switch = False
    """Whether the server delivers box+anything@ to box@ (RFC 5233): then answers to drafts go to an address with their
    code."""
    after_read: AfterRead = written("")
    """How letters are marked that were read; None: nothing in the mailbox is ever changed."""


class PointsSettings(SettingsTable):
    """[bulletin.points]: what an article scores for its department, where the office scores at all (domain.md 3)."""

    adopted: Score = written(5)
    """In an ordinary issue. 六安市 and the county model give 5."""
    joint: JointScore = written(3)
    """For each department of joint work (综合采用) in an ordinary issue. The county model gives 3. share: the points of
    the article are divided equally, in every kind of issue."""
    supplement: Score = written(10)
    """In a 增刊. 六安市 gives 10 for 要情 and 专报, 常山县 up to 30."""
    notice: Score = written(0)
    """In a named section such as 情况通报, which no scheme scores."""
    endorsed: Mapping[Words, Score] = written({})
    """For a 批示, by its level, in addition. 钟楼区 gives 10, 20 and 40, 六安市 30."""
    commissioned: Score = written(0)
    """For a commission (约稿) that was answered in time, in addition to what its article scores."""
    missed: Score = written(0)
    """Taken off for a commission that was not answered (欠稿); one that came late scores nothing."""
    upper: Mapping[Words, Score] = written({})
    """For 上级采用, by its level, in addition; joint work shares it where `joint` is "share"."""


class ApprovalTable(SettingsTable):
    """[[bulletin.approval]]: a step that a draft passes before it may be signed off."""

    step: Words
    """Its name, such as 审核."""
    people: ApprovalPeople
    """Who approves in it."""
    need: Literal["any", "all"] = "any"
    """any: one of them is enough; all: each of them must approve."""

    @property
    def approval_step(self) -> ApprovalStep:
        """The step."""
        return ApprovalStep(self.step, self.people, self.need)


class DepartmentTable(SettingsTable):
    """[[bulletin.department]]: the keys of a `Department`."""

    name: Words
    full_name: Line = ""
    aliases: tuple[Words, ...] = ()
    senders: tuple[Sender, ...] = ()
    """In lower case."""
    group: Line = ""
    """The departments that are counted together in the statistics (乡镇, 部门); "": none."""

    def department(self, position: int) -> Department:
        """The department. position: its place in the order of the contents page, from 0."""
        return Department(self.name, self.full_name, self.aliases, self.senders, position, group=self.group)


class BulletinSettings(SettingsTable):
    """[[bulletin]], as the file has it."""

    id: BulletinId
    title: Words
    kind: Words = "工作简报"
    """简报类别, below the title."""
    marking: Line = ""
    """标注 above the title, such as 内部资料 注意保存; "": none is printed."""
    registration: Line = ""
    """编号 opposite the marking, such as that of a permit to print; "": none is printed."""
    office: Words
    """编印单位."""
    template: TemplatePath = written("templates/bulletin.docx")
    schedule: When = written("fri 16:00")
    """When drafts are made; None: by hand."""
    holidays: Holidays = "ignore"
    """What becomes of a due time on a day off."""
    commission_reminder: Reminding = written("1d")
    """How long before its deadline departments that have not answered a commission are reminded; None: they are not."""
    numbering: Literal["running", "yearly"] = "running"
    """running: 第70期, for ever; yearly: 2022年第12期, from 1 each January."""
    first_number: Positive = 1
    """For a ledger that has no issue yet."""
    first_supplement: Positive = 1
    """For a ledger that has no supplement (增刊) yet."""
    first_total: Count = 0
    """总期号 of the first issue in the ledger; 0: none is printed."""
    date_form: Literal["arabic", "chinese"] = "arabic"
    """The printed date: 2022年11月8日 or 二〇二二年十一月八日."""
    editors: tuple[Address, ...] = ()
    """Who receives the drafts."""
    ofd: Switch = False
    """Whether a sign-off also makes an OFD (GB/T 33190-2016) of the PDF's pages."""
    sign_by_mail: Switch = False
    """Whether an editor may sign off by answering the letter that brings a draft, with its code."""
    digest: When = written("mon 08:30")
    """When the editors are mailed how the week went; None: never."""
    circulate: tuple[Address, ...] = ()
    """To whom the signed issue is mailed when an editor asks for it."""
    report_to: tuple[Words, ...] = ()
    """报."""
    copy_to: tuple[Words, ...] = ()
    """送."""
    issue_to: tuple[Words, ...] = ()
    """发."""
    copies: Count = 0
    """印数; 0: none is printed."""
    double_sided: bool = True
    """The issue is printed on both sides of the paper: 版记 on an even page."""
    phone: Line = ""
    """"": none is printed."""
    call_for_papers: Line = ""
    """投稿启事; "": none is printed."""
    sections: tuple[Line, ...] = ("", "情况通报")
    """栏目 in printed order; "" holds the ordinary articles."""
    report_section: Line = "情况通报"
    """Where 采用情况通报 goes; the ordinary articles, where `sections` has no such name."""
    correction_section: Words = "更正"
    """Where 更正 goes; printed last where `sections` has no such name."""
    correction_wording: CorrectionWording = written("本刊{期号}（{日期}）刊发的《{标题}》一文中，{改正}。特此更正。")
    """The text of a 更正. 改正 stands for what was wrong and right, the other fields for the printed article."""
    unknown_senders: Literal["hold", "draft"] = "hold"
    """hold: articles of unknown senders wait for a person; draft: they are drafted with a finding."""
    answer_queries: Switch = False
    """A registered writer who asks 查询 gets the list of the unit's submissions."""
    word_list: WordListFile = written("")
    """The rules in the file, read with the configuration; "": none."""
    auto_fix: tuple[Fix, ...] = ()
    """The rules whose suggestions are applied at reading."""
    endorsement_levels: tuple[Words, ...] = ("区级", "市级", "省级")
    """Levels of 批示 that can be recorded, besides those that score."""
    upper_levels: tuple[Words, ...] = ("市级", "省级", "国家级")
    """Levels of 上级采用 that can be recorded, besides those that score."""
    count_endorsements: bool = False
    """批示 are counted in the statistics. The rules of 2024 against formalism forbid making them an item of
    assessment."""
    mailbox: MailboxSettings
    points: PointsSettings | None = None
    """None: nothing is scored, and nobody is ranked."""
    approval: tuple[ApprovalTable, ...] = ()
    """The steps before the sign-off, in their order; (): the editor signs off alone."""
    department: tuple[DepartmentTable, ...] = ()
    """In the order of the contents page."""

    @property
    def deciders(self) -> frozenset[str]:
        """The addresses of the editors and of the people of the steps, in lower case."""
        people = (person.address for step in self.approval_steps for person in step.people)
        return frozenset(address.lower() for address in (*self.editors, *people))

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of 批示, each once."""
        scored = () if self.points is None else self.points.endorsed
        return tuple(dict.fromkeys((*self.endorsement_levels, *scored)))

    @property
    def adopting_levels(self) -> tuple[str, ...]:
        """The levels of 上级采用, each once."""
        scored = () if self.points is None else self.points.upper
        return tuple(dict.fromkeys((*self.upper_levels, *scored)))

    @property
    def counts_endorsements(self) -> bool:
        """Whether 批示 are counted in the statistics: the office says so, or scores them."""
        return self.count_endorsements or (self.points is not None and bool(self.points.endorsed))

    @property
    def printed_sections(self) -> tuple[str, ...]:
        """栏目 in printed order, that of 更正 among them."""
        return tuple(dict.fromkeys((*self.sections, self.correction_section)))

    @property
    def departments(self) -> tuple[Department, ...]:
        """The departments that the file lists, in its order: not as the desk may have changed them."""
        return tuple(table.department(position) for position, table in enumerate(self.department))

    @property
    def approval_steps(self) -> tuple[ApprovalStep, ...]:
        """The steps that a draft passes before it may be signed off, in their order."""
        return tuple(table.approval_step for table in self.approval)


class Settings(SettingsTable):
    """The whole of config.toml."""

    service: Annotated[ServiceSettings, Field(validate_default=True)] = written({})
    desk: DeskSettings = written({})
    smtp: SmtpSettings = written({})
    bulletins: tuple[BulletinSettings, ...] = Field(alias="bulletin")

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Where each password is kept."""
        mailboxes = [bulletin.mailbox.password for bulletin in self.bulletins]
        provider = self.desk.oidc.client_secret if self.desk.oidc else None
        return tuple(filter(None, (self.service.database_password, self.smtp.password, provider, *mailboxes)))

    def bulletin(self, id: str) -> BulletinSettings | None:
        """The bulletin of that id."""
        return next((bulletin for bulletin in self.bulletins if bulletin.id == id), None)
