"""config.toml as a maintainer writes it, mistakes included."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from settings.kinds import Listen
from settings.load import load_settings, parse_settings
from settings.schedule import Schedule
from settings.secrets import Secret
from tests.support.config_texts import HOME, SMALL, problems, read
from values.errors import BadConfig

ROOT = Path(__file__).resolve().parents[2]


def test_small_config_is_filled_with_defaults() -> None:
    settings = read(SMALL)
    bulletin = settings.bulletins[0]
    assert settings.service.data_dir == HOME / "data"
    assert settings.service.timezone == ZoneInfo("Asia/Shanghai")
    assert settings.desk.listen == Listen("127.0.0.1", 8080)
    assert settings.smtp.host == ""
    assert bulletin.template == ROOT / "templates/bulletin.docx"
    assert bulletin.schedule == Schedule((4,), 16, 0)
    assert bulletin.sections == ("", "情况通报")
    assert bulletin.mailbox.port == 993
    assert bulletin.mailbox.password == Secret("env", "JIANBAO_IMAP_PASSWORD")
    assert bulletin.departments == ()


def test_five_mistakes_are_named_with_their_lines_all_at_once() -> None:
    text = """\
[service]
timezone = "Asia/Peking"

[smtp]
host = "smtp.163.com"
username = "zgqwxzfb@163.com"
password = "abcdefghijklmnop"

[[bulletin]]
id = "wuxing"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"
schedule = "5 16:00"

[bulletin.mailbox]
host = "imap.163.com"
port = 70000
username = "zgqwxzfb@163.com"
poll_secs = 60
"""
    assert problems(text) == (
        'config.toml 第 2 行 service.timezone：没有 Asia/Peking 这个时区；应如 "Asia/Shanghai"',
        "config.toml 第 7 行 smtp.password：口令不能直接写在配置里；"
        '写成 { env = "变量名" }、{ file = "文件路径" } 或 { credential = "systemd 凭据名" }',
        'config.toml 第 13 行 bulletin[0].schedule：看不懂的时间；写成 "fri 16:00" 或 "mon,thu 09:30"'
        "（星期只用英文缩写，不用数字），留空表示手工编排",
        "config.toml 第 17 行 bulletin[0].mailbox.port：不能大于 65535",
        "config.toml 第 19 行 bulletin[0].mailbox.poll_secs：没有这个键；是不是 poll_seconds？",
    )


def test_rules_between_keys_are_reported_beside_mistakes_in_single_keys() -> None:
    text = f"{SMALL}port = '993'\n{SMALL}"
    assert problems(text) == (
        "config.toml 第 9 行 bulletin[0].mailbox.port：应是整数，不加引号",
        "config.toml 第 11 行 bulletin[1].id：wuxing 已经是另一份简报的 id；每份简报的 id 不能相同",
        "config.toml 第 15 行 bulletin[1].mailbox：zgqwxzfb@163.com 的 INBOX 已经归简报 wuxing 收取；"
        "两份简报不能收同一个文件夹",
    )


def test_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    data = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert parse_settings(data, name="config.toml", home=HOME) == read(SMALL)


def test_lines_are_right_with_windows_line_ends() -> None:
    text = (SMALL + "poll_secs = 1\n").replace("\n", "\r\n")
    assert problems(text)[0].startswith("config.toml 第 9 行 bulletin[0].mailbox.poll_secs：")


def test_file_in_gbk_is_refused_with_the_line() -> None:
    assert problems(SMALL.encode("gbk")) == ("config.toml 第 3 行：不是 UTF-8 编码；请用编辑器另存为 UTF-8",)


@pytest.mark.parametrize("value", ["1" * 6000, "[" * 5000], ids=["number", "brackets"])
def test_value_beyond_what_the_parser_reads_is_a_mistake_like_others(value: str) -> None:
    """A reload with it must not end the service."""
    with pytest.raises(BadConfig, match="太长的数字，或括号套得太深"):
        parse_settings(f"a = {value}".encode(), name="config.toml", home=HOME)


def test_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as refused:
        load_settings(tmp_path / "config.toml")
    assert refused.value.problems == (
        f"找不到配置文件 {tmp_path}/config.toml；请运行 init 写一份（也可复制程序自带的 config.toml 再修改），"
        "或用 --config 指明",
    )


def test_folder_instead_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="读不了配置文件"):
        load_settings(tmp_path)


def test_relative_paths_start_at_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/config.toml").write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings = load_settings(Path("etc/config.toml"))
    assert settings.service.data_dir == tmp_path / "etc/data"


def test_absolute_paths_stay() -> None:
    assert read(f'[service]\ndata_dir = "/var/lib/jianbao"\n{SMALL}').service.data_dir == Path("/var/lib/jianbao")


def test_settings_cannot_be_changed() -> None:
    settings = read(SMALL)
    with pytest.raises(ValueError, match="frozen"):
        settings.smtp.port = 25


def test_template_is_looked_for_beside_the_configuration_then_beside_the_program(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(SMALL, encoding="utf-8")
    assert load_settings(config).bulletins[0].template == ROOT / "templates/bulletin.docx"
    own = tmp_path / "templates" / "bulletin.docx"
    own.parent.mkdir()
    own.touch()
    assert load_settings(config).bulletins[0].template == own


def test_template_that_is_nowhere_is_named_beside_the_configuration(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(SMALL.replace("[bulletin.mailbox]", 'template = "own.docx"\n[bulletin.mailbox]', 1))
    assert load_settings(config).bulletins[0].template == tmp_path / "own.docx"
