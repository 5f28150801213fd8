"""`init`: asks for what an office needs, tests the log-in, and writes config.toml and the password's file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path
from typing import Final

from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.installation import SYSTEM_CONFIG, SYSTEM_DATA
from cli.base.output_parts import line
from cli.base.questions import Dialogue, Questions, TerminalDialogue
from cli.base.setup_questions import ask_bulletin, ask_data_dir, ask_mail
from service.installing.login_test import try_receiving, try_sending
from service.installing.new_config import config_text
from service.installing.new_office import DeskAnswers, MailAnswers, NewOffice
from service.installing.providers import PROVIDERS
from service.installing.write import already_there, write_configuration
from settings.load import parse_settings
from settings.secrets import Kind, Secret, resolve
from values.errors import BadUsage, TryLater

_PASSWORD_FILE: Final = "imap-password"  # noqa: S105 - the name of a file
"""Next to config.toml; deploy/jianbao.service has its credential from the same file."""
_SYSTEMD: Final = Path("/run/systemd/system")
"""Exists where systemd runs the machine: sd_booted(3)."""
_OF_THE_MAILBOX: Final = (
    ("--provider", f"邮箱服务商：{'、'.join(f'{each.id} {each.name}' for each in PROVIDERS)}", "NAME"),
    ("--username", "投稿邮箱的完整地址（登录名）", "ADDRESS"),
    ("--imap-host", "收信服务器，服务商是 coremail、other 时写", "HOST"),
    ("--imap-port", "它的端口", "PORT"),
    ("--imap-security", "它的加密：tls、starttls", "NAME"),
    ("--smtp-host", "发信服务器，服务商是 coremail、other 时写", "HOST"),
    ("--smtp-port", "它的端口", "PORT"),
    ("--smtp-security", "它的加密：tls、starttls", "NAME"),
    ("--ca-file", "单位自己的 CA 证书（PEM）", "FILE"),
)
"""Options that answer a question: name, help, placeholder. These are asked again after a log-in that failed."""
_OF_THE_BULLETIN: Final = (
    ("--id", "简报的代号：小写字母、数字、连字符", "ID"),
    ("--title", "报头上的名称", "TEXT"),
    ("--office", "编印单位", "TEXT"),
    ("--first-number", "第一次编排用的期号", "N"),
    ("--schedule", "每周几点编出送审稿，如 'fri 16:00'；'' 为手工", "TEXT"),
    ("--editors", "编辑的邮箱，几个用逗号隔开", "ADDRESSES"),
    ("--since", "从哪天的来信收起，默认今天", "DAY"),
    ("--departments", "报送单位的名录，.xlsx 或 .csv", "FILE"),
    ("--data-dir", "数据文件夹", "DIR"),
)
_ANSWERED: Final = (*_OF_THE_MAILBOX, *_OF_THE_BULLETIN)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="不提问：没有写的取默认值")
    for option, summary, metavar in _ANSWERED:
        parser.add_argument(option, metavar=metavar, help=summary)
    parser.add_argument("--listen", metavar="ADDRESS", help="审稿台监听的地址和端口，默认 127.0.0.1:8080")
    parser.add_argument("--public-url", metavar="URL", help="编辑在浏览器里打开的网址，默认 http://127.0.0.1:8080")
    parser.add_argument("--no-smtp", action="store_true", help="不发信")
    password = parser.add_mutually_exclusive_group()
    password.add_argument("--password-stdin", action="store_true", help="口令从标准输入读一行")
    password.add_argument("--password-file", type=Path, metavar="FILE", help="口令已在这个文件里（一行，权限 600）")
    password.add_argument("--password-env", metavar="NAME", help="口令在这个环境变量里，以后也从它取")
    help_on_credential = "配置里引用这个名字的 systemd 凭据；口令写进配置旁边同名的文件，供 LoadCredential= 用"
    parser.add_argument("--credential", metavar="NAME", help=help_on_credential)
    parser.add_argument("--no-login", action="store_true", help="不试登录")


def run(invocation: Invocation) -> ExitStatus:
    """Writes nothing unless everything is answered and the servers let the account in. Raises BadUsage, TryLater."""
    arguments = invocation.arguments
    config: Path = arguments.config.absolute()
    if config.exists():
        raise BadUsage(already_there(config))
    dialogue = None if arguments.yes or not sys.stdin.isatty() else TerminalDialogue()
    given = {option: getattr(arguments, option[2:].replace("-", "_")) for option, _, _ in _ANSWERED}
    questions = Questions(given, dialogue)
    try:
        office, password_file, password = _answers(invocation, questions, config)
    except (KeyboardInterrupt, EOFError):
        raise BadUsage("\n已取消，没有写任何文件。") from None
    sample = invocation.surroundings.installation.home / "config.toml"
    text = config_text(sample.read_text(encoding="utf-8"), office)
    parse_settings(text.encode(), name=config.name, home=config.parent)
    write_configuration(config, text, password_file, password)
    written = [f"已写好 {config}。", *([f"口令在 {password_file}，只有本用户能读。"] if password_file else [])]
    advice = f"{_next_steps(invocation, config)}版记、栏目等其他设置，配置里都有说明。"
    document = {"config": str(config), "password_file": str(password_file) if password_file else None}
    invocation.output.give(lambda: document, lambda: map(line, [*written, advice]))
    return ExitStatus.DONE


def _next_steps(invocation: Invocation, config: Path) -> str:
    """How to start the service: by systemd where the configuration is that of its unit."""
    if config == SYSTEM_CONFIG and _SYSTEMD.is_dir():
        return "请运行 systemctl enable --now jianbao 启动，再运行 jianbao check 核对其余各项。"
    program = f"{invocation.surroundings.installation.command} --config {config}"
    return f"请运行 {program} check 核对其余各项，再运行 {program} run。"


def _answers(invocation: Invocation, questions: Questions, config: Path) -> tuple[NewOffice, Path | None, str]:
    """The office, the file that the password is to be written into, and the password.

    A person's log-in is tested before the other questions; options are all looked at before a server is.
    """
    home, is_system = config.parent, config == SYSTEM_CONFIG
    mail, password = _ask_mail(invocation, questions, home)
    if questions.dialogue is not None:
        while not _is_let_in(invocation, questions, mail, password):
            mail, password = _ask_mail(invocation, questions, home)
    bulletin = ask_bulletin(questions, home, invocation.surroundings.now())
    data_dir = ask_data_dir(questions, home, SYSTEM_DATA if is_system else "data")
    questions.finish()
    if questions.dialogue is None:
        password = _given_password(invocation)
        if not invocation.arguments.no_login:
            try_receiving(mail, password)
            try_sending(mail, password)
    kind, name, file = _password_place(invocation.arguments, home, is_system=is_system)
    desk = DeskAnswers(invocation.arguments.listen, invocation.arguments.public_url)
    return NewOffice(data_dir, desk, mail, kind, name, bulletin), file, password


def _ask_mail(invocation: Invocation, questions: Questions, home: Path) -> tuple[MailAnswers, str]:
    """The mailbox and the password that was typed; "" where nobody can be asked."""
    mail = ask_mail(questions, home)
    if invocation.arguments.no_smtp:
        mail = replace(mail, sending=None)
    if questions.dialogue is None:
        return mail, ""
    if _is_password_given(invocation.arguments):
        return mail, _given_password(invocation)
    password = ""
    while not password:
        password = questions.dialogue.ask_hidden("授权码或密码（输入时不显示）：")
    return mail, password


def _is_let_in(invocation: Invocation, questions: Questions, mail: MailAnswers, password: str) -> bool:
    """Whether the servers let the account in, or the person goes on without; False: ask again."""
    assert questions.dialogue is not None
    if invocation.arguments.no_login:
        return True
    try:
        count = try_receiving(mail, password)
        try_sending(mail, password)
    except TryLater as error:
        questions.dialogue.say(str(error))
        questions.ask_again(*(option for option, _, _ in _OF_THE_MAILBOX))
        return _skips(questions.dialogue)
    questions.dialogue.say(f"登录成功，收件箱里有 {count} 封信。")
    return True


def _skips(dialogue: Dialogue) -> bool:
    return dialogue.ask("回车：改正后再试；输入 s 回车：先不管，以后用 check 核对：").lower() == "s"


def _is_password_given(arguments: Namespace) -> bool:
    return bool(arguments.password_file or arguments.password_env or arguments.password_stdin)


def _given_password(invocation: Invocation) -> str:
    """Raises BadConfig where its place has none, BadUsage where no place was written."""
    arguments, environ = invocation.arguments, invocation.surroundings.environ
    if arguments.password_file:
        return resolve(Secret("file", str(arguments.password_file.absolute())), environ)
    if arguments.password_env:
        return resolve(Secret("env", arguments.password_env), environ)
    password = sys.stdin.readline().strip("\r\n") if arguments.password_stdin else ""
    if not password:
        raise BadUsage("缺少口令：请写 --password-file、--password-env，或用 --password-stdin 从标准输入给出。")
    return password


def _password_place(arguments: Namespace, home: Path, *, is_system: bool) -> tuple[Kind, str, Path | None]:
    """Kind and name of the reference, and the file to write, if any."""
    if arguments.password_env:
        return "env", arguments.password_env, None
    given: Path | None = arguments.password_file
    credential: str | None = arguments.credential
    if credential is None and given is None and is_system:
        credential = _PASSWORD_FILE
    if credential is not None:
        return "credential", credential, None if given else home / credential
    if given is not None:
        return "file", str(given.absolute()), None
    return "file", _PASSWORD_FILE, home / _PASSWORD_FILE
