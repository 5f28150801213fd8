"""Sample letters that bring no manuscript: an automatic reply, a bounce, a newsletter and a question."""

from __future__ import annotations

from tools.letter_builder import CALL, OFFICE, entity, message, multipart, received, text, words


def auto_reply() -> bytes:
    return message(
        f"""{received("Thu, 03 Nov 2022 18:02:31", "192.0.2.12", "QMCowAB2Qq5d")}
Date: Thu, 3 Nov 2022 18:02:30 +0800 (CST)
From: rsj@example.org
To: {OFFICE}
Subject: {words(f"自动回复: {CALL}", "UTF-8")}
In-Reply-To: <202211031802110091827@163.com>
Auto-Submitted: auto-replied
X-Auto-Response-Suppress: All
Precedence: bulk
Message-ID: <7d20c1.44f1.1843c0ffee1.Coremail.rsj@example.org>
MIME-Version: 1.0""",
        text("您好，来信已收到，我正在外出开会，将于11月7日回复。\n", "GBK"),
    )


def bounce() -> bytes:
    """A delivery status notification (RFC 3464) about a letter of the office to an address that is gone."""
    notice = "您的邮件未能送达 jiaotiju@example.org，原因是该用户不存在。\n"
    status = entity(
        "Content-Type: message/delivery-status",
        b"Reporting-MTA: dns; mail.example.org\r\nArrival-Date: Thu, 3 Nov 2022 18:05:01 +0800\r\n\r\n"
        b"Final-Recipient: rfc822; jiaotiju@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 5.1.1 User not found\r\n",
        "7bit",
    )
    returned = message(
        f"From: {OFFICE}\nTo: jiaotiju@example.org\nSubject: {words(CALL, 'GB2312')}\n"
        "Date: Thu, 3 Nov 2022 18:05:00 +0800\nMessage-ID: <202211031805000092001@163.com>\nMIME-Version: 1.0",
        text("各单位：\n请于11月4日前报送简报稿件。\n", "GB2312"),
    )
    return message(
        f"""Return-Path: <>
{received("Thu, 03 Nov 2022 18:05:04", "192.0.2.25", "QMCowAD0aP7z")}
Date: Thu, 3 Nov 2022 18:05:03 +0800
From: {words("邮件系统", "GBK")} <postmaster@example.org>
To: {OFFICE}
Subject: {words(f"系统退信: {CALL}", "GBK")}
Auto-Submitted: auto-generated
Message-ID: <dsn-1843c128f3a@mail.example.org>
MIME-Version: 1.0""",
        multipart(
            "report",
            "=_dsn_1843c128f3a",
            text(notice, "GBK"),
            status,
            entity("Content-Type: message/rfc822", returned, "7bit"),
            parameters="; report-type=delivery-status",
        ),
    )


def newsletter() -> bytes:
    page = (
        "<html><body><h1>政务信息周刊 第44期</h1><p>一是优化营商环境案例选编。二是数字政府建设观察。</p>"
        '<p><a href="https://news.example.com/u?id=44">退订</a></p></body></html>\n'
    )
    return message(
        f"""{received("Fri, 04 Nov 2022 07:00:12", "198.51.100.7", "QMCowACJ8sd2")}
Date: Fri, 4 Nov 2022 07:00:10 +0800
From: {words("政务信息周刊", "utf-8")} <weekly@news.example.com>
To: {OFFICE}
Subject: {words("政务信息周刊 第44期：优化营商环境案例选编", "utf-8")}
List-Id: <weekly.news.example.com>
List-Unsubscribe: <https://news.example.com/u?id=44>
Precedence: list
Message-ID: <weekly-44-20221104@news.example.com>
MIME-Version: 1.0""",
        text(page, "utf-8", "quoted-printable", subtype="html"),
    )


def question() -> bytes:
    return message(
        f"""{received("Fri, 04 Nov 2022 08:31:45", "192.0.2.13", "QMCowAB1tR8e")}
From: {words("区金融服务中心", "gb2312")} <jrfwzx@example.org>
To: <{OFFICE}>
Subject: {words("请问本期截稿时间？", "gb2312")}
Date: Fri, 4 Nov 2022 08:31:44 +0800
Message-ID: <000a01d8efe4$5bb2e330$1318a990$@example.org>
MIME-Version: 1.0
X-Mailer: Microsoft Outlook 16.0""",
        text("您好，请问本期截稿时间是什么时候？谢谢！\n", "gb2312", "quoted-printable"),
    )
