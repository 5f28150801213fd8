"""Writes the letters of tests/scenarios/02-other-ways: submissions that come in archives, as pasted text, or forwarded.

    .venv/bin/python -m tools.make_other_ways

Always the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools.docx_builder import docx, paragraph
from tools.letter_builder import OFFICE, attachment, entity, message, multipart, plain_and_html, received, text, words
from tools.other_ways_texts import TEXTS
from tools.rar_builder import rar4
from tools.sample_photograph import JPEG, png
from tools.seven_zip_builder import seven_zip
from tools.tnef_builder import LONG_NAME, attached, winmail
from tools.tnef_builder import text as tnef_text
from tools.zip_builder import ENCRYPTED, Member, archive, gbk, utf8

FOLDER: Final = Path(__file__).parents[1] / "tests" / "scenarios" / "02-other-ways" / "inbox"

_CENTRED: Final = '<w:jc w:val="center"/>'


def letters() -> Mapping[str, bytes]:
    """File name → the letter's bytes, in the order in which they arrived."""
    writers: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("01-zip-in-gbk", zip_in_gbk),
        ("02-zip-with-password", zip_with_password),
        ("03-pasted", pasted),
        ("04-pasted-and-folded", pasted_and_folded),
        ("05-forwarded", forwarded),
        ("06-forwarded-by-stranger", forwarded_by_stranger),
        ("07-forwarded-by-us", forwarded_by_us),
        ("08-long-question", long_question),
        ("09-pasted-by-stranger", pasted_by_stranger),
        ("10-seven-zip", in_seven_zip),
        ("11-rar-in-winmail", rar_in_winmail),
        ("12-forwarded-in-the-text", forwarded_in_the_text),
        ("20-photographs", photographs),
    )
    return {f"{name}.eml": write() for name, write in writers}


def manuscript(name: str) -> bytes:
    """A .docx of one of the texts; stored without compression, so that its bytes depend on no library."""
    title, byline, *body = TEXTS[name]
    set_text = paragraph(title, properties=_CENTRED, run='<w:sz w:val="44"/>')
    set_text += paragraph(byline, properties=_CENTRED, run='<w:sz w:val="32"/>')
    set_text += "".join(paragraph(line, run='<w:sz w:val="32"/>') for line in body)
    with zipfile.ZipFile(io.BytesIO(docx(set_text))) as package:
        return archive(utf8(member.filename, package.read(member)) for member in package.infolist())


def zip_in_gbk() -> bytes:
    """An archive packed by a Chinese program on Windows, a second one in it, and what Word and macOS leave behind."""
    inner = archive([gbk("校园食堂.docx", manuscript("meals"))])
    packed = archive(
        [
            gbk("材料/", b""),
            gbk("材料/书香校园.docx", manuscript("reading")),
            gbk("材料/补充.zip", inner),
            gbk("材料/~$香校园.docx", b"\x04user" + bytes(157)),
            gbk("材料/名单.pdf", b"%PDF-1.4\n"),
            utf8("__MACOSX/材料/._书香校园.docx", b"\x00\x05\x16\x07" + bytes(80)),
        ]
    )
    return message(
        _fields("Tue, 01 Nov 2022 09:20:11", "01", "区教体局", "jtj@example.org", "投稿两篇"),
        multipart("mixed", "=_01", text("两篇稿件都在压缩包里，请审阅。\n", "GBK"), _file("材料.zip", packed)),
    )


def zip_with_password() -> bytes:
    packed = archive([Member("夜校.docx".encode("gbk"), manuscript("skills")[::-1], ENCRYPTED)])
    return message(
        _fields("Tue, 01 Nov 2022 11:02:45", "02", "区人社局", "rsj@example.org", "夜校稿件"),
        multipart("mixed", "=_02", text("密码是1234。\n", "GBK"), _file("夜校.zip", packed)),
    )


