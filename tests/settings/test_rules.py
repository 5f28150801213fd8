"""Each rule of config.toml, on the smallest document that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.kinds import Listen
from settings.load import parse_settings
from settings.model import Settings
from settings.schedule import Schedule
from values.errors import BadConfig
from values.letter import ReadMark

BULLETIN = """\
[[bulletin]]
id = "wuxing"
title = "章贡区“五型”政府建设"
office = "区“五型”政府建设领导小组办公室"
"""
MAILBOX = """\
[bulletin.mailbox]
host = "imap.163.com"
username = "zgqwxzfb@163.com"
"""


def read(text: str) -> Settings:
    return parse_settings(text.encode(), name="config.toml", home=Path("/srv"))


def reason(text: str) -> str:
    """What is said about the only mistake, without the file and the line."""
    with pytest.raises(BadConfig) as refused:
        read(text)
    assert len(refused.value.problems) == 1, refused.value.problems
    return refused.value.problems[0].partition(" 行 ")[2]


def bulletin(line: str) -> str:
    return f"{BULLETIN}{line}\n{MAILBOX}"


def mailbox(line: str) -> str:
    return f"{BULLETIN}{MAILBOX}{line}\n"


def top(text: str) -> str:
    return f"{text}\n{BULLETIN}{MAILBOX}"


def departments(*tables: str) -> str:
    return BULLETIN + MAILBOX + "".join(f"[[bulletin.department]]\n{table}\n" for table in tables)


@pytest.mark.parametrize("id", ["Wuxing", "五型", "", "wu_xing", "../etc", "wu xing"])
def test_id_is_only_lower_case_letters_digits_and_hyphens(id: str) -> None:
    text = (BULLETIN + MAILBOX).replace('"wuxing"', f'"{id}"')
    assert reason(text) == "bulletin[0].id：只能用小写字母 a-z、数字和连字符 -：它用在路径、地址和命令里"


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_port_is_from_1_to_65535(port: str) -> None:
    assert reason(mailbox(f"port = {port}")) in (
        "bulletin[0].mailbox.port：不能小于 1",
        "bulletin[0].mailbox.port：不能大于 65535",
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST"])
def test_security_none_is_accepted_on_this_machine(host: str) -> None:
    settings = read(mailbox('security = "none"').replace("imap.163.com", host))
    assert settings.bulletins[0].mailbox.security == "none"


@pytest.mark.parametrize("host", ["imap.163.com", "10.0.0.1", "0.0.0.0", "127.0.0.1.example.org", "::"])
def test_security_none_is_refused_elsewhere(host: str) -> None:
    said = reason(mailbox('security = "none"').replace("imap.163.com", host))
    assert said.startswith('bulletin[0].mailbox.security："none" 只能用于本机地址')
    assert host in said


def test_security_none_is_refused_for_letters_out_too() -> None:
    said = reason(top('[smtp]\nhost = "smtp.163.com"\nsecurity = "none"\nsender = "a@example.org"'))
    assert said.startswith('smtp.security："none" 只能用于本机地址')


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (mailbox('security = "ssl"'), "bulletin[0].mailbox.security：只能是 tls、starttls、none；是不是 tls？"),
        (bulletin('numbering = "year"'), "bulletin[0].numbering：只能是 running、yearly；是不是 yearly？"),
        (bulletin('unknown_senders = "drop"'), "bulletin[0].unknown_senders：只能是 hold、draft"),
        (top('[service]\nlog_format = "JSON"'), "service.log_format：只能是 text、json；是不是 json？"),
        (bulletin("first_number = 0"), "bulletin[0].first_number：不能小于 1"),
        (mailbox("poll_seconds = 0"), "bulletin[0].mailbox.poll_seconds：不能小于 1"),
        (bulletin("first_number = true"), "bulletin[0].first_number：应是整数，不加引号"),
    ],
)
def test_closed_words_and_numbers_are_checked(text: str, said: str) -> None:
    assert reason(text) == said


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
    assert read(mailbox(f'after_read = "{written}"')).bulletins[0].mailbox.after_read == mark


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
    said = reason(mailbox(f"after_read = {written}"))
    assert said.startswith("bulletin[0].mailbox.after_read：")
    assert hint in said


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ("fri 16:00", Schedule((4,), 16, 0)),
        ("mon,thu 09:30", Schedule((0, 3), 9, 30)),
        ("Thu, Mon 9:30", Schedule((0, 3), 9, 30)),
        ("sun 00:00", Schedule((6,), 0, 0)),
        ("", None),
    ],
)
def test_schedule_is_parsed(written: str, schedule: Schedule | None) -> None:
    assert read(bulletin(f'schedule = "{written}"')).bulletins[0].schedule == schedule


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("5 16:00", "星期只用英文缩写"),
        ("0 16 * * 5", "星期只用英文缩写"),
        ("fri", "看不懂的时间"),
        ("fri 16", "看不懂的时间"),
        ("fri 24:00", "没有 24:00 这个时间"),
        ("fri 16:60", "没有 16:60 这个时间"),
        ("周五 16:00", "是不是 fri？"),
        ("星期日 16:00", "是不是 sun？"),
        ("friday 16:00", "是不是 fri？"),
        ("fry 16:00", "fry 不是星期的英文缩写"),
    ],
)
def test_schedule_that_is_none_is_refused(written: str, hint: str) -> None:
    assert hint in reason(bulletin(f'schedule = "{written}"'))


def test_schedule_reads_back_as_it_is_written() -> None:
    assert str(Schedule((0, 3), 9, 30)) == "mon,thu 09:30"


@pytest.mark.parametrize("zone", ["Asia/Peking", "", "Asia", "../etc/passwd", "/etc/localtime"])
def test_zone_must_exist(zone: str) -> None:
    assert "这个时区" in reason(top(f'[service]\ntimezone = "{zone}"'))


@pytest.mark.parametrize("url", ["", "postgresql://jianbao@db.example.org/jianbao"])
def test_database_is_empty_or_postgresql(url: str) -> None:
    assert read(top(f'[service]\ndatabase = "{url}"')).service.database == url


@pytest.mark.parametrize("url", ["mysql://db/jianbao", "jianbao.sqlite3", "postgresql://h:port/db"])
def test_other_databases_are_refused(url: str) -> None:
    assert "postgresql://" in reason(top(f'[service]\ndatabase = "{url}"'))


def test_password_inside_the_database_address_is_refused_and_not_repeated() -> None:
    said = reason(top('[service]\ndatabase = "postgresql://jianbao:hunter2@db/jianbao"'))
    assert "PGPASSFILE" in said
    assert "hunter2" not in said


def test_raw_store_is_empty_or_s3() -> None:
    assert read(top('[service]\nraw_store = "s3://bucket/letters"')).service.raw_store == "s3://bucket/letters"
    assert "s3://" in reason(top('[service]\nraw_store = "bucket"'))


@pytest.mark.parametrize("sender", ["jtj", "jtj@", "@", "区教体局 <jtj@example.org>", "a@b@c d", "@-a", "a b@c"])
def test_sender_is_an_address_or_a_domain(sender: str) -> None:
    said = reason(departments(f'name = "区教体局"\nsenders = ["{sender}"]'))
    assert said.startswith("bulletin[0].department[0].senders[0]：")
    assert "不是邮箱地址，也不是整个域" in said


def test_senders_are_kept_in_lower_case() -> None:
    settings = read(departments('name = "区教体局"\nsenders = ["JTJ@Example.org", "@JTJ.example.org"]'))
    assert settings.bulletins[0].departments[0].senders == ("jtj@example.org", "@jtj.example.org")


def test_editors_are_addresses() -> None:
    assert reason(bulletin('editors = ["editor@example.org", "@example.org"]')) == (
        "bulletin[0].editors[1]：@example.org 不是邮箱地址；应如 editor@example.org"
    )


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ('name = "甲局"', 'name = "甲局"', "name：单位名称“甲局”已经属于 甲局"),
        ('name = "甲局"\naliases = ["老甲局"]', 'name = "老甲局"', "name：单位名称“老甲局”已经属于 甲局"),
        ('name = "甲局"', 'name = "乙局"\naliases = ["丙局", "甲局"]', "aliases[1]：单位名称“甲局”已经属于 甲局"),
        ('name = "甲局"', 'name = "乙局"\nfull_name = "甲局"', "full_name：单位名称“甲局”已经属于 甲局"),
        (
            'name = "甲局"\nsenders = ["a@b"]',
            'name = "乙局"\nsenders = ["A@B"]',
            "senders[0]：A@B 已经是 甲局 的来信地址；一个地址只能属于一个单位",
        ),
    ],
)
def test_two_departments_cannot_share_a_name_or_an_address(first: str, second: str, said: str) -> None:
    assert reason(departments(first, second)).startswith(f"bulletin[0].department[1].{said}")


def test_department_may_repeat_its_own_name() -> None:
    settings = read(departments('name = "甲局"\nfull_name = "甲局"\naliases = ["甲局"]'))
    assert settings.bulletins[0].departments[0].full_name == "甲局"


def test_departments_of_two_bulletins_may_share_names() -> None:
    one = departments('name = "甲局"\nsenders = ["a@b"]')
    two = one.replace("wuxing", "other").replace("zgqwxzfb", "other")
    assert len(read(one + two).bulletins) == 2


@pytest.mark.parametrize(("folder", "same"), [("inbox", True), ("投稿", False)])
def test_two_bulletins_cannot_share_a_folder(folder: str, same: bool) -> None:
    text = BULLETIN + MAILBOX + (BULLETIN + MAILBOX).replace("wuxing", "other") + f'folder = "{folder}"\n'
    if same:
        assert "两份简报不能收同一个文件夹" in reason(text)
    else:
        assert [bulletin.mailbox.folder for bulletin in read(text).bulletins] == ["INBOX", folder]


def test_sections_have_a_place_for_ordinary_articles_and_no_repeats() -> None:
    assert reason(bulletin('sections = ["情况通报"]')).startswith('bulletin[0].sections：要有一个空栏目 ""')
    assert reason(bulletin('sections = ["", "通报", "通报"]')) == "bulletin[0].sections[2]：栏目“通报”写了两次"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('editors = ["编辑@example.org"]', "bulletin[0].editors[0]"),
        ('editors = ["a..b@example.org"]', "bulletin[0].editors[0]"),
    ],
)
def test_address_that_smtp_cannot_carry_is_refused(text: str, key: str) -> None:
    assert reason(bulletin(text)).startswith(f"{key}：发信协议不支持")
    assert reason(top('[smtp]\nsender = "编辑@example.org"')).startswith("smtp.sender：发信协议不支持")
    assert reason(top('[service]\nalarm_to = ["编辑@example.org"]')).startswith("service.alarm_to[0]：发信协议不支持")


def test_letters_out_need_an_address() -> None:
    named = top('[smtp]\nhost = "smtp.example.org"\nusername = "编辑@example.org"')
    assert reason(named).startswith("smtp.sender：")
    assert reason(top('[smtp]\nhost = "smtp.example.org"\nusername = "jianbao"')).startswith("smtp.sender：")
    settings = read(top('[smtp]\nhost = "smtp.example.org"\nusername = "a@example.org"'))
    assert settings.smtp.username == "a@example.org"


@pytest.mark.parametrize(
    ("written", "listen"),
    [("0.0.0.0:80", Listen("0.0.0.0", 80)), ("[::1]:8080", Listen("::1", 8080)), ("desk:1", Listen("desk", 1))],
)
def test_listen_is_an_address_and_a_port(written: str, listen: Listen) -> None:
    assert read(top(f'[desk]\nlisten = "{written}"')).desk.listen == listen


@pytest.mark.parametrize("written", ["8080", ":8080", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:8080", "a:b"])
def test_listen_of_another_form_is_refused(written: str) -> None:
    assert reason(top(f'[desk]\nlisten = "{written}"')).startswith("desk.listen：")


def test_public_url_is_kept_without_the_last_slash() -> None:
    assert read(top('[desk]\npublic_url = "https://a.example.org/"')).desk.public_url == "https://a.example.org"
    assert reason(top('[desk]\npublic_url = "a.example.org"')).startswith(
        "desk.public_url：应是编辑在浏览器里打开的网址"
    )


def test_without_an_address_there_is_no_desk() -> None:
    assert read(top('[desk]\nlisten = ""')).desk.listen is None


def test_public_url_is_a_whole_site() -> None:
    assert "不能放在子路径下" in reason(top('[desk]\npublic_url = "https://a.example.org/jianbao"'))
    assert "不能放在子路径下" in reason(top('[desk]\npublic_url = "https://me:pw@a.example.org"'))


def test_trusted_proxies_are_addresses_and_networks() -> None:
    desk = read(top('[desk]\ntrusted_proxies = ["127.0.0.1", "10.1.2.0/24", "::1"]')).desk
    assert [str(network) for network in desk.trusted_proxies] == ["127.0.0.1/32", "10.1.2.0/24", "::1/128"]
    assert reason(top('[desk]\ntrusted_proxies = ["proxy.lan"]')).startswith("desk.trusted_proxies[0]：proxy.lan 不是")


def test_a_user_header_needs_a_proxy_that_is_trusted() -> None:
    assert reason(top('[desk]\nuser_header = "X-Remote-User"')).startswith("desk.user_header：要先在 trusted_proxies")
    assert reason(top('[desk]\nuser_header = "X Remote"\ntrusted_proxies = ["::1"]')).startswith(
        "desk.user_header：应是"
    )
    desk = read(top('[desk]\nuser_header = "X-Remote-User"\ntrusted_proxies = ["::1"]')).desk
    assert desk.user_header == "X-Remote-User"


def test_metrics_is_a_switch() -> None:
    assert read(top("[desk]\nmetrics = true")).desk.metrics is True
    assert reason(top('[desk]\nmetrics = "yes"')) == "desk.metrics：应是 true 或 false，不加引号"


def test_titles_are_one_line() -> None:
    assert reason((BULLETIN + MAILBOX).replace("章贡区", "章贡区\\n")).startswith("bulletin[0].title：应是一行文字")
    assert reason((BULLETIN + MAILBOX).replace("章贡区“五型”政府建设", " ")) == "bulletin[0].title：不能为空"


def test_report_goes_to_a_section_that_there_is() -> None:
    said = reason(bulletin('sections = [""]\nreport_section = "通报"'))
    assert said == "bulletin[0].report_section：sections 里没有栏目“通报”；请在 sections 里添上，或改写这里"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("adopted = -1", "adopted：不能小于 0"),
        ("endorsed = 5", 'endorsed：应是花括号里的表，如 { "市级" = 20 }'),
        ('endorsed = { "市级" = "多" }', "endorsed.市级：应是整数，不加引号"),
        ('endorsed = { "" = 5 }', "endorsed.：不能为空"),
    ],
)
def test_points_are_whole_numbers_by_name(line: str, said: str) -> None:
    assert reason(f"{BULLETIN}{MAILBOX}[bulletin.points]\n{line}\n") == f"bulletin[0].points.{said}"


def test_levels_of_endorsement_are_the_offices_own() -> None:
    points = read(f'{BULLETIN}{MAILBOX}[bulletin.points]\nendorsed = {{ "县级" = 3 }}\n').bulletins[0].points
    assert (points.adopted, points.endorsed) == (5, {"县级": 3})
