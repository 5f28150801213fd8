"""`check`: is everything in place? One line each, with the remedy."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from archive import folders, outbox, search
from archive.ledger_format import FORMAT, format_of
from assembler.template import check_template
from intake.archives.libarchive_door import has_libarchive
from intake.keep import unfetched_notice
from intake.pool import ReadingPool
from programs.libreoffice import network_wall
from service.health.fonts import absent_fonts
from service.issue.due import due_times
from service.letters.courtesies import in_junk
from service.letters.mailing import smtp_session
from service.letters.take_in import mailbox_of, opened
from service.office import Office
from service.register.register import registered_in
from settings.model import BulletinSettings
from settings.secrets import resolve, weakness
from values.errors import BadConfig, TryLater
from values.outgoing import OutboxState
from values.word_list import NO_WORDS

_DISK_WANTED: Final = 1_000_000_000
_SHOWN: Final = 10
_LOOK_AHEAD: Final = timedelta(days=200)  # three weeks, and the longest days off with them
_NOTICE_IS_OUT: Final = timedelta(days=31)  # from December on, the days off of the coming year are known
_ON_DAYS_OFF: Final = {
    "ignore": "",
    "skip": "（逢放假不编）",
    "before": "（逢放假提前到放假前最后一个工作日）",
    "after": "（逢放假推到放假后第一个工作日）",
}


class State(StrEnum):
    """fine; advice: works, but could be better; broken: must be mended; unavailable: the outside does not answer."""

    FINE = "fine"
    ADVICE = "advice"
    BROKEN = "broken"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report, in Chinese."""

    name: str
    state: State
    said: str


def check(office: Office) -> Iterator[Line]:
    """Looks at everything the service depends on. Never raises for what it finds."""
    yield Line("配置", State.FINE, f"{len(office.settings.bulletins)} 个刊物，数据放在 {office.data_dir}")
    yield _ledger(office)
    yield _search(office)
    yield disk(office)
    yield _clock(office)
    yield _reading()
    yield _libreoffice(office)
    yield _libarchive()
    yield from _letters_out(office)
    for bulletin in office.settings.bulletins:
        yield from _bulletin(office, bulletin)


def _ledger(office: Office) -> Line:
    with office.ledger.reading() as ledger:
        return Line("台账", State.FINE, f"格式 {format_of(ledger)}（本版本用 {FORMAT}）")


def _search(office: Office) -> Line:
    with office.ledger.reading() as ledger:
        missing = search.count_unindexed(ledger)
    if missing:
        said = f"有 {missing} 项（稿件、来信或往期）搜不到；启动服务（run）时会自动补上"
        return Line("搜索", State.ADVICE, said)
    return Line("搜索", State.FINE, "稿件、来信和往期都搜得到")


def disk(office: Office) -> Line:
    free = shutil.disk_usage(office.data_dir).free
    if free < _DISK_WANTED:
        return Line("磁盘", State.BROKEN, f"只剩 {free / 1e6:.0f} MB；请腾出至少 {_DISK_WANTED / 1e9:.0f} GB")
    return Line("磁盘", State.FINE, f"剩余 {free / 1e9:.1f} GB")


def _clock(office: Office) -> Line:
    now = office.local(office.now())
    return Line("时钟", State.FINE, f"{now:%Y-%m-%d %H:%M}（{office.settings.service.timezone}）；不对请校准系统时间")


def _reading() -> Line:
    with ReadingPool(workers=1) as pool:
        confined = pool.is_confined()
    if confined:
        return Line("读信", State.FINE, "在受限的子进程里进行：不能联网，不能写文件")
    return Line("读信", State.ADVICE, "子进程没有断开网络；请安装 libseccomp2")


def _libreoffice(office: Office) -> Line:
    if office.soffice is None:
        remedy = "apt-get install libreoffice-writer-nogui，再用 retry 重读"
        return Line(
            "LibreOffice",
            State.ADVICE,
            f"没有安装；.doc、.wps、.rtf、.odt 来稿会放在待处理，图表和矢量图不收入文章，目录不排页码。安装：{remedy}",
        )
    wall = "" if network_wall() else "；转换时不能断开网络，只靠 LibreOffice 自己的设置不读外部链接"
    return Line(
        "LibreOffice", State.FINE, f"{office.soffice}，用来读 .doc、.wps、.rtf、.odt，画图表和矢量图，排目录页码{wall}"
    )


def _libarchive() -> Line:
    if not has_libarchive():
        remedy = "apt-get install libarchive13，再用 retry 重读"
        return Line("libarchive", State.ADVICE, f"没有安装；7z、rar、tar、gz 压缩包会放在待处理。安装：{remedy}")
    return Line("libarchive", State.FINE, "用来打开 7z、rar、tar、gz 压缩包")


