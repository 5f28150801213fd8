"""Files of letters as many programs attach, encode and sign them, and the reasons for those that are not read."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Mapping

import pytest

from intake.parse.file_kinds import COMPOUND_FILE
from tests.support.office_letters import MANUSCRIPT, TITLE, file_part, letter, mixed, read, text_part
from values.letter import Verdict

NEWS = (
    f"{TITLE}\n区民政局\n　　今年以来，区民政局聚焦“一老一小”，建成社区食堂15处，服务老人1576人次。\n"
    "　　下一步，将继续完善养老服务网络，让老年人享受更高质量的服务。\n"
)
GREETING = text_part("请查收")


def uuencoded(name: str) -> str:
    lines = (binascii.b2a_uu(MANUSCRIPT[at : at + 45]).decode() for at in range(0, len(MANUSCRIPT), 45))
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def packed(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


SIGNED = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{NEWS}\n-----BEGIN PGP SIGNATURE-----\n\niQE=\n=abcd\n"
SIGNED_PAGE = "".join(f"<div>{line or '<br>'}</div>" for line in SIGNED.split("\n"))
READ = {
    **{
        f"text in {charset}": mixed(GREETING, file_part(f"{TITLE}.txt", NEWS.encode(charset), "text/plain"))
        for charset in ("gbk", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
    },
    "text of lines that end with CR": mixed(GREETING, file_part("稿件.txt", NEWS.replace("\n", "\r").encode("gbk"))),
    "bz2": mixed(GREETING, file_part("社区食堂.docx.bz2", bz2.compress(MANUSCRIPT))),
    "xz": mixed(GREETING, file_part("社区食堂.docx.xz", lzma.compress(MANUSCRIPT))),
    "gz": mixed(GREETING, file_part("社区食堂.docx.gz", gzip.compress(MANUSCRIPT))),
    "bz2 that is called zip": mixed(GREETING, file_part("社区食堂.zip", bz2.compress(MANUSCRIPT))),
    "text in bz2": mixed(GREETING, file_part("稿件.txt.bz2", bz2.compress(NEWS.encode("gbk")))),
    "uuencode": text_part("稿件如下\n\n" + uuencoded("社区食堂.docx")),
    "uuencode in GBK": text_part("稿件如下\n\n" + uuencoded("社区食堂.docx"), charset="gbk"),
    "uuencode with blanks for zeros": text_part("稿件\n" + uuencoded("a.docx").replace("`", " ")),
    "uuencode without blanks at the ends": text_part(
        "稿件\n" + "\n".join(line.rstrip() for line in uuencoded("a.docx").replace("`", " ").split("\n"))
    ),
    "base64 in the text": text_part(f"稿件\nbegin-base64 644 a.docx\n{base64.encodebytes(MANUSCRIPT).decode()}====\n"),
    "clear-signed": text_part(SIGNED),
    "clear-signed page": text_part(SIGNED_PAGE, "html"),
}
YENC = "=ybegin line=128 size=9 name=a.docx\r\nabcdefghi\r\n=yend size=9\r\n"
BINHEX = "(This file must be converted with BinHex 4.0)\r\n\r\n:$f*TEQKPH#jKEfX!39\"36'&`E(3J!!!!!!!!!*!!N!-bNJX:\r\n"
PAGES = packed({"Index/Document.iwa": b"\0abc", "Metadata/Properties.plist": b"bplist00"})
OLD_PAGES = packed({"index.xml": b"<sl:document/>", "buildVersionHistory.plist": b"x"})
ENVELOPED = bytes.fromhex("30820300" + "06092a864886f70d010703") + bytes(200)
UNREAD = {
    "yEnc": (text_part(f"请查收\r\n{YENC}"), "yEnc", "普通附件"),
    "yEnc part": (mixed(GREETING, file_part("a.docx", YENC.encode(), "application/x-yencoded")), "yEnc", "普通附件"),
    "BinHex": (mixed(GREETING, file_part("稿件.hqx", BINHEX.encode())), "BinHex", "普通附件"),
    "BinHex in the text": (text_part(f"请查收\r\n\r\n{BINHEX}"), "BinHex", "普通附件"),
    "BinHex called docx": (mixed(GREETING, file_part("稿件.docx", BINHEX.encode())), "BinHex", "普通附件"),
    "piece of a letter": (
        'Content-Type: message/partial; id="a@b"; number=1; total=3\r\n\r\nSubject: x\r\n\r\nUEsDB\r\n',
        "拆分邮件的第 1 部分（共 3 部分）",
        "不要拆分",
    ),
    "piece of unknown number": ("Content-Type: message/partial;id=abc\r\n\r\nUEsDB\r\n", "拆分邮件", "不要拆分"),
    "Pages": (mixed(GREETING, file_part("稿件.pages", PAGES)), "Pages", "导出为 Word"),
    "Pages '09": (mixed(GREETING, file_part("稿件.pages", OLD_PAGES)), "Pages", "导出为 Word"),
    "Pages without its name": (mixed(GREETING, file_part("稿件", PAGES)), "Pages", "导出为 Word"),
    "Pages in a zip": (mixed(GREETING, file_part("材料.zip", packed({"稿件.pages": PAGES}))), "Pages", "导出为 Word"),
    "S/MIME, encrypted": (mixed(GREETING, file_part("smime.p7m", ENVELOPED)), "加密", "不要加密"),
    "OpenPGP file": (mixed(GREETING, file_part("稿件.docx.gpg", b"\x85\x01\x0c\x03" + bytes(99))), "", "不要加密"),
    "OpenPGP text": (text_part("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"), "PGP", "不要加密"),
    "OpenPGP page": (text_part("<pre>-----BEGIN PGP MESSAGE-----<br>hQEMA</pre>", "html"), "PGP", "不要加密"),
    "letter with protected rights": (
        mixed(GREETING, file_part("message_v2.rpmsg", b"\x76\xe8\x04\x60", "application/x-microsoft-rpmsg-message")),
        "权限",
        "不要加密",
    ),
    "locked document": (
        mixed(GREETING, file_part("稿件.docx", COMPOUND_FILE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))),
        "密码",
        "取消密码",
    ),
    "damaged bz2": (mixed(GREETING, file_part("稿件.docx.bz2", bz2.compress(MANUSCRIPT)[:300])), "损坏", "检查"),
    "shortcut": (
        mixed(GREETING, file_part("稿件.docx.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(68))),
        "快捷方式",
        "发送文稿本身",
    ),
}
USELESS = {
    "resource fork": file_part("._社区食堂.docx", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(60)),
    "cut-off page": file_part("ATT00001.htm", b"<html><body><br><div>wang</div></body></html>", "text/html"),
    "cut-off text": file_part("ATT00002.txt", "\r\n发自我的 iPhone".encode("gbk"), "text/plain"),
    "signature": file_part("smime.p7s", bytes(50)),
    "key": file_part("publickey - mzj@civil.example.asc", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n"),
    "card": file_part("名片", b"BEGIN:VCARD\r\nEND:VCARD\r\n"),
    "card with a byte order mark": file_part("名片.dat", b"\xef\xbb\xbfBEGIN:VCARD\r\nEND:VCARD\r\n"),
    "empty part": file_part("noname", b""),
    "icon of a folder": file_part("Icon\r", b""),
    "enriched text": "Content-Type: text/enriched\r\n\r\n<bold>x</bold>\r\n",
    "text for watches": "Content-Type: text/watch-html\r\n\r\n<b>x</b>\r\n",
    "AMP page": "Content-Type: text/x-amp-html\r\n\r\n<html></html>\r\n",
    "order of a multimedia message": file_part("mms.smil", b"<smil></smil>", "application/smil"),
    "drawings of Word": file_part("oledata.mso", bytes(50), "application/x-mso"),
    "theme of Word": file_part("themedata.thmx", b"PK\x03\x04" + bytes(20)),
    "list of Word's files": file_part("filelist.xml", b"<xml/>", "text/xml"),
    "lock file": file_part("~$社区食堂.docx", b"\x05Admin" + bytes(157)),
}


@pytest.mark.parametrize("kind", READ)
def test_file_is_read(kind: str) -> None:
    [article] = read(letter(READ[kind])).articles
    assert article.manuscript.title == TITLE
    assert "1576人次" in article.manuscript.text


@pytest.mark.parametrize("kind", UNREAD)
def test_reason_names_what_it_is_and_what_to_do(kind: str) -> None:
    body, what, remedy = UNREAD[kind]
    reading = read(letter(body))
    assert reading.verdict is Verdict.QUARANTINED
    assert what in reading.reason.for_sender
    assert remedy in reading.reason.for_sender


@pytest.mark.parametrize("kind", USELESS)
def test_what_nobody_means_to_send_is_not_mentioned(kind: str) -> None:
    reading = read(letter(mixed(GREETING, file_part("社区食堂.docx", MANUSCRIPT), USELESS[kind])))
    assert reading.verdict is Verdict.ARTICLE, reading.reason