def pasted() -> bytes:
    """QQ mail: the article is the letter's text, between a greeting and a telephone number."""
    title, byline, *body = TEXTS["neighbours"]
    lines = (
        "区五型办：",
        "    您好！现报送我局稿件一篇，请审阅。",
        "",
        title,
        byline,
        *(f"　　{line}" for line in body),
    )
    written = "\n".join([*lines, "", "撰稿：李喆", "8190003", "", "发自我的iPhone"])
    return message(
        _fields("Wed, 02 Nov 2022 08:41:30", "03", "区民政局", "mzj@example.org", "投稿：邻里议事亭议出和气巷"),
        plain_and_html(written, "GBK", "=_03"),
    )


def pasted_and_folded() -> bytes:
    """Outlook as plain text: folded at 76 columns, above the office's own letter."""
    title, byline, *body = TEXTS["skills"]
    folded = "\n\n".join("\n".join(line[at : at + 38] for at in range(0, len(line), 38)) for line in body)
    quoted = f"发件人: {OFFICE}\n发送时间: 2022年10月31日 15:02\n收件人: rsj@example.org\n主题: 约稿\n\n请报送稿件。\n"
    written = f"{title}\n\n{byline}\n\n{folded}\n\n此致\n敬礼\n\n-----原始邮件-----\n{quoted}"
    return message(
        _fields("Wed, 02 Nov 2022 16:12:09", "04", "区人社局", "rsj@example.org", "答复: 约稿"),
        text(written, "gb2312", "quoted-printable"),
    )


def forwarded() -> bytes:
    """One department passes on, as an attached letter, what another wrote to it by mistake."""
    return message(
        _fields("Thu, 03 Nov 2022 09:33:52", "05", "区人社局", "rsj@example.org", "转发：上门办成四件小事"),
        multipart(
            "mixed", "=_05", text("这篇误发到我们这里了。\n", "GBK"), _letter("mzj@example.org", "区民政局", "visits")
        ),
    )


def forwarded_by_stranger() -> bytes:
    """Anybody can write such a letter, also one that the department never sent."""
    return message(
        _fields("Thu, 03 Nov 2022 10:05:17", "06", "热心人", "passer-by@mail.example.net", "转发：夜间门诊"),
        multipart("mixed", "=_06", text("请采用。\n", "GBK"), _letter("jtj@example.org", "区教体局", "night")),
    )


def forwarded_by_us() -> bytes:
    """The editor passes on, from the office's mailbox, what came to another one. It is the same file as in 05."""
    return message(
        _fields("Thu, 03 Nov 2022 14:48:20", "07", "区五型办", OFFICE, "转发：上门办成四件小事"),
        multipart("mixed", "=_07", text("\n", "GBK"), _letter("mzj@example.org", "区民政局", "visits")),
    )


def long_question() -> bytes:
    asked = (
        "您好！我局这个月准备报送两篇稿件，一篇写智慧养老综合管理平台的建设情况，一篇写农村互助养老服务设施的运行情况，"
        "两篇各约一千五百字，还配有表格和照片。\n"
        "请问照片是插在文中还是另作附件？表格可不可以横排？如果本期篇幅不够，能否先用第一篇，第二篇留到下一期再用？"
        "另外，署名写单位还是写撰稿人，落款日期写报送当天还是写刊发当天，也请一并告知，我们好按要求修改后再报。谢谢！\n"
    )
    return message(
        _fields("Fri, 04 Nov 2022 08:15:00", "08", "区民政局", "mzj@example.org", "请教几个问题"),
        text(asked, "GBK"),
    )


def pasted_by_stranger() -> bytes:
    title, byline, *body = TEXTS["night"]
    written = "\n".join((title, byline, *body)).replace("校医室", "社区医院").replace(title, "社区医院夜里也亮灯")
    return message(
        _fields("Fri, 04 Nov 2022 21:40:08", "09", "小雨", "xiaoyu0797@mail.example.net", "投稿"),
        text(written, "utf-8"),
    )


