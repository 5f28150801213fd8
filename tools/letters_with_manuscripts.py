"""Sample letters that bring a manuscript: each with the habits of one mail program, faults included."""

from __future__ import annotations

from typing import Final

from tools import sample_manuscripts
from tools.letter_builder import (
    CALL,
    DOCX_TYPE,
    OFFICE,
    attachment,
    entity,
    extended,
    message,
    multipart,
    plain_and_html,
    received,
    text,
    words,
)

_HOUSE_LINES: Final = ("撰稿：张敏    审核：刘建军", "联系电话：8190001")
_MULTIPART_NOTE: Final = "This is a multi-part message in MIME format.\n"


def jtj() -> bytes:
    """163's own web mail (Coremail): GBK texts, the rest in UTF-8."""
    name = words("内外兼修提升学前教育改革发展品质（区教体局）.docx", "UTF-8")
    greeting = "您好：\n    现报送我局稿件一篇，请审阅。\n\n区教体局办公室"
    boundary = "----=_Part_58231_1188440210.1667265292018"
    return message(
        f"""{received("Tue, 01 Nov 2022 09:14:53", "192.0.2.11", "QMCowAB3n0sl")}
X-Originating-IP: [192.0.2.11]
Date: Tue, 1 Nov 2022 09:14:52 +0800 (CST)
From: {words("区教体局", "UTF-8")} <jtj@example.org>
To: {OFFICE}
Subject: {words("【投稿】内外兼修提升学前教育改革发展品质", "UTF-8")}
X-Priority: 3
X-Mailer: Coremail Webmail Server Version XT5.0.14
MIME-Version: 1.0
Message-ID: <3c1f8a2.1a4e.18430bd7f72.Coremail.jtj@example.org>
X-Coremail-Locale: zh_CN""",
        multipart(
            "mixed",
            boundary,
            plain_and_html(greeting, "GBK", "----=_Part_58233_402719386.1667265292018"),
            attachment(name, sample_manuscripts.plain("01-jtj", _HOUSE_LINES)),
        ),
    )


def rsj() -> bytes:
    """Foxmail: a reply with the office's own letters below it; GB2312, the file name folded in two."""
    reply = f"""您好，稿件已按要求修改，见附件。

区人社局办公室
8190012

-----原始邮件-----
发件人: {OFFICE}
发送时间: 2022年10月31日 15:02
收件人: rsj@example.org
主题: 回复: {CALL}

贵局稿件什么时候能报来？

在 2022-10-28 09:05:11，"区五型办" <{OFFICE}> 写道：
> 各单位：
> 请于11月4日前报送简报稿件，以Word附件发送。
> 一是题目要简明。二是篇幅不超过一千字。
"""
    name = words("区人社局-多措并举加速就业创业政策落地见效.docx", "gb2312")
    boundary = "----=_001_NextPart346734812345_=----"
    return message(
        f"""{received("Wed, 02 Nov 2022 10:31:09", "192.0.2.12", "QMCowAC3vdJ0")}
Date: Wed, 2 Nov 2022 10:31:07 +0800
From: "rsj" <rsj@example.org>
To: zgqwxzfb <{OFFICE}>
Subject: {words(f"回复: 回复: {CALL}", "GB2312")}
References: <202210280905110481023@163.com>,
	<202210311502340816117@163.com>
In-Reply-To: <202210311502340816117@163.com>
X-Priority: 3
X-GUID: 6B1D6A0C-2E0B-4B7C-9C55-0D2A90C4C7E1
X-Has-Attach: yes
X-Mailer: Foxmail 7.2.25.213[cn]
Mime-Version: 1.0
Message-ID: <202211021031070334901@example.org>""",
        multipart(
            "mixed",
            boundary,
            plain_and_html(reply, "GB2312", "----=_002_NextPart620118345920_=----"),
            entity(
                f'Content-Type: application/octet-stream;\n\tname="{name}"\n'
                f'Content-Disposition: attachment;\n\tfilename="{name}"',
                sample_manuscripts.boxed_and_tracked("02-rsj", deleted="印发", inserted="出台"),
            ),
            preamble=_MULTIPART_NOTE,
        ),
    )


