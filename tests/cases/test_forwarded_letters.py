"""Letters forwarded once and twice, as eighteen mail programs quote them: whose article it is, and who is answered."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest

from tests.support.office_letters import (
    CIVIL,
    LABOUR,
    MANUSCRIPT,
    TOWN,
    UNSIGNED,
    file_part,
    letter,
    mixed,
    read,
    text_part,
)

STRANGER = "someone@qq.example"
Quote = Callable[[str, str, str], str]
"""Writer's address, subject, text → the letter as a program quotes it."""


def _form(template: str) -> Quote:
    """Each # in the template is the writer's address, % the subject."""
    return lambda writer, subject, text: f"\n\n{template}\n\n{text}".replace("#", writer, 1).replace("%", subject, 1)


def _apple(writer: str, subject: str, text: str) -> str:
    quoted = (
        f"发件人: 民政 <{writer}>\n主题: {subject}\n日期: 2026年11月29日 GMT+8 10:00:00\n收件人: {LABOUR}\n\n{text}"
    )
    return "\n\n开始转发的邮件：\n\n> " + quoted.replace("\n", "\n> ")


_WHEN = "2026年11月29日 10:00"
PROGRAMS = {
    "163": _form(
        f'-------- 转发邮件信息 --------\n发件人："民政" <#>\n发送日期：2026-11-29 10:00:00\n收件人：{LABOUR}\n主题：%'
    ),
    "QQ": _form(
        f'------------------ 原始邮件 ------------------\n发件人: "民政" <#>;\n发送时间: {_WHEN}\n'
        f'收件人: "人社"<{LABOUR}>;\n主题: %'
    ),
    "Outlook": _form(
        f"________________________________\n发件人: 民政 <#>\n发送时间: {_WHEN}\n收件人: {LABOUR}\n主题: %"
    ),
    "Outlook, English": _form(f"From: MZJ <#>\nSent: Sunday, November 29, 2026 10:00 AM\nTo: {LABOUR}\nSubject: %"),
    "Gmail": _form(
        f"---------- Forwarded message ---------\n发件人： 民政 <#>\nDate: {_WHEN}\nSubject: %\nTo: <{LABOUR}>"
    ),
    "Apple": _apple,
    "Foxmail": _form(f"{LABOUR}\n \n发件人： #\n发送时间： 2026-11-29 10:00\n收件人： {LABOUR}\n主题： %"),
    "Thunderbird": _form(
        f"-------- 转发的消息 --------\n主题: \t%\n日期: \t{_WHEN}\n发件人: \t民政 <#>\n收件人: \t{LABOUR}"
    ),
    "Thunderbird, English": _form(
        f"-------- Forwarded Message --------\nSubject: \t%\nDate: \t{_WHEN}\nFrom: \tmzj <#>\nTo: \t{LABOUR}"
    ),
    "NetEase Mail Master": _form(
        f"---- 转发的原邮件 ----\n| 发件人 | 民政<#> |\n| 日期 | {_WHEN} |\n| 收件人 | {LABOUR} |\n| 主题 | % |"
    ),
    "Sina": _form(f"----- 原始邮件 -----\n发件人：#\n收件人：{LABOUR}\n主题：%\n日期：{_WHEN}"),
    "Alibaba": _form(f"{'-' * 66}\n发件人：民政 <#>\n发送时间：{_WHEN}\n收件人：人社 <{LABOUR}>\n主　题：%"),
    "Coremail": _form(f"-----原始邮件-----\n发件人: #\n发送时间: {_WHEN}\n收件人: {LABOUR}\n抄送: \n主题: %"),
    "139": _form(
        f"----邮件原文----\n发件人：民政 <#>\n收件人：rsj <{LABOUR}>\n抄　送： (无)\n发送时间：{_WHEN}\n主题：%"
    ),
    "WeChat": _form(f"原始邮件\n发件人：民政 <#>\n发件时间：{_WHEN}\n收件人：rsj <{LABOUR}>\n主题：%"),
    "DingTalk": _form(
        f"------------------转发邮件------------------\n发件人：民政<#>\n日　期：{_WHEN}\n收件人：<{LABOUR}>\n主　题：%"
    ),
    "Huawei": _form(f"-------- 转发邮件 --------\n发件人: 民政 #\n日期: {_WHEN}\n收件人: {LABOUR}\n主题: %"),
    "Yahoo": _form(
        f'----- 转发的邮件 -----\n发件人： "民政" <#>\n收件人： "rsj" <{LABOUR}>\n发送日期： {_WHEN}\n主题： %'
    ),
}
NAMES = list(PROGRAMS)
PAIRS = [(name, NAMES[(at + 5) % len(NAMES)]) for at, name in enumerate(NAMES)]


def forwarded(text: str, manuscript: bytes = UNSIGNED) -> bytes:
    """A letter of another office that forwards what the text quotes, with its file attached again."""
    parts = (text_part(f"请查收。{text}"), file_part("社区食堂.docx", manuscript))
    return letter(mixed(*parts), subject="转发：投稿", sender=LABOUR)


def owner(raw: bytes) -> tuple[str | None, str]:
    """The department of the only article, and the address that is answered."""
    reading = read(raw)
    [article] = reading.articles
    return article.department, reading.head.recipient


@pytest.mark.parametrize("program", PROGRAMS)
def test_article_is_of_the_writer_of_the_forwarded_letter(program: str) -> None:
    quoted = PROGRAMS[program](CIVIL, "投稿", "请查收附件。")
    assert owner(forwarded(quoted)) == ("区民政局", CIVIL)


@pytest.mark.parametrize(("outer", "inner"), [*PAIRS, *((name, name) for name in NAMES)])
def test_article_is_of_the_innermost_writer_who_is_registered(outer: str, inner: str) -> None:
    for first, expected in ((CIVIL, ("区民政局", CIVIL)), (STRANGER, ("水南镇", TOWN))):
        quoted = PROGRAMS[inner](first, "投稿", "请查收附件。")
        assert owner(forwarded(PROGRAMS[outer](TOWN, "Fw: 投稿", "请审。" + quoted))) == expected


@pytest.mark.parametrize("program", PROGRAMS)
def test_byline_decides_where_the_first_writer_is_a_stranger(program: str) -> None:
    quoted = PROGRAMS[program](STRANGER, "投稿", "请查收附件。")
    assert owner(forwarded(quoted, MANUSCRIPT))[0] == "区民政局"


def test_letters_attached_within_letters_are_answered_to_the_innermost_writer() -> None:
    inner = letter(mixed(text_part("请查收"), file_part("社区食堂.docx", UNSIGNED)), sender=CIVIL)
    middle = letter(mixed(text_part("转"), f"Content-Type: message/rfc822\r\n\r\n{inner.decode()}"), sender=TOWN)
    encoded = f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{_encoded(middle)}"
    for attached in (f"Content-Type: message/rfc822\r\n\r\n{middle.decode()}", encoded, file_part("原信.eml", middle)):
        raw = letter(mixed(text_part("转"), attached), subject="Fw: 投稿", sender=LABOUR)
        assert owner(raw) == ("区民政局", CIVIL)


def _encoded(raw: bytes) -> str:
    return base64.encodebytes(raw).decode()
