"""Each kind of value, on the smallest document that breaks it."""

from __future__ import annotations

import pytest

from settings.kinds import Listen
from tests.support.configs import (
    BULLETIN,
    MAILBOX,
    read,
    reason,
    with_bulletin,
    with_departments,
    with_mailbox,
    with_top,
)
from values.letter import ReadMark


@pytest.mark.parametrize("id", ["Wuxing", "五型", "", "wu_xing", "../etc", "wu xing"])
def test_id_is_only_lower_case_letters_digits_and_hyphens(id: str) -> None:
    text = (BULLETIN + MAILBOX).replace('"wuxing"', f'"{id}"')
    assert reason(text) == "bulletin[0].id：只能用小写字母 a-z、数字和连字符 -：它用在路径、地址和命令里"


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_port_is_from_1_to_65535(port: str) -> None:
    assert reason(with_mailbox(f"port = {port}")) in (
        "bulletin[0].mailbox.port：不能小于 1",
        "bulletin[0].mailbox.port：不能大于 65535",
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST"])
def test_security_none_is_accepted_on_this_machine(host: str) -> None:
    settings = read(with_mailbox('security = "none"').replace("imap.163.com", host))
    assert settings.bulletins[0].mailbox.security == "none"


@pytest.mark.parametrize("host", ["imap.163.com", "10.0.0.1", "0.0.0.0", "127.0.0.1.example.org", "::"])
def test_security_none_is_refused_elsewhere(host: str) -> None:
    said = reason(with_mailbox('security = "none"').replace("imap.163.com", host))
    assert said.startswith('bulletin[0].mailbox.security："none" 只能用于本机地址')
    assert host in said


def test_security_none_is_refused_for_letters_out_too() -> None:
    said = reason(with_top('[smtp]\nhost = "smtp.163.com"\nsecurity = "none"\nsender = "a@example.org"'))
    assert said.startswith('smtp.security："none" 只能用于本机地址')


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("", None),
        ("flag", ReadMark("flag", "\\Flagged")),
        ("keyword:jianbao", ReadMark("keyword", "jianbao")),
        ("move:已收稿", ReadMark("move", "已收稿")),
        ("move: 2022/已收稿 ", ReadMark("move", "2022/已收稿")),
    ],
)
def test_after_read_is_parsed(written: str, mark: ReadMark | None) -> None:
    assert read(with_mailbox(f'after_read = "{written}"')).bulletins[0].mailbox.after_read == mark


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ('"seen"', "不认识 seen"),
        ('"flag:red"', "不认识 flag:red"),
        ('"keyword:"', "标签只能用半角"),
        ('"keyword:已收"', "标签只能用半角"),
        ('"move:"', "另一个文件夹"),
        ('"move:INBOX"', "另一个文件夹"),
        ('"move:inbox"', "另一个文件夹"),
        ("true", '应是 ""（不动邮箱）'),
    ],
)
def test_after_read_that_cannot_be_is_refused(written: str, hint: str) -> None:
    said = reason(with_mailbox(f"after_read = {written}"))
    assert said.startswith("bulletin[0].mailbox.after_read：")
    assert hint in said


@pytest.mark.parametrize("zone", ["Asia/Peking", "", "Asia", "../etc/passwd", "/etc/localtime"])
def test_zone_must_exist(zone: str) -> None:
    assert "这个时区" in reason(with_top(f'[service]\ntimezone = "{zone}"'))


@pytest.mark.parametrize("url", ["", "postgresql://jianbao@db.example.org/jianbao"])
def test_database_is_empty_or_postgresql(url: str) -> None:
    assert read(with_top(f'[service]\ndatabase = "{url}"')).service.database == url


@pytest.mark.parametrize("url", ["mysql://db/jianbao", "jianbao.sqlite3", "postgresql://h:port/db"])
def test_other_databases_are_refused(url: str) -> None:
    assert "postgresql://" in reason(with_top(f'[service]\ndatabase = "{url}"'))


def test_password_inside_the_database_address_is_refused_and_not_repeated() -> None:
    said = reason(with_top('[service]\ndatabase = "postgresql://jianbao:hunter2@db/jianbao"'))
    assert "database_password" in said
    assert "hunter2" not in said


