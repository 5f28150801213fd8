"""What stands below an article and is none of it."""

from __future__ import annotations

import pytest

from intake.reading import read_letter
from tests.support.pasted_articles import ARTICLE, FIRST, REGISTER, SECOND, THIRD, TITLE, lines, read

BELOW = {
    "163's program, as a table": "| |\n王某\n|\n|\nwang@jtj.example\n|\n签名由网易邮箱大师定制",
    "163's program": "王某\n邮箱：wang@jtj.example\n签名由 网易邮箱大师 定制",
    "QQ's program": "王某\n办公室副主任\n13907970000\n发自我的 QQ 邮箱 iOS 版",
    "Outlook on a telephone": "获取 Outlook for iOS",
    "Outlook in English": "Get Outlook for Android",
    "an iPhone": "发自我的iPhone",
    "Windows' Mail": "从 Windows 版邮件发送",
    "Foxmail": "王某\nwang@jtj.example",
    "an address in angle brackets": "王某\n<wang@jtj.example>",
    "a name with its address": "王某 <wang@jtj.example>",
    "a card": "王某 | 办公室\n章贡区某路 8 号\n电话：0797-8190001\nE-mail: wang@jtj.example",
    "a disclaimer": "本邮件及其附件含有本单位的保密信息，仅限于发送给上面列出的个人。如果您错收了本邮件，请立即删除。",
    "an English disclaimer": "This e-mail and its attachments are confidential and intended solely for the addressee.",
    "a footer of a list": "您收到此邮件是因为您订阅了投稿群组。\n要退订此群组，请发邮件至 quit@groups.example。",
    "a scanner": "本邮件已通过防病毒扫描。",
    "two of them": "发自我的iPhone\n\n本邮件仅限收件人阅读，如误收请删除。",
}


@pytest.mark.parametrize("name", BELOW)
def test_signature_is_no_part_of_the_article(name: str) -> None:
    assert lines(read(f"{ARTICLE}\n\n{BELOW[name]}")) == [TITLE, "区教体局", FIRST, SECOND, THIRD]


def test_unit_date_and_writers_stay_above_the_signature_of_a_program() -> None:
    text = f"{TITLE}\n{FIRST}\n{SECOND}\n{THIRD}\n区教体局\n2022年11月1日\n撰稿：张敏\n王某\nwang@jtj.example"
    reading = read(text)
    assert lines(reading) == [TITLE, "区教体局", FIRST, SECOND, THIRD]
    assert reading.articles[0].manuscript.house_lines == ("2022年11月1日", "撰稿：张敏")


def test_short_line_without_a_signature_around_it_stays() -> None:
    assert lines(read(f"{ARTICLE}\n附：三个案例"))[-1] == "附：三个案例"


def test_table_at_the_end_stays() -> None:
    [article] = read(f"{ARTICLE}\n单位\t件数\n甲\t5\n乙\t6").articles
    assert article.manuscript.lines[-3:] == ("单位\t件数", "甲\t5", "乙\t6")


def test_unit_in_what_the_page_marks_as_the_signature_is_no_part_of_the_article() -> None:
    body = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n"))
    page = f"{body}<div class='gmail_signature'>王某<br>区教体局办公室<br>8190001</div>"
    raw = f"From: jtj@example.org\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}"
    assert lines(read_letter(raw.encode(), REGISTER)) == [TITLE, "区教体局", FIRST, SECOND, THIRD]