def _letters_out(office: Office) -> Iterator[Line]:
    smtp = office.settings.smtp
    if not smtp.host:
        yield Line("发信", State.FINE, "没有配置 [smtp] host，不发信")
        return
    try:
        smtp_session(office).close()
    except TryLater as error:
        yield Line("发信", State.UNAVAILABLE, str(error))
    except BadConfig as error:
        yield Line("发信", State.BROKEN, str(error))
    else:
        yield Line("发信", State.FINE, f"{smtp.address}，经 {smtp.host}:{smtp.port}")
    with office.ledger.reading() as ledger:
        states = Counter(one.delivery.state for one in outbox.letters_out(ledger))
    told = "，".join(f"{state.chinese} {states[state]} 封" for state in OutboxState)
    stuck = states[OutboxState.FAILED] + states[OutboxState.POSSIBLY_SENT]
    remedy = "；请用 outbox 命令查看，需要时用 outbox --resend 编号 再发" if stuck else ""
    yield Line("发件箱", State.ADVICE if stuck else State.FINE, told + remedy)


def _bulletin(office: Office, bulletin: BulletinSettings) -> Iterator[Line]:
    yield _secret(office, bulletin)
    yield from _mailbox(office, bulletin)
    yield from _template(office, bulletin)
    yield _word_list(bulletin)
    yield from _schedule(office, bulletin)


def _schedule(office: Office, bulletin: BulletinSettings) -> Iterator[Line]:
    if bulletin.schedule is None:
        yield Line("编排时间", State.FINE, "手工编排")
        return
    now = office.now()
    due = islice(due_times(office.settings.service, bulletin, now, now + _LOOK_AHEAD), 3)
    told = "、".join(f"{office.local(moment):%m-%d %H:%M}" for moment in due)
    yield Line("编排时间", State.FINE, told + _ON_DAYS_OFF[bulletin.holidays])
    free = office.settings.service.days_off(bulletin.holidays).free
    year = office.local(now + _NOTICE_IS_OUT).year
    if bulletin.holidays != "ignore" and year not in {day.year for day in free}:
        remedy = "国务院办公厅每年 11 月前后公布下一年的安排，请照着写上放假的日子和 work_days 调休上班的日子"
        yield Line("放假安排", State.ADVICE, f"[service] free_days 里没有 {year} 年的日子，放假也会照常编排；{remedy}")


def _secret(office: Office, bulletin: BulletinSettings) -> Line:
    secret = bulletin.mailbox.password
    try:
        resolve(secret, office.environ)
    except BadConfig as error:
        return Line("邮箱口令", State.BROKEN, str(error))
    weak = weakness(secret, office.environ)
    return Line("邮箱口令", State.ADVICE if weak else State.FINE, weak or f"取自{secret}")


def _mailbox(office: Office, bulletin: BulletinSettings) -> Iterator[Line]:
    try:
        with opened(mailbox_of(office, bulletin)) as mailbox:
            folder = mailbox.open()
            count = len(mailbox.after(0))
        junk = mailbox.junk(registered_in(office, bulletin))
    except TryLater as error:
        yield Line("邮箱", State.UNAVAILABLE, str(error))
    except BadConfig as error:
        yield Line("邮箱", State.BROKEN, str(error))
    else:
        advice = "" if "163.com" not in bulletin.mailbox.host else "；请在网页邮箱的设置里选“收取全部邮件”"
        yield Line("邮箱", State.FINE, f"{folder.account} 的 {folder.name}，{count} 封信{advice}")
        if junk:
            yield Line("垃圾邮件", State.ADVICE, in_junk(junk))
    yield from _unfetched(office, bulletin)


def _word_list(bulletin: BulletinSettings) -> Line:
    """A broken line is told before, with the mistakes of config.toml."""
    words = bulletin.word_list
    if words == NO_WORDS:
        return Line("用词表", State.FINE, "没有配置 word_list；写法见 wordlist.txt")
    counts = f"规范用语 {len(words.preferred)} 条，禁词 {len(words.forbidden)} 条，领导 {len(words.leaders)} 位"
    return Line("用词表", State.FINE, counts)


def _unfetched(office: Office, bulletin: BulletinSettings) -> Iterator[Line]:
    """What the mailbox lists and does not give."""
    mailbox = bulletin.mailbox
    with office.ledger.reading() as ledger:
        found = [
            one
            for one in folders.all_unfetched(ledger)
            if (one.place.account, one.place.folder) == (mailbox.username, mailbox.folder)
        ]
    for one in found[:_SHOWN]:
        yield Line("没有收到的信", State.ADVICE, unfetched_notice(one))
    if len(found) > _SHOWN:
        yield Line("没有收到的信", State.ADVICE, f"一共 {len(found)} 封；用 messages 可以看到全部")


def _template(office: Office, bulletin: BulletinSettings) -> Iterator[Line]:
    try:
        template = bulletin.template.read_bytes()
    except OSError as error:
        yield Line("模板", State.BROKEN, f"{bulletin.template} 读不到（{error.strerror}）")
        return
    problems = check_template(template)
    for problem in problems:
        yield Line("模板", State.BROKEN, problem)
    if problems:
        return
    yield Line("模板", State.FINE, str(bulletin.template))
    if absent := absent_fonts(template, office.environ):
        effect = "LibreOffice 会换成别的字体，目录页码和本机转的 PDF 可能与编辑电脑上的不同"
        yield Line("字体", State.ADVICE, f"模板用到、本机没有、也没有嵌入模板：{'、'.join(absent)}；{effect}")