def test_raw_store_is_empty_or_s3() -> None:
    assert read(with_top('[service]\nraw_store = "s3://bucket/letters"')).service.raw_store == "s3://bucket/letters"
    assert "s3://" in reason(with_top('[service]\nraw_store = "bucket"'))


@pytest.mark.parametrize("sender", ["jtj", "jtj@", "@", "区教体局 <jtj@example.org>", "a@b@c d", "@-a", "a b@c"])
def test_sender_is_an_address_or_a_domain(sender: str) -> None:
    said = reason(with_departments(f'name = "区教体局"\nsenders = ["{sender}"]'))
    assert said.startswith("bulletin[0].department[0].senders[0]：")
    assert "不是邮箱地址，也不是整个域" in said


def test_editors_are_addresses() -> None:
    assert reason(with_bulletin('editors = ["editor@example.org", "@example.org"]')) == (
        "bulletin[0].editors[1]：@example.org 不是邮箱地址；应如 editor@example.org"
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('editors = ["编辑@example.org"]', "bulletin[0].editors[0]"),
        ('editors = ["a..b@example.org"]', "bulletin[0].editors[0]"),
    ],
)
def test_address_that_smtp_cannot_carry_is_refused(text: str, key: str) -> None:
    assert reason(with_bulletin(text)).startswith(f"{key}：发信协议不支持")
    assert reason(with_top('[smtp]\nsender = "编辑@example.org"')).startswith("smtp.sender：发信协议不支持")
    assert reason(with_top('[service]\nalarm_to = ["编辑@example.org"]')).startswith(
        "service.alarm_to[0]：发信协议不支持"
    )


@pytest.mark.parametrize(
    ("written", "listen"),
    [("0.0.0.0:80", Listen("0.0.0.0", 80)), ("[::1]:8080", Listen("::1", 8080)), ("desk:1", Listen("desk", 1))],
)
def test_listen_is_an_address_and_a_port(written: str, listen: Listen) -> None:
    assert read(with_top(f'[desk]\nlisten = "{written}"')).desk.listen == listen


@pytest.mark.parametrize("written", ["8080", ":8080", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:8080", "a:b"])
def test_listen_of_another_form_is_refused(written: str) -> None:
    assert reason(with_top(f'[desk]\nlisten = "{written}"')).startswith("desk.listen：")


def test_public_url_is_kept_without_the_last_slash() -> None:
    assert read(with_top('[desk]\npublic_url = "https://a.example.org/"')).desk.public_url == "https://a.example.org"
    assert reason(with_top('[desk]\npublic_url = "a.example.org"')).startswith(
        "desk.public_url：应是编辑在浏览器里打开的网址"
    )


def test_without_an_address_there_is_no_desk() -> None:
    assert read(with_top('[desk]\nlisten = ""')).desk.listen is None


def test_public_url_is_a_whole_site() -> None:
    assert "不能放在子路径下" in reason(with_top('[desk]\npublic_url = "https://a.example.org/jianbao"'))
    assert "不能放在子路径下" in reason(with_top('[desk]\npublic_url = "https://me:pw@a.example.org"'))


def test_trusted_proxies_are_addresses_and_networks() -> None:
    desk = read(with_top('[desk]\ntrusted_proxies = ["127.0.0.1", "10.1.2.0/24", "::1"]')).desk
    assert [str(network) for network in desk.trusted_proxies] == ["127.0.0.1/32", "10.1.2.0/24", "::1/128"]
    assert reason(with_top('[desk]\ntrusted_proxies = ["proxy.lan"]')).startswith(
        "desk.trusted_proxies[0]：proxy.lan 不是"
    )


def test_titles_are_one_line() -> None:
    assert reason((BULLETIN + MAILBOX).replace("章贡区", "章贡区\\n")).startswith("bulletin[0].title：应是一行文字")
    assert reason((BULLETIN + MAILBOX).replace("章贡区“五型”政府建设", " ")) == "bulletin[0].title：不能为空"
