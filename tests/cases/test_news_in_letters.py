"""News in the text of a letter, as many programs write and pass on letters: nothing is refused, no sentence lost."""

from __future__ import annotations

import base64
import quopri
import unicodedata
from collections.abc import Sequence

import pytest

from tests.support.office_letters import TOWN, letter, mixed, read, text_part

TITLE = "居家养老有温度"
UNIT = "区民政局"
FIRST = (
    "为深入贯彻落实“五型”政府建设要求，区民政局聚焦“一老一小”，建成社区食堂15处，日均服务老人1576人次，"
    "新增家庭养老床位320张，投入资金682.5万元，惠及8个镇（街道）、126个社区（村）。"
)
SECOND = (
    "一是建强阵地。整合闲置用房5处，建成嵌入式养老院3所，新增床位126张。二是做优服务。开展助餐、助浴、助医等服务"
    "2.3万人次，满意率达98.6%，同比增长12.5个百分点，提供法律咨询360人次。"
)
PARAGRAPHS = [FIRST, SECOND]
NEWS = f"{TITLE}\n{UNIT}\n　　{FIRST}\n　　{SECOND}\n"
GRANT = "近日，区民政局为全区1576名困难老人发放冬季取暖补贴，每人300元，共计47.28万元。"
BY_CARD = "补贴通过“一卡通”直接发到老人手中，确保老人温暖过冬。"
DRILL = [
    "11月28日，水南社区组织冬季消防演练，居民120余人参加。",
    "演练前，消防站人员讲解灭火器的用法和逃生的要领。",
    "演练后，社区入户检查用电用气安全，整改隐患14处。",
]


def assert_is_news(raw: bytes, paragraphs: Sequence[str] = PARAGRAPHS, title: str = TITLE) -> None:
    """The letter brings one article, with every character of the paragraphs in their lines."""
    reading = read(raw)
    assert len(reading.articles) == 1, reading.reason
    manuscript = reading.articles[0].manuscript
    assert (manuscript.title, list(manuscript.lines)) == (title, list(paragraphs))
    assert manuscript.byline in (None, UNIT, "水南镇")


SHORT = [
    (
        "快讯：发放取暖补贴",
        f"区民政局发放取暖补贴\n\n　　{GRANT}\n　　{BY_CARD}\n",
        "区民政局发放取暖补贴",
        [GRANT, BY_CARD],
    ),
    ("简讯", f"发放取暖补贴暖人心\n区民政局\n{GRANT}{BY_CARD}", "发放取暖补贴暖人心", [GRANT + BY_CARD]),
    ("", f"区民政局发放冬季取暖补贴\n区民政局\n{GRANT}\n{BY_CARD}", "区民政局发放冬季取暖补贴", [GRANT, BY_CARD]),
    (
        "报送信息",
        "编辑您好：\n    现报送我局信息一篇，请予采用，谢谢！\n\n"
        f"发放冬季取暖补贴\n{GRANT}\n{BY_CARD}\n\n联系人：李四 电话：0797-8190000",
        "发放冬季取暖补贴",
        [GRANT, BY_CARD],
    ),
    ("投稿", f"标题：区民政局发放取暖补贴\n正文：{GRANT}{BY_CARD}", "区民政局发放取暖补贴", [GRANT + BY_CARD]),
    ("投稿", f"【题目】发放取暖补贴\n单位：区民政局\n正文：{GRANT}\n{BY_CARD}", "发放取暖补贴", [GRANT, BY_CARD]),
]


@pytest.mark.parametrize(("subject", "text", "title", "paragraphs"), SHORT)
def test_short_report_is_news(subject: str, text: str, title: str, paragraphs: list[str]) -> None:
    assert_is_news(letter(text_part(text), subject=subject), paragraphs, title)


def test_paragraphs_of_one_sentence_are_news() -> None:
    text = "\n".join(["水南社区开展冬季消防演练", "水南镇", *DRILL])
    raw = letter(text_part(text), subject="动态信息", sender=TOWN)
    assert_is_news(raw, DRILL, "水南社区开展冬季消防演练")


