"""Which passwords are refused, and why; how long the estimate takes at most."""

from __future__ import annotations

import time

import pytest

from service.people.weak_passwords import refuse_weak
from settings.load import load_settings
from settings.model import Settings
from tests.support.offices import write_config
from tests.support.people import PASSWORD
from values.account import Person, Role
from values.errors import BadUsage

WANG = Person(1, "wang", "王编辑", Role.EDITOR)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of the office that the sample letters are written to."""
    return load_settings(write_config(tmp_path_factory.mktemp("weak")))


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("九个字符的密码不", "太短：至少 10 个字符"),
        ("很长" * 101, "太长：最多 200 个字符"),
        ("1212121212", "不要重复"),
        ("我的用户名是Wang没有别人", "不要包含用户名"),
        ("只要记得王编辑三个字就行", "不要包含用户名和姓名"),
    ],
)
def test_short_long_and_own_names_are_refused_with_what_to_change(settings: Settings, password: str, why: str) -> None:
    with pytest.raises(BadUsage, match=why):
        refuse_weak(password, WANG, settings)


@pytest.mark.parametrize(
    "password",
    [
        *("password123", "P@ssw0rd123", "qwertyuiop", "1qaz2wsx3edc", "Aa123456789", "iloveyou1314", "a1b2c3d4e5"),
        *("5201314520", "woaini1314520", "Admin@123456", "woaizhongguo", "zhonghuarenmin", "jianbao2026!"),
        *("20221108200", "Guanliyuan123", "mima123456789"),
    ],
)
def test_common_passwords_are_refused(settings: Settings, password: str) -> None:
    with pytest.raises(BadUsage, match="常用的密码"):
        refuse_weak(password, WANG, settings)


def test_own_words_of_the_office_are_refused(settings: Settings) -> None:
    bulletin = settings.bulletins[0]
    mailbox = bulletin.mailbox.username
    for password in (
        bulletin.office,
        mailbox,
        f"{mailbox.partition('@')[0]}2026",
        f"{mailbox.partition('@')[0].capitalize()}@2026",
        f"{bulletin.title}1",
        f"{bulletin.office[-8:]}2026",
        f"政府建设{bulletin.id}123",
    ):
        with pytest.raises(BadUsage, match="本单位名称和邮箱"):
            refuse_weak(password, WANG, settings)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "又一匹正确的马和电池",
        "correct horse battery",
        "K7v!q2Zr9w",
        "雨后江边有三只白鹭飞",
        "tie lan yu kuai zi 38",
    ],
)
def test_sentence_without_a_pattern_is_a_good_password(settings: Settings, password: str) -> None:
    refuse_weak(password, WANG, settings)


def test_estimate_of_the_worst_input_takes_little_time(settings: Settings) -> None:
    """Characters with many substitutions, the worst case of the estimate; CPU time, a fault is minutes."""
    started = time.process_time()
    refuse_weak("@4{({<[369!1|70$5+7%2" * 9, WANG, settings)
    assert time.process_time() - started < 10
