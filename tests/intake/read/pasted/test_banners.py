"""Lines of gateways above the text of a letter, and titles that look like them."""

from __future__ import annotations

import pytest

from intake.read.pasted.banners import without_banner, without_mark
from tests.support.pasted_articles import ARTICLE, FIRST, SECOND, THIRD, TITLE, lines, read

BANNERS = [
    "【外部邮件】此邮件来自单位外部，请勿轻易点击链接或打开附件。",
    "[EXTERNAL]",
    "[外部邮件]",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless "
    "you recognize the sender\nand know the content is safe.",
    "您不常收到来自 jtj@example.org 的电子邮件。了解这一点为什么很重要",
    "You don't often get email from jtj@example.org. Learn why this is important",
    "安全提示：该邮件来自互联网，发件人身份未经验证，请谨慎处理邮件中的链接和附件！",
    "**********\n警告：本邮件来自外部网络，注意甄别，谨防钓鱼邮件。\nWARNING: external message\n**********",
    "此邮件已通过防病毒网关扫描。",
]


@pytest.mark.parametrize("banner", BANNERS)
def test_banner_is_no_part_of_the_article(banner: str) -> None:
    assert lines(read(f"{banner}\n\n{ARTICLE}")) == [TITLE, "区教体局", FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "title",
    ["警惕钓鱼邮件 守护信息安全", "社区开展警惕电信诈骗宣传", "我区外部环境持续优化", "水南社区开展冬季消防演练"],
)
def test_title_about_mail_and_its_dangers_stays(title: str) -> None:
    assert without_banner([title, FIRST]) == [title, FIRST]


def test_sentence_of_an_article_about_mail_stays_below_other_lines() -> None:
    text = [TITLE, "区教体局", "开展钓鱼邮件演练，提醒干部请勿点击来自外部的链接。", FIRST]
    assert without_banner(text) == text


@pytest.mark.parametrize(
    ("subject", "rest"),
    [
        ("[外部邮件] 投稿：甲", "投稿：甲"),
        ("【外部邮件】甲", "甲"),
        ("[EXT] 甲", "甲"),
        ("外部邮件管理办法", "外部邮件管理办法"),
        ("", ""),
    ],
)
def test_mark_before_a_subject_is_cut_off(subject: str, rest: str) -> None:
    assert without_mark(subject) == rest