def jrfwzx() -> bytes:
    """Outlook: a gb2312 name in Content-Type, raw GBK bytes in Content-Disposition."""
    name = "普惠金融改革推动惠企政策落地见效.docx"
    fields = f'Content-Type: {DOCX_TYPE};\n\tname="{words(name, "gb2312")}"\n'.encode()
    fields += b'Content-Disposition: attachment;\n\tfilename="' + name.encode("gbk") + b'"'
    return message(
        f"""{received("Wed, 02 Nov 2022 16:48:23", "192.0.2.13", "QMCowADn1kM6")}
From: {words("区金融服务中心", "gb2312")} <jrfwzx@example.org>
To: <{OFFICE}>
Subject: {words("金融服务中心11月简报投稿", "gb2312")}
Date: Wed, 2 Nov 2022 16:48:20 +0800
Message-ID: <000601d8ee97$3f2a5c10$bd7f1430$@example.org>
MIME-Version: 1.0
X-Mailer: Microsoft Outlook 16.0
Thread-Index: AdjulzxQk1v3b0s4Tq2c7Yd0F6m4Ew==
Content-Language: zh-cn""",
        multipart(
            "mixed",
            "----=_NextPart_000_0007_01D8EEDA.4D4F8010",
            text("简报投稿，请查收附件。\n\n区金融服务中心\n", "gb2312", "quoted-printable"),
            entity(fields, sample_manuscripts.numbered("03-jrfwzx")),
            preamble=_MULTIPART_NOTE,
        ),
    )


def mzj() -> bytes:
    """QQ mail: labelled gb2312 though 喆 is only in GBK, a name torn inside a character, octet-stream shown inline."""
    name = words("区民政局—居家社区养老服务体系（终稿）.docx", "gbk", limit=25, torn=True)
    return message(
        f"""{received("Thu, 03 Nov 2022 08:55:42", "192.0.2.14", "QMCowAAnxYw1")}
X-QQ-mid: webmail812t1667436940t2917654
X-HAS-ATTACH: true
From: "{words("李喆（区民政局）", "gb2312", codec="gbk")}" <mzj@example.org>
To: "{words("区五型办", "gb2312")}" <{OFFICE}>
Subject: {words("区民政局报送简报稿件（联系人：李喆）", "gb2312", codec="gbk")}
Mime-Version: 1.0
Content-Transfer-Encoding: 8Bit
Date: Thu, 3 Nov 2022 08:55:40 +0800
X-Priority: 3
Message-ID: <tencent_3B9B1D5F7C0A45E2A1D08C6E@example.org>
X-QQ-MIME: TCMime 1.0 by Tencent
X-Mailer: QQMail 2.x""",
        multipart(
            "mixed",
            "----=_NextPart_63630FCC_10F3A2B8_5D4E3F20",
            plain_and_html("请审阅。李喆", "gb2312", "----=_NextPart_63630FCC_10F3A2B8_1A2B3C4D", codec="gbk"),
            entity(
                f'Content-Type: application/octet-stream;\n\tcharset="gb2312";\n\tname="{name}"\n'
                f'Content-Disposition: inline; filename="{name}"',
                sample_manuscripts.controlled_and_commented("04-mzj", "这里的金额请再核对一次。"),
            ),
            preamble=_MULTIPART_NOTE,
        ),
    )


def notice() -> bytes:
    """An office system: the subject in bare UTF-8 bytes, the file name in the sections of RFC 2231."""
    name = "2022年10月份全区“五型”政府建设工作通报.docx"
    return message(
        f"""{received("Thu, 03 Nov 2022 17:20:16", "192.0.2.15", "QMCowAAHkLx9")}
From: "区“五型”办" <wxb@example.org>
To: {OFFICE}
Subject: 【情况通报】2022年10月份全区“五型”政府建设工作通报
Date: Thu, 03 Nov 2022 17:20:15 +0800
Message-ID: <oa-20221103-172015-0417@example.org>
X-Mailer: OA Mail 3.2
MIME-Version: 1.0""",
        multipart(
            "mixed",
            "=_oa_20221103172015_0417",
            text("请编入本期情况通报栏目。\n", "utf-8", "8bit"),
            entity(
                f"Content-Type: {DOCX_TYPE}\nContent-Disposition: attachment{extended(name)}",
                sample_manuscripts.notice("05-notice"),
            ),
        ),
    )


