"""`init` against a real Dovecot: by options, and in a pseudo-terminal with wrong answers."""

from __future__ import annotations

import io
import json
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from settings.load import load_settings
from settings.secrets import Secret, resolve
from tests.support.command_line import CommandResult, run_words
from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import PASSWORD, Account, Dovecot, dovecot_server
from tests.support.pseudo_terminal import CONTROL_C, END, TerminalSession, in_terminal

TITLE, OFFICE = "章贡区“五型”政府建设", "区“五型”政府建设领导小组办公室"


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("imap"), tls=True) as server:
        yield server


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    account = dovecot.account()
    account.deliver(submission(manuscript()), datetime.now(UTC))
    return account


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    return folder


def options(account: Account, **changed: str | None) -> list[str]:
    """All that have no default, for the server with a certificate of its own authority. None leaves an option out."""
    values: dict[str, str | None] = {
        "provider": "coremail",
        "imap-host": "localhost",
        "imap-port": str(account.server.tls_port),
        "imap-security": "tls",
        "ca-file": str(account.server.certificate),
        "username": f"{account.username}@example.org",
        "title": TITLE,
        "office": OFFICE,
    }
    values.update({name.replace("_", "-"): value for name, value in changed.items()})
    return [word for name, value in values.items() if value is not None for word in (f"--{name}", value)]