def photographs() -> bytes:
    """A manuscript with two photographs attached, not in the order of their names, and the logo of a signature."""
    logo = "Content-Type: image/png;\n\tname=logo.png\nContent-Disposition: inline;\n\tfilename=logo.png"
    return message(
        _fields("Mon, 07 Nov 2022 09:05:44", "20", "区金融服务中心", "jrfwzx@example.org", "投稿（附照片）"),
        multipart(
            "mixed",
            "=_20",
            text("稿件和照片见附件。\n", "GBK"),
            entity(logo, png(90, 30)),
            _file("图2 坐班.png", png(64, 48), "image/png"),
            attachment(words("金融服务站.docx", "GBK"), manuscript("savings")),
            _file("图1 讲座.jpg", JPEG, "image/jpeg"),
        ),
    )


def in_seven_zip() -> bytes:
    """Packed by 7-Zip, with a zip in it that has a password."""
    locked = archive([Member("名单.docx".encode("gbk"), b"x" * 90, ENCRYPTED)])
    packed = seven_zip({"稿件/加装电梯.docx": manuscript("stairs"), "稿件/名单.zip": locked})
    return message(
        _fields("Mon, 07 Nov 2022 09:02:13", "10", "区民政局", "mzj@example.org", "加装电梯稿件"),
        multipart("mixed", "=_10", text("见附件。\n", "GBK"), _file("稿件.7z", packed, "application/x-7z-compressed")),
    )


def rar_in_winmail() -> bytes:
    """Outlook in its own format, with what an old WinRAR packed."""
    packed = rar4({"定制公交.docx".encode("gbk"): manuscript("buses")})
    stream = winmail([attached(packed, tnef_text(LONG_NAME, "定制公交.rar"), title=b"~1.RAR")])
    return message(
        _fields("Mon, 07 Nov 2022 10:40:55", "11", "区人社局", "rsj@example.org", "定制公交稿件"),
        multipart("mixed", "=_11", text("见附件。\n", "gb2312"), _file("winmail.dat", stream, "application/ms-tnef")),
    )


def forwarded_in_the_text() -> bytes:
    """163.com: the header of the first letter is in the text, its file is attached again."""
    quoted = (
        '-------- 转发邮件信息 --------\n发件人："区教体局" <jtj@example.org>\n发送日期：2022-11-07 11:20:08\n'
        "收件人：mzj@example.org\n主题：稿件\n\n请审阅。\n"
    )
    name = words("社区棋室.docx", "GBK")
    return message(
        _fields("Mon, 07 Nov 2022 14:21:37", "12", "区民政局", "mzj@example.org", "转发：稿件"),
        multipart(
            "mixed", "=_12", text(f"发错地方了，转给你们。\n\n{quoted}", "GBK"), attachment(name, manuscript("chess"))
        ),
    )


def _fields(at: str, number: str, name: str, address: str, subject: str) -> str:
    return (
        f"{received(at, '192.0.2.30', 'QMCowADk2' + number)}\nDate: {at} +0800\n"
        f"From: {words(name, 'GBK')} <{address}>\nTo: {OFFICE}\nSubject: {words(subject, 'GBK')}\n"
        f"Message-ID: <other-ways-{number}@example.org>\nMIME-Version: 1.0"
    )


def _file(name: str, data: bytes, content_type: str = "application/x-zip-compressed") -> bytes:
    shown = words(name, "GBK")
    fields = f'Content-Type: {content_type};\n\tname="{shown}"\n'
    return entity(f'{fields}Content-Disposition: attachment;\n\tfilename="{shown}"', data)


def _letter(address: str, name: str, article: str) -> bytes:
    """A letter with one manuscript, as it is attached when forwarded."""
    inner = message(
        f"From: {words(name, 'GBK')} <{address}>\nTo: someone@example.org\nSubject: {words('稿件', 'GBK')}\n"
        f"Date: Mon, 31 Oct 2022 17:00:00 +0800\nMessage-ID: <inner-{article}@example.org>\nMIME-Version: 1.0",
        multipart(
            "mixed",
            f"=_{article}",
            text("请审阅。\n", "GBK"),
            attachment(words(f"{TEXTS[article][0]}.docx", "GBK"), manuscript(article)),
        ),
    )
    return entity("Content-Type: message/rfc822\nContent-Disposition: attachment", inner, "7bit")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, raw in letters().items():
        (FOLDER / name).write_bytes(raw)


if __name__ == "__main__":
    main()
