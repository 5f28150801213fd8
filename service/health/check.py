"""Whether everything that the service depends on is in place: one line each, with the remedy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from archive import folders, outbox, search
from archive.folders import UnfetchedRecord
from archive.ledger_format import FORMAT, format_of
from archive.own_texts import OWN_TEXTS_FILE, own_texts_are_damaged
from archive.privacy import privacy_problems
from archive.transaction import Transaction
from assembler.template import check_template
from intake.archives.libarchive_door import has_libarchive
from intake.keep import unfetched_notice
from intake.pool import ReadingPool
from programs.office_wall import wall_works
from service.backup.due import GRACE, is_backup_due
from service.backup.hold import held_message
from service.backup.last_backup import last_backup
from service.health.fonts import in_words, replaced_fonts
from service.health.mailbox_advice import whole_mailbox_advice
from service.health.sender_check import sender_verification
from service.health.verify_nightly import load_state
from service.issue.due import due_times
from service.letters.after_poll import junk_message
from service.letters.first_day import first_day_of
from service.letters.mailing import smtp_session
from service.letters.receive import mailbox_of, opened
from service.office import Office
from service.register.register import registered_in
from service.removal.expiry import keeping_message
from service.removal.finish import removals_held_up
from service.renaming.orphans import orphan_messages
from service.sign_on.trouble import trouble_with_provider
from settings.model import BulletinSettings
from settings.secrets import Secret, resolve, weakness
from values.errors import BadConfig, StorageFailed, TryLater
from values.outgoing import OutboxState
from values.word_list import NO_WORDS

_DISK_WANTED: Final = 1_000_000_000
"""Octets that should be free: some thousand letters with pictures, and room for SQLite's copies and a backup."""
_BACKUP_WANTED: Final = timedelta(days=8)
"""A weekly backup, and a day to spare."""
_SHOWN: Final = 10
"""Letters that are named one by one; more would hide the rest of the report."""
_LOOK_AHEAD: Final = timedelta(days=200)
"""How far the next three issues may be away: three monthly ones, moved by the longest days off."""
_NOTICE_IS_OUT: Final = timedelta(days=31)
"""From December on the days off of the coming year are published."""
_ON_DAYS_OFF: Final = {
    "ignore": "",
    "skip": "（逢放假不编）",
    "before": "（逢放假提前到放假前最后一个工作日）",
    "after": "（逢放假推到放假后第一个工作日）",
}


class CheckState(StrEnum):
    """How something that the service depends on is."""

    FINE = "fine"
    ADVICE = "advice"
    """It works, but could be better."""
    BROKEN = "broken"
    """It must be mended."""
    UNAVAILABLE = "unavailable"
    """A mailbox or mail server does not answer."""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the report, in Chinese."""

    name: str
    """What was checked."""
    state: CheckState
    message: str
    """What was seen, with the remedy where one is needed."""


def check_installation(office: Office) -> Iterator[CheckLine]:
    """Checks everything that the service depends on, line by line. What is broken becomes a line, not an error."""
    yield CheckLine("配置", CheckState.FINE, f"{len(office.settings.bulletins)} 个刊物，数据放在 {office.data_dir}")
    yield _ledger(office)
    yield _search(office)
    yield check_disk(office)
    yield from _privacy(office)
    yield _verified(office)
    yield _kept_letters(office)
    yield from _removals(office)
    yield from _backups(office)
    yield from (CheckLine(name, CheckState.ADVICE, message) for name, message in orphan_messages(office))
    yield _clock(office)
    yield _reading()
    yield _libreoffice(office)
    yield _libarchive()
    if own_texts_are_damaged(office.data_dir):
        yield CheckLine(
            "本单位的用词",
            CheckState.ADVICE,
            f"{OWN_TEXTS_FILE} 不能用（损坏，或属别的版本），审校没有用它；请重新 train",
        )
    yield from _sign_on(office)
    yield from _letters_out(office)
    for bulletin in office.settings.bulletins:
        yield from _bulletin(office, bulletin)


def _sign_on(office: Office) -> Iterator[CheckLine]:
    """One line where the office's provider logs people in."""
    oidc = office.settings.desk.oidc
    if oidc is None:
        return
    if provider_trouble := trouble_with_provider(office, oidc):
        state, message = provider_trouble
        yield CheckLine("统一登录", CheckState(state), message)
    else:
        yield CheckLine("统一登录", CheckState.FINE, f"{oidc.issuer} 连得上，密钥和配置都在")