def init(home: Path, monkeypatch: pytest.MonkeyPatch, *words: str, password: str = PASSWORD) -> CommandResult:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
    return run_words("--config", str(home / "config.toml"), "init", "--password-stdin", *words)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_options_write_a_configuration_with_which_letters_are_received(
    home: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = home.parent / "名录.csv"
    register.write_text("简称,全称,投稿地址\n区民政局,章贡区民政局,@mzj.example.org\n", encoding="gb18030")
    words = options(
        account,
        departments=str(register),
        first_number="70",
        schedule="mon,thu 09:30",
        editors="bianji@example.org，wang@example.org",
        since="2026-11-01",
        id="wuxing",
    )
    done = init(home, monkeypatch, *words, "--json")
    assert done.status == 0, done.errors
    config, password_file = home / "config.toml", home / "imap-password"
    assert json.loads(done.output) == {"config": str(config), "password_file": str(password_file)}
    assert (mode(config), mode(password_file)) == (0o644, 0o600)
    assert sorted(home.iterdir()) == [config, password_file]

    settings = load_settings(config)
    [bulletin] = settings.bulletins
    assert (bulletin.id, bulletin.title, bulletin.office, bulletin.first_number) == ("wuxing", TITLE, OFFICE, 70)
    assert (str(bulletin.schedule), bulletin.editors) == ("mon,thu 09:30", ("bianji@example.org", "wang@example.org"))
    assert (bulletin.report_to, bulletin.issue_to, bulletin.phone) == ((), (), "")
    assert [(each.name, each.senders) for each in bulletin.departments] == [("区民政局", ("@mzj.example.org",))]
    mailbox = bulletin.mailbox
    assert (mailbox.since, mailbox.ca_file) == (date(2026, 11, 1), account.server.certificate)
    assert mailbox.password == Secret("file", str(password_file))
    assert resolve(mailbox.password, {}) == PASSWORD
    assert settings.smtp.host == ""
    assert PASSWORD not in config.read_text(encoding="utf-8")
    polled = run_words("--config", str(config), "poll", "--json", time=datetime.now(UTC))
    assert json.loads(polled.output)["stored"] == 1, polled.errors


def test_wrong_password_is_reported_and_nothing_is_written(
    home: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = init(home, monkeypatch, *options(account), password="wrong")
    assert (refused.status, list(home.iterdir())) == (3, [])
    assert f"{account.username}@example.org" in refused.errors
    assert "wrong" not in refused.errors


def test_untrusted_server_is_not_sent_the_password(
    home: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = init(home, monkeypatch, *options(account, ca_file=None))
    assert (refused.status, list(home.iterdir())) == (3, [])
    assert "写进 ca_file" in refused.errors
    written = init(home, monkeypatch, *options(account, ca_file=None), "--no-login")
    assert written.status == 0


def test_every_missing_and_wrong_option_is_named_at_once(
    home: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = options(
        account, title=None, office="", imap_port="70000", imap_security="ssl", schedule="fri 25:00", since="昨天",
        editors="王编辑", id="五型", first_number="0", departments=str(home / "没有.xlsx"), username="bianji",
    )  # fmt: skip
    refused = init(home, monkeypatch, *words)
    assert (refused.status, list(home.iterdir())) == (2, [])
    lines = refused.errors.splitlines()
    for option, reason in (
        ("--imap-port", "1 到 65535"),
        ("--imap-security", "tls"),
        ("--username", "完整的邮箱地址"),
        ("--title", "缺少 --title"),
        ("--office", "不能为空"),
        ("--id", "小写字母"),
        ("--first-number", "不小于 1"),
        ("--schedule", "没有 25:00"),
        ("--editors", "王编辑 不是邮箱地址"),
        ("--since", "应是日期"),
        ("--departments", "读不了"),
    ):
        assert [line for line in lines if option in line and reason in line], (option, lines)


def test_without_terminal_and_options_what_is_missing_is_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = init(home, monkeypatch)
    assert refused.status == 2
    assert [line.split("：")[0] for line in refused.errors.splitlines()] == [
        *("缺少 --provider", "缺少 --username", "缺少 --title", "缺少 --office")
    ]


@pytest.mark.parametrize("name", ["config.toml", "imap-password"])
def test_no_file_is_overwritten(home: Path, account: Account, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (home / name).write_bytes(b"kept")
    refused = init(home, monkeypatch, *options(account), "--no-login")
    assert refused.status == 2
    assert f"{home / name} 已经有了" in refused.errors
    assert [(path.name, path.read_bytes()) for path in home.iterdir()] == [(name, b"kept")]


def test_password_may_stay_where_it_is_or_become_a_credential(
    home: Path, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = home.parent / "secret"
    own.write_text(f"{PASSWORD}\n")
    for words, secret, files in (
        (("--password-file", str(own)), Secret("file", str(own)), []),
        (("--password-env", "MAIL"), Secret("env", "MAIL"), []),
        (("--password-stdin", "--credential", "imap"), Secret("credential", "imap"), ["imap"]),
    ):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
        config = home / "config.toml"
        command = ("--config", str(config), "init", *words, *options(account), "--smtp-host", "smtp.invalid")
        assert run_words(*command, "--no-login", environ={"MAIL": PASSWORD}).status == 0
        settings = load_settings(config)
        assert (settings.bulletins[0].mailbox.password, settings.smtp.password) == (secret, secret)
        assert sorted(path.name for path in home.iterdir()) == ["config.toml", *files]
        assert [(home / name).read_text() for name in files] == [f"{PASSWORD}\n"] * len(files)
        for path in home.iterdir():
            path.unlink()


@pytest.mark.parametrize("is_system", [False, True])
def test_last_line_says_how_this_service_is_started(
    home: Path, account: Account, monkeypatch: pytest.MonkeyPatch, is_system: bool
) -> None:
    """As root, `run` of one's own would leave files that the service's user may not open."""
    config = home / "config.toml"
    monkeypatch.setattr("cli.init._SYSTEMD", home)
    if is_system:
        monkeypatch.setattr("cli.init.SYSTEM_CONFIG", config)
    written = "".join(init(home, monkeypatch, *options(account), "--no-login").output.split())
    assert ("systemctlenable--nowjianbao" in written, f"{config}run" in written) == (is_system, not is_system)
    assert load_settings(config).service.data_dir == (Path("/var/lib/jianbao") if is_system else home / "data")


def test_dialogue_asks_again_with_the_remedy_until_every_answer_is_right(home: Path, account: Account) -> None:
    server = account.server
    with in_terminal(["--config", "config.toml", "init"], home) as terminal:
        terminal.expect("6. Coremail（单位自建）（coremail）")
        terminal.dialogue(
            ("邮箱服务商，写序号或括号里的字：", "gmail"),
            ("没有“gmail”；可以写 163、126、qq、exmail、aliyun、coremail、other", ""),
            ("不能为空", "6"),
            ("向邮箱管理员要收信、发信服务器的地址", ""),
            ("不能为空", "localhost"),
            ("localhost 的端口（回车用 993）：", str(server.tls_port)),
            ("加密：tls 或 starttls（回车用 starttls）：", "tls"),
            ("发信服务器（SMTP），不发信就不写（可以不写）：", ""),
            ("CA 证书文件（可以不写）：", "none.pem"),
            ("读不了", str(server.certificate)),
            ("投稿邮箱的完整地址：", account.username),
            ("应是完整的邮箱地址", f"{account.username}@example.org"),
            ("授权码或密码（输入时不显示）：", "wrong"),
            ("回车：改正后再试", ""),
            ("邮箱服务商，写序号或括号里的字（回车用 6）：", ""),
            ("收信服务器（IMAP）（回车用 localhost）：", ""),
            (f"（回车用 {server.tls_port}）：", ""),
            ("（回车用 tls）：", ""),
            ("（可以不写）：", ""),
            (f"（回车用 {server.certificate}）：", ""),
            (f"（回车用 {account.username}@example.org）：", ""),
            ("授权码或密码（输入时不显示）：", PASSWORD),
            ("登录成功，收件箱里有 1 封信。", ""),
            ("不能为空", TITLE),
        )
        finish_dialogue(terminal)
        assert terminal.status() == 0
        assert PASSWORD not in terminal.shown
    assert "已写好" in terminal.shown
    settings = load_settings(home / "config.toml")
    assert settings.bulletins[0].title == TITLE
    assert resolve(settings.bulletins[0].mailbox.password, {}) == PASSWORD
    assert mode(home / "imap-password") == 0o600


def finish_dialogue(terminal: TerminalSession) -> None:
    terminal.dialogue(
        ("编印单位：", OFFICE),
        ("（回车用 jianbao）：", ""),
        ("下一期的期号（回车用 1）：", "第七十期"),
        ("应是不小于 1 的数字", "70"),
        ("（回车用 fri 16:00）：", "周五 16:00"),
        ("是不是 fri？", ""),
        ("编辑的邮箱，几个用逗号隔开（可以不写）：", "bianji@example.org"),
        ("从哪天的来信收起（回车用 ", ""),
        ("报送单位的名录", "没有.csv"),
        ("没有.csv：No such file", ""),
        ("数据文件夹（相对路径从配置所在的文件夹算起）（回车用 data）：", ""),
    )


@pytest.mark.parametrize(
    ("end", "at"),
    [(END, "邮箱服务商"), (CONTROL_C, "授权码或密码"), (CONTROL_C, "数据文件夹")],
    ids=["first", "password", "last"],
)
def test_leaving_the_dialogue_writes_nothing(home: Path, account: Account, end: str, at: str) -> None:
    asked = options(account, provider=None, data_dir=None)
    given = [*asked, "--id", "a", "--first-number", "1", "--schedule", "", "--editors", "", "--since", "2026-11-01"]
    with in_terminal(
        ["--config", "config.toml", "init", "--no-login", *given, "--departments", "", "--smtp-host", ""], home
    ) as terminal:
        for prompt, typed in (("邮箱服务商", "coremail"), ("授权码或密码", PASSWORD), ("数据文件夹", "data")):
            terminal.expect(prompt)
            terminal.expect("：")
            if prompt == at:
                terminal.leave(end)
                break
            terminal.type(typed)
        assert terminal.status() == 2
        assert "已取消，没有写任何文件。" in terminal.shown
    assert list(home.iterdir()) == []


def test_dialogue_can_go_on_without_a_login(home: Path, account: Account) -> None:
    """The default configuration of a checkout is its own sample: another file has to be named."""
    with in_terminal(["init"], home) as terminal:
        assert terminal.status() == 2
        assert "已经有了，没有改动" in terminal.shown
    given = options(account, username="nobody@localhost.invalid", data_dir="data", departments="", editors="", id="a")
    words = [*given, "--since", "2026-11-01", "--schedule", "", "--first-number", "1", "--smtp-host", ""]
    with in_terminal(["--config", "c.toml", "init", *words], home) as terminal:
        terminal.dialogue(("授权码或密码", "wrong"), ("输入 s 回车", "s"))
        assert terminal.status() == 0
    assert load_settings(home / "c.toml").bulletins[0].mailbox.username == "nobody@localhost.invalid"