BANNERS = [
    "【外部邮件】此邮件来自单位以外，请谨慎点击链接和附件。",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless "
    "you recognize the sender and know the content is safe.",
    "[EXTERNAL]",
    "您通常不会收到来自 mzj@civil.example 的电子邮件。了解这一点为什么很重要",
    "温馨提示：该邮件来自外网，请注意甄别，谨防钓鱼。",
    "You don't often get email from mzj@civil.example. Learn why this is important<https://aka.ms/LearnAboutSender>",
    "安全提醒：发件人不在您的通讯录中，请注意邮件安全。",
    "本邮件由外部发送，请勿轻信。\n============",
    "警告：这是一封来自公司外部的邮件，除非您确认发件人身份，否则请勿提供账号密码。",
    "此邮件为外部来信，请仔细辨别发件人，切勿泄露个人信息",
    "ATTENTION: External Email - Think before you click.",
    "*** 外部邮件，注意风险 ***",
]


@pytest.mark.parametrize("banner", BANNERS)
def test_banner_of_a_gateway_is_none_of_the_article(banner: str) -> None:
    assert_is_news(letter(text_part(f"{banner}\n\n{NEWS}")))


TAILS = [
    "发自我的小米手机",
    "Sent from my HUAWEI P40",
    "来自vivo自带邮箱",
    "从我的 iPad 发送",
    "发送自 Outlook for iOS",
    "由 Foxmail 发送",
    "从 Windows 版邮件发送",
    "发自钉钉专属商务邮箱",
    "———\n来自阿里邮箱手机版",
    "企业微信\n张三\n区民政局",
    "张三\nzhangsan@civil.example\n签名由 网易邮箱大师 定制",
    "\n------------------\n张三\n区民政局办公室\n电话：0797-8199917\n手机：13800000000",
    "-- \n张三 | 区民政局\nTel: 0797-8199917",
    "张三\n区民政局养老服务股\n地址：章贡区某某路8号 邮编：341000\nE-mail：mzj@civil.example",
    "张三  13800000000\n区民政局办公室",
    "Best regards,\nZhang San",
    "祝工作顺利！\n区民政局 张三",
    "此致\n敬礼！\n                              区民政局\n                              2026年11月30日",
    "（撰稿：张三 审核：李四）",
    "以上信息妥否，请审定。\n区民政局办公室",
    "本邮件及其附件含有区民政局的保密信息，仅限于发送给上面地址中列出的个人或群组。",
    "This e-mail and its attachments contain confidential information, which is intended only for the person listed.",
    "_______________________________________________\nxinxi mailing list -- xinxi@lists.example\n"
    "To unsubscribe send an email to xinxi-leave@lists.example",
    "-- \n您收到此邮件是因为您订阅了 Google 网上论坛上的“信息”群组。\n要退订此群组，请写信到xinxi@list.example。",
    "请考虑环保，非必要请勿打印本邮件。",
    "Scanned by MailScanner, and is believed to be clean.",
    "该邮件已由 安恒防病毒网关 检测，未发现病毒。",
]


@pytest.mark.parametrize("tail", TAILS)
def test_what_is_below_the_article_is_none_of_it(tail: str) -> None:
    assert_is_news(letter(text_part(f"{NEWS}\n{tail}\n")))


@pytest.mark.parametrize(
    "last", ["咨询电话：0797-8199917", "举报热线：12345", "来自全区的120名代表参加", "发自内心的笑容洋溢在脸上。"]
)
def test_last_line_that_only_looks_like_a_signature_stays(last: str) -> None:
    reading = read(letter(text_part(f"{NEWS}　　{last}\n")))
    manuscript = reading.articles[0].manuscript
    assert last in [*manuscript.lines, *manuscript.house_lines]


def folded(text: str, columns: int) -> str:
    """The text as programs fold it at a fixed width."""
    lines: list[str] = []
    for whole in text.split("\n"):
        line, width = "", 0
        for character in whole:
            wide = 2 if unicodedata.east_asian_width(character) in "WF" else 1
            if width + wide > columns:
                lines.append(line)
                line, width = "", 0
            line, width = line + character, width + wide
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("columns", range(61, 80))
def test_folded_text_keeps_every_character(columns: int) -> None:
    reading = read(letter(text_part(folded(NEWS, columns))))
    assert "".join(reading.articles[0].manuscript.lines) == FIRST + SECOND