def _ledger(office: Office) -> CheckLine:
    with office.ledger.reading() as ledger:
        return CheckLine("台账", CheckState.FINE, f"格式 {format_of(ledger)}（本版本用 {FORMAT}）")


def _search(office: Office) -> CheckLine:
    with office.ledger.reading() as ledger:
        missing = search.count_unindexed(ledger)
    if missing:
        message = f"有 {missing} 项（稿件、来信或往期）搜不到；启动服务（run）时会自动补上"
        return CheckLine("搜索", CheckState.ADVICE, message)
    return CheckLine("搜索", CheckState.FINE, "稿件、来信和往期都搜得到")


def _verified(office: Office) -> CheckLine:
    state = load_state(office)
    if state is not None and state.differences:
        message = f"夜间核对发现 {len(state.differences)} 处与入库时不同；请运行 verify 查明，再从备份恢复"
        return CheckLine("核对", CheckState.BROKEN, message)
    nights = "还没有核对过" if state is None or state.night is None else f"最近一次 {state.night.isoformat()}，没有不符"
    return CheckLine("核对", CheckState.FINE, f"服务每夜核对一部分，一个月核对一遍；{nights}")


def _privacy(office: Office) -> Iterator[CheckLine]:
    problems = list(privacy_problems(office.data_dir, os.geteuid()))
    for problem in problems:
        yield CheckLine("数据文件夹", CheckState.BROKEN, problem)
    if not problems:
        yield CheckLine("数据文件夹", CheckState.FINE, "只有运行服务的用户能进入")


def _kept_letters(office: Office) -> CheckLine:
    announced = office.settings.service.keep_letters is not None
    return CheckLine("来信保存", CheckState.ADVICE if announced else CheckState.FINE, keeping_message(office))


def _removals(office: Office) -> Iterator[CheckLine]:
    if message := removals_held_up(office):
        yield CheckLine("删除来信", CheckState.BROKEN, message)


def _backups(office: Office) -> Iterator[CheckLine]:
    if message := held_message(office):
        yield CheckLine("恢复", CheckState.BROKEN, message)
    last = last_backup(office.data_dir)
    if is_backup_due(office, GRACE):
        when = f"最近一次 {office.local(last.made_at):%Y-%m-%d %H:%M}" if last else "还没有备份过"
        message = f"到时间没有备份到 {office.settings.service.backup}，{when}；请看服务有没有开、那个文件夹能不能写"
        yield CheckLine("备份", CheckState.BROKEN, message)
        return
    if last is None:
        message = "还没有备份过；请运行 backup 文件，或 backup --to 文件夹，放在别的磁盘或机器上"
        yield CheckLine("备份", CheckState.ADVICE, message)
        return
    age = office.now() - last.made_at
    message = f"最近一次 {office.local(last.made_at):%Y-%m-%d %H:%M}（{age.days} 天前），在 {last.target}"
    if age > _BACKUP_WANTED:
        yield CheckLine("备份", CheckState.ADVICE, f"{message}；太久了，请再备份")
    else:
        yield CheckLine("备份", CheckState.FINE, message)


def check_disk(office: Office) -> CheckLine:
    """The free space of the file system that holds data_dir."""
    try:
        office.require_data()
        free = shutil.disk_usage(office.data_dir).free
    except StorageFailed as error:
        return CheckLine("磁盘", CheckState.BROKEN, str(error))
    except OSError as error:
        return CheckLine("磁盘", CheckState.BROKEN, f"看不到 {office.data_dir}（{error.strerror}）；请检查挂载")
    if free < _DISK_WANTED:
        return CheckLine("磁盘", CheckState.BROKEN, f"只剩 {free / 1e6:.0f} MB；请腾出至少 {_DISK_WANTED / 1e9:.0f} GB")
    return CheckLine("磁盘", CheckState.FINE, f"剩余 {free / 1e9:.1f} GB")


def _clock(office: Office) -> CheckLine:
    now = office.local(office.now())
    return CheckLine(
        "时钟", CheckState.FINE, f"{now:%Y-%m-%d %H:%M}（{office.settings.service.timezone}）；不对请校准系统时间"
    )


def _reading() -> CheckLine:
    with ReadingPool(workers=1) as pool:
        if not pool.is_answering():
            message = "子进程起不来，或没有回答；来信都留在待读。错误信息在上面或服务的日志里，请重装程序和它的库"
            return CheckLine("读信", CheckState.BROKEN, message)
        confined = pool.is_confined()
    if confined:
        return CheckLine("读信", CheckState.FINE, "在受限的子进程里进行：不能联网，看不到别的文件，不能写文件")
    return CheckLine(
        "读信",
        CheckState.BROKEN,
        "子进程没有受到限制，恶意文件可能读到别的文件、连上网络；"
        "请安装 libseccomp2；由 systemd 管理的，请用随程序的 deploy/jianbao.service",
    )


