"""Log-ins, log-outs, refused tries and downloads in the record: all of them, without what was typed, in few lines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.change_chain import broken_lines
from archive.changes import Change, ChangeFilter, changes
from service.office import Office
from service.people.access_record import (
    MOST_ADDRESSES,
    HandedOut,
    record_download,
    record_ended_minutes,
    record_proxy_log_in,
    record_refused,
)
from service.people.accounts import accept_invitation, add_user, change_password, set_role
from service.people.attempts import AT_ACCOUNT, Client, LogInFailed
from service.people.log_in import log_in, log_out
from service.people.second_factor import confirm_enrolment, start_enrolment
from tests.support.desk import somebody
from tests.support.offices import Clock
from tests.support.people import CLIENT, PASSWORD, session_of
from values.account import Role
from values.errors import BadUsage

TYPED = "my-password-in-the-field-of-the-name"
FILE = HandedOut("wuxing", "第70期的 pdf 文件", 1)


def clock(office: Office) -> Clock:
    assert isinstance(office.now, Clock)
    return office.now


def lines(office: Office, subject: str = "login") -> list[tuple[str, str, str]]:
    """(who, whose account, what), the earliest first; the chain is whole."""
    with office.ledger.reading() as ledger:
        assert list(broken_lines(ledger)) == []
        listed: list[Change] = list(changes(ledger, most=10_000))[::-1]
    return [(change.who, change.subject_id, change.summary) for change in listed if change.subject == subject]


def with_account(office: Office) -> None:
    link = add_user(office, "wang", Role.EDITOR, display_name="王编辑", who="测试")
    accept_invitation(office, link.url.rpartition("/")[2], PASSWORD, CLIENT)


def test_log_in_and_log_out_are_recorded_with_the_address(office: Office) -> None:
    with_account(office)
    token = session_of(log_in(office, "wang", PASSWORD, Client("2001:db8:1:2::7")))
    log_out(office, token)
    log_out(office, token)
    assert lines(office) == [
        ("王编辑", "1", "登录，来自 192.0.2.1，用一次性链接"),
        ("王编辑", "1", "登录，来自 2001:db8:1:2::/64"),
        ("王编辑", "1", "退出登录"),
    ]


@pytest.mark.parametrize(("name", "account", "tried"), [("wang", "1", "用户编号 1"), (TYPED, "", "没有这个用户")])
def test_refused_try_is_recorded_at_once_with_the_account_but_never_the_name(
    office: Office, name: str, account: str, tried: str
) -> None:
    with_account(office)
    with pytest.raises(LogInFailed):
        log_in(office, name, "wrong", CLIENT)
    assert lines(office)[-1] == ("（未登录）", account, f"登录失败，来自 192.0.2.1，{tried}")
    for path in office.data_dir.rglob("*"):
        assert not path.is_file() or TYPED.encode() not in path.read_bytes(), path


def test_wrong_old_password_is_a_refused_try(office: Office) -> None:
    with_account(office)
    with pytest.raises(BadUsage):
        change_password(office, somebody(office, Role.EDITOR, "wang"), "wrong", f"{PASSWORD}再", CLIENT)
    assert lines(office)[-1] == ("（未登录）", "1", "登录失败，来自 192.0.2.1，用户编号 1")


def test_wrong_password_before_a_second_factor_is_set_up_is_a_refused_try(office: Office) -> None:
    with_account(office)
    with pytest.raises(BadUsage):
        start_enrolment(office, somebody(office, Role.EDITOR, "wang"), "wrong", CLIENT)
    assert lines(office)[-1] == ("（未登录）", "1", "登录失败，来自 192.0.2.1，用户编号 1")


def test_wrong_code_of_a_second_factor_is_a_refused_try(office: Office) -> None:
    with_account(office)
    person = somebody(office, Role.EDITOR, "wang")
    start_enrolment(office, person, PASSWORD, CLIENT)
    with pytest.raises(BadUsage):
        confirm_enrolment(office, person, "no code", CLIENT, session="")
    assert lines(office)[-1] == ("（未登录）", "1", "登录失败，来自 192.0.2.1，用户编号 1")


def test_tries_of_a_minute_become_two_lines_an_address(office: Office) -> None:
    with_account(office)
    begin = len(lines(office))
    for number in range(AT_ACCOUNT + 20):
        with pytest.raises(LogInFailed):
            log_in(office, "wang" if number % 2 else TYPED, "wrong", CLIENT)
    assert len(lines(office)) == begin + 1
    record_ended_minutes(office)
    assert len(lines(office)) == begin + 1, "the minute has not ended"
    clock(office).now += timedelta(minutes=1)
    record_ended_minutes(office)
    record_ended_minutes(office)
    assert lines(office)[begin + 1 :] == [
        ("（未登录）", "", "登录失败：16:00 起一分钟内从 192.0.2.1 又有 49 次，试过用户编号 1")
    ]


def test_minute_that_has_ended_is_recorded_before_what_comes_later(office: Office) -> None:
    with_account(office)
    for _ in range(3):
        record_refused(office, "192.0.2.9", None)
    clock(office).now += timedelta(seconds=61)
    log_in(office, "wang", PASSWORD, CLIENT)
    assert [what for *_, what in lines(office)][-2:] == [
        "登录失败：16:00 起一分钟内从 192.0.2.9 又有 2 次，用户都不存在",
        "登录，来自 192.0.2.1",
    ]


def test_flood_from_everywhere_writes_a_bounded_number_of_lines(office: Office) -> None:
    for number in range(3 * MOST_ADDRESSES):
        for _ in range(2):
            record_refused(office, f"10.0.{number}.1", None)
    clock(office).now += timedelta(minutes=1)
    record_ended_minutes(office)
    recorded = [what for *_, what in lines(office)]
    assert len(recorded) == 2 * (MOST_ADDRESSES + 1)
    assert f"登录失败：16:00 起一分钟内从 其他地址 又有 {4 * MOST_ADDRESSES - 1} 次，用户都不存在" in recorded


def test_role_change_is_recorded(office: Office) -> None:
    with_account(office)
    set_role(office, "wang", Role.VIEWER, who="赵管理")
    assert lines(office, "account")[-1] == ("赵管理", "wang", "用户王编辑（wang）的角色由编辑改为查看")


def test_download_is_recorded_once_a_minute(office: Office) -> None:
    person, other = somebody(office, Role.EDITOR), somebody(office, Role.VIEWER)
    for _ in range(3):
        record_download(office, person.who, FILE)
    record_download(office, other.who, FILE)
    clock(office).now += timedelta(seconds=61)
    record_download(office, person.who, FILE)
    assert lines(office, "download") == [
        ("王编辑", "1", "下载第70期的 pdf 文件"),
        ("李查看", "1", "下载第70期的 pdf 文件"),
        ("王编辑", "1", "下载第70期的 pdf 文件"),
    ]


def test_person_of_a_proxy_logs_in_once_a_working_day(office: Office) -> None:
    person = somebody(office, Role.EDITOR)
    for hours in (0, 1, 10, 2):
        clock(office).now += timedelta(hours=hours)
        record_proxy_log_in(office, person, "10.0.0.1")
    assert [what for *_, what in lines(office)] == ["登录，来自 10.0.0.1，由代理统一登录"] * 2


def test_lines_can_be_filtered_by_kind_account_and_time(office: Office) -> None:
    with_account(office)
    record_refused(office, "192.0.2.9", None)
    with office.ledger.reading() as ledger:
        of_account = changes(ledger, ChangeFilter(subject="login", subject_id="1"))
        later = changes(ledger, ChangeFilter(subject="login", since=office.now() + timedelta(seconds=1)))
    assert ([change.who for change in of_account], list(later)) == (["王编辑"], [])