@pytest.mark.parametrize("width", range(17, 43, 3))
@pytest.mark.parametrize("parameters", ["format=flowed", "format=flowed; delsp=yes", 'Format="Flowed"; DelSp="Yes"'])
def test_flowed_text_keeps_every_character(width: int, parameters: str) -> None:
    flowed = "\r\n".join(
        " \r\n".join(line[at : at + width] for at in range(0, len(line), width)) for line in NEWS.split("\n")
    )
    header = f"Content-Type: text/plain; charset=utf-8; {parameters}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert_is_news(letter(header + flowed))


@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb2312", "gb18030", "utf-16", "x-unknown", "us-ascii"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_charset_and_encoding_change_no_character(charset: str, encoding: str) -> None:
    spoken = {"x-unknown": "gbk", "us-ascii": "utf-8", "gb2312": "gb18030"}.get(charset, charset)
    data = NEWS.replace("\n", "\r\n").encode(spoken)
    # Some gateways add blanks after the soft line break (RFC 2045 6.7 (3)).
    encoded = (
        base64.encodebytes(data)
        if encoding == "base64"
        else quopri.encodestring(data, quotetabs=True).replace(b"=\n", b"= \t\r\n")
    )
    header = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    assert_is_news(letter(header.encode() + encoded))


HEAD = f"<p>{TITLE}</p><p>{UNIT}</p>"
PAGES = [
    HEAD + f"<p>{FIRST.replace('1576', '<span>15</span><span lang=EN-US>76</span>')}</p><p>{SECOND}</p>",
    HEAD + f"<p>{FIRST}</p><p>{SECOND}</p>".replace("682.5", "682\r\n.5").replace("98.6%", "98.6\r\n%"),
    HEAD + f"<p>\r\n      {FIRST[:30]}\r\n      {FIRST[30:]}\r\n</p><p>{SECOND.replace('126', '12&shy;6')}</p>",
    HEAD + f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{FIRST}<o:p></o:p></p><p>&emsp;&emsp;{SECOND.replace('126', '12&#8203;6')}</p>",
    f"<pre>{NEWS}</pre>",
    f"<div style='white-space: pre-wrap'>{NEWS}</div>",
    f"<style>p.a{{margin:0}} div.plain, .b {{ white-space: pre-wrap }}</style><div class='x plain'>{NEWS}</div>",
    f"<style>@media print{{.b{{white-space:pre}}}}</style>{HEAD}<p class=b>{FIRST[:9]}\n{FIRST[9:]}</p><p>{SECOND}</p>",
    "<pre>" + folded(NEWS, 70) + "</pre>",
    NEWS.replace("\n", "<br>"),
    f"<table><tr><td>{HEAD}<p>{FIRST}</p><p>{SECOND}</p></td></tr></table>",
    f"<div style='display:none'>预览</div>{HEAD}<!--[if mso]><p>旧版</p><![endif]--><p>{FIRST}</p><p>{SECOND}</p>",
    f"{HEAD}<p>{FIRST}</p><p>{SECOND}</p><div id='ms-outlook-mobile-signature'>获取 Outlook for iOS</div>",
    f"{HEAD}<p>{FIRST}</p><p>{SECOND}</p><div><sign signid='0'><div>------------------</div>民政办小王</sign></div>",
]


@pytest.mark.parametrize("html", PAGES)
def test_page_keeps_every_character(html: str) -> None:
    assert_is_news(letter(text_part(html, "html")))


@pytest.mark.parametrize("plain", [folded(NEWS, 72), "您的邮件客户端不支持HTML格式", "This is a multi-part message."])
def test_page_beside_a_worse_plain_text_is_news(plain: str) -> None:
    page = text_part(f"{HEAD}<p>{FIRST}</p><p>{SECOND}</p>", "html")
    assert_is_news(letter(mixed(text_part(plain), page, kind="alternative")))