def _libreoffice(office: Office) -> CheckLine:
    if office.soffice is None:
        remedy = "apt-get install libreoffice-writer-nogui bubblewrap，再用 retry 重读"
        return CheckLine(
            "LibreOffice",
            CheckState.ADVICE,
            f"没有安装；.doc、.wps、.rtf、.odt 来稿会放在待处理，图表和矢量图不收入文章，目录不排页码。安装：{remedy}",
        )
    if not wall_works():
        remedy = "apt-get install bubblewrap，并允许用户命名空间（systemd 单元见 deploy/）"
        return CheckLine(
            "LibreOffice",
            CheckState.BROKEN,
            f"不能把它隔离起来，所以不运行它：旧格式来稿会放在待处理，不画图，不排页码，不做 PDF。{remedy}",
        )
    return CheckLine(
        "LibreOffice",
        CheckState.FINE,
        f"{office.soffice}，用来读 .doc、.wps、.rtf、.odt，画图表和矢量图，排目录页码；它看不到本机别的文件，不能联网",
    )


def _libarchive() -> CheckLine:
    if not has_libarchive():
        remedy = "apt-get install libarchive13，再用 retry 重读"
        return CheckLine(
            "libarchive", CheckState.ADVICE, f"没有安装；7z、rar、tar、gz 压缩包会放在待处理。安装：{remedy}"
        )
    return CheckLine("libarchive", CheckState.FINE, "用来打开 7z、rar、tar、gz 压缩包")


def _letters_out(office: Office) -> Iterator[CheckLine]:
    smtp = office.settings.smtp
    if not smtp.host:
        yield CheckLine("发信", CheckState.FINE, "没有配置 [smtp] host，不发信")
        return
    if smtp.username:
        yield _secret(office, "发信口令", smtp.password)
    try:
        smtp_session(office).close()
    except TryLater as error:
        yield CheckLine("发信", CheckState.UNAVAILABLE, str(error))
    except BadConfig as error:
        yield CheckLine("发信", CheckState.BROKEN, str(error))
    else:
        yield CheckLine("发信", CheckState.FINE, f"{smtp.address}，经 {smtp.host}:{smtp.port}")
    with office.ledger.reading() as ledger:
        states = outbox.counts(ledger)
    shown = [state for state in OutboxState if states[state] or state not in (OutboxState.HELD, OutboxState.DROPPED)]
    counts = "，".join(f"{state.chinese} {states[state]} 封" for state in shown)
    stuck = states[OutboxState.FAILED] + states[OutboxState.POSSIBLY_SENT]
    remedy = "；请用 outbox 命令查看，需要时用 outbox --resend 编号 再发" if stuck else ""
    if held := states[OutboxState.HELD]:
        remedy += f"；{held} 封等放行，请在审稿台“运行”看过再发，或用 outbox --release 编号"
    yield CheckLine("发件箱", CheckState.ADVICE if stuck or held else CheckState.FINE, counts + remedy)


def _bulletin(office: Office, bulletin: BulletinSettings) -> Iterator[CheckLine]:
    yield _secret(office, "邮箱口令", bulletin.mailbox.password)
    yield from _mailbox(office, bulletin)
    with office.ledger.reading() as ledger:
        verified, meaning = sender_verification(ledger, bulletin)
    yield _first_day(office, bulletin)
    yield CheckLine("来源验证", CheckState.FINE if verified else CheckState.ADVICE, meaning)
    yield from _template(office, bulletin)
    yield _word_list(bulletin)
    yield from _schedule(office, bulletin)


def _first_day(office: Office, bulletin: BulletinSettings) -> CheckLine:
    with office.ledger.reading() as ledger:
        first_day = first_day_of(office, ledger, bulletin)
    settled = first_day.since is not None or (first_day.first_poll is not None and not first_day.older)
    return CheckLine("收件起始", CheckState.FINE if settled else CheckState.ADVICE, first_day.message)