def same_again() -> bytes:
    """The very file of 01 in another letter."""
    name = words("内外兼修提升学前教育改革发展品质.docx", "UTF-8")
    again = "您好：\n    前几天发过一次，不知是否收到，现再发一遍。\n\n区教体局办公室"
    return message(
        f"""{received("Fri, 04 Nov 2022 09:02:18", "192.0.2.11", "QMCowAC7w2Zk")}
X-Originating-IP: [192.0.2.11]
Date: Fri, 4 Nov 2022 09:02:17 +0800 (CST)
From: {words("区教体局", "UTF-8")} <jtj@example.org>
To: {OFFICE}
Subject: {words("重发：【投稿】内外兼修提升学前教育改革发展品质", "UTF-8")}
X-Priority: 3
X-Mailer: Coremail Webmail Server Version XT5.0.14
MIME-Version: 1.0
Message-ID: <5e92b07.20c3.184402cd1a9.Coremail.jtj@example.org>
X-Coremail-Locale: zh_CN""",
        multipart(
            "mixed",
            "----=_Part_20731_733918220.1667523737913",
            plain_and_html(again, "GBK", "----=_Part_20733_1922008171.1667523737913"),
            attachment(name, sample_manuscripts.plain("01-jtj", _HOUSE_LINES)),
        ),
    )


def private_address() -> bytes:
    """Staff writing from home: the address is not registered, though the byline is a known department."""
    name = words("社区食堂把热乎饭菜送到老人身边.docx", "gb18030")
    return message(
        f"""{received("Fri, 04 Nov 2022 10:15:06", "203.0.113.40", "QMCowAA5mN3v")}
From: "{words("小雨", "gb18030")}" <xiaoyu0797@mail.example.net>
To: "zgqwxzfb" <{OFFICE}>
Subject: {words("投稿", "gb18030")}
Mime-Version: 1.0
Date: Fri, 4 Nov 2022 10:15:04 +0800
Message-ID: <tencent_9F02C4AA51B8447D8E6B7A10@mail.example.net>
X-QQ-MIME: TCMime 1.0 by Tencent
X-Mailer: QQMail 2.x""",
        multipart(
            "mixed",
            "----=_NextPart_636473E8_0F1E2D3C_4B5A6978",
            text("单位邮箱登录不上，先用个人邮箱发。\n", "gb18030"),
            attachment(name, sample_manuscripts.plain("11-private-address")),
            preamble=_MULTIPART_NOTE,
        ),
    )


def broken() -> bytes:
    """An upload that was cut off: the zip directory at the end of the file is missing."""
    name = words("区民政局补充材料.docx", "gb18030")
    whole = sample_manuscripts.plain("04-mzj")
    return message(
        f"""{received("Fri, 04 Nov 2022 11:47:29", "192.0.2.14", "QMCowADp4Hc8")}
From: "{words("区民政局", "gb18030")}" <mzj@example.org>
To: "{words("区五型办", "gb18030")}" <{OFFICE}>
Subject: {words("补充材料", "gb18030")}
Mime-Version: 1.0
Date: Fri, 4 Nov 2022 11:47:27 +0800
Message-ID: <tencent_0D61A7E9B3F24C58A7C1F3D2@example.org>
X-QQ-MIME: TCMime 1.0 by Tencent
X-Mailer: QQMail 2.x""",
        multipart(
            "mixed",
            "----=_NextPart_6364898F_1C2D3E4F_5A6B7C8D",
            text("补充一篇材料，请一并审阅。\n", "gb18030"),
            attachment(name, whole[: len(whole) * 3 // 5]),
            preamble=_MULTIPART_NOTE,
        ),
    )