def _schedule(office: Office, bulletin: BulletinSettings) -> Iterator[CheckLine]:
    if bulletin.schedule is None:
        yield CheckLine("编排时间", CheckState.FINE, "手工编排")
        return
    now = office.now()
    due = islice(due_times(office.settings.service, bulletin, now, now + _LOOK_AHEAD), 3)
    times = "、".join(f"{office.local(moment):%m-%d %H:%M}" for moment in due)
    yield CheckLine("编排时间", CheckState.FINE, times + _ON_DAYS_OFF[bulletin.holidays])
    free = office.settings.service.days_off(bulletin.holidays).free
    year = office.local(now + _NOTICE_IS_OUT).year
    if bulletin.holidays != "ignore" and year not in {day.year for day in free}:
        remedy = "国务院办公厅每年 11 月前后公布下一年的安排，请照着写上放假的日子和 work_days 调休上班的日子"
        yield CheckLine(
            "放假安排", CheckState.ADVICE, f"[service] free_days 里没有 {year} 年的日子，放假也会照常编排；{remedy}"
        )


def _secret(office: Office, name: str, secret: Secret) -> CheckLine:
    """name: what the password is for."""
    try:
        resolve(secret, office.environ)
    except BadConfig as error:
        return CheckLine(name, CheckState.BROKEN, str(error))
    weak = weakness(secret, office.environ)
    return CheckLine(name, CheckState.ADVICE if weak else CheckState.FINE, weak or f"取自{secret}")


def _mailbox(office: Office, bulletin: BulletinSettings) -> Iterator[CheckLine]:
    try:
        with opened(mailbox_of(office, bulletin)) as mailbox:
            folder = mailbox.open()
            count = len(mailbox.after(0))
        junk = mailbox.junk(registered_in(office, bulletin))
    except TryLater as error:
        yield CheckLine("邮箱", CheckState.UNAVAILABLE, str(error))
    except BadConfig as error:
        yield CheckLine("邮箱", CheckState.BROKEN, str(error))
    else:
        advice = whole_mailbox_advice(bulletin.mailbox.host, bulletin.mailbox.username)
        letters = f"{folder.account} 的 {folder.name}，{count} 封信"
        yield CheckLine("邮箱", CheckState.FINE, "；".join(filter(None, [letters, advice])))
        if junk:
            yield CheckLine("垃圾邮件", CheckState.ADVICE, junk_message(junk))
    yield from _unfetched(office, bulletin)


def _word_list(bulletin: BulletinSettings) -> CheckLine:
    """Of a list that could be read; a broken line of it is a mistake of config.toml, and then no office opens."""
    words = bulletin.word_list
    if words == NO_WORDS:
        return CheckLine("用词表", CheckState.FINE, "没有配置 word_list；写法见 wordlist.txt")
    counts = f"规范用语 {len(words.preferred)} 条，禁词 {len(words.forbidden)} 条，领导 {len(words.leaders)} 位"
    if words.secrecy_markings:
        counts += f"，密级标志 {len(words.secrecy_markings)} 条"
    return CheckLine("用词表", CheckState.FINE, counts)


def _unfetched(office: Office, bulletin: BulletinSettings) -> Iterator[CheckLine]:
    """The letters that the mailbox lists and does not give."""
    with office.ledger.reading() as ledger:
        unfetched = unfetched_letters(ledger, bulletin)
    for letter in unfetched[:_SHOWN]:
        yield CheckLine("没有收到的信", CheckState.ADVICE, unfetched_notice(letter))
    if len(unfetched) > _SHOWN:
        message = f"一共 {len(unfetched)} 封；用 messages 可以看到全部"
        yield CheckLine("没有收到的信", CheckState.ADVICE, message)


def unfetched_letters(ledger: Transaction, bulletin: BulletinSettings) -> list[UnfetchedRecord]:
    """The letters that the bulletin's mailbox lists and does not give."""
    mailbox = bulletin.mailbox
    return [
        letter
        for letter in folders.all_unfetched(ledger)
        if (letter.place.account, letter.place.folder) == (mailbox.username, mailbox.folder)
    ]


def _template(office: Office, bulletin: BulletinSettings) -> Iterator[CheckLine]:
    try:
        template = bulletin.template.read_bytes()
    except OSError as error:
        yield CheckLine("模板", CheckState.BROKEN, f"{bulletin.template} 读不到（{error.strerror}）")
        return
    problems = check_template(template)
    for problem in problems:
        yield CheckLine("模板", CheckState.BROKEN, problem)
    if problems:
        return
    yield CheckLine("模板", CheckState.FINE, str(bulletin.template))
    if replaced := replaced_fonts(template, office.environ):
        effect = "目录页码和本机转的 PDF 可能与编辑电脑上的不同"
        message = f"模板用到、本机没有、也没有嵌入模板：{in_words(replaced)}；{effect}"
        yield CheckLine("字体", CheckState.ADVICE, message)
