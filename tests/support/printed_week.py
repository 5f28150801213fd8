"""The office in the week of the printed issue: the sample letters are in, some hostile ones too, the draft is made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Final

from archive.articles import articles_for_issue
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office, open_office
from settings.load import load_settings
from settings.model import BulletinSettings
from tests.support.offices import SHANGHAI, Clock
from tests.support.scenario import PRINTED, installation_of
from tools.docx_builder import docx, paragraph
from values.issue import ArticleStatus

NOW: Final = datetime(2022, 11, 8, 16, 5, tzinfo=SHANGHAI)
BULLETIN: Final = "wuxing"
WHO: Final = "王编辑"
SCRIPT: Final = "<script>alert('{}')</script>"
PICTURE: Final = "<img src=x onerror=alert('{}')>"
_NAME: Final = f'"><svg onload=alert(1)>{PICTURE.format("文件名")}'


@contextmanager
def printed_week_office(home: Path, *, hostile: bool = False, past: bool = False) -> Iterator[Office]:
    """Its clock stands five minutes after the draft was due. With LibreOffice, where it is installed.

    past: an issue was signed off already, with a part of the articles, and the draft is of the next one.
    """
    home.mkdir(exist_ok=True)
    config = installation_of(PRINTED, home).config
    letters = [PRINTED / "inbox"]
    if hostile:
        letters.append(home / "hostile")
        letters[-1].mkdir()
        for number, raw in enumerate((hostile_article(), hostile_question())):
            (letters[-1] / f"{number}.eml").write_bytes(raw)
    environ = {**os.environ, "JIANBAO_IMAP_PASSWORD": "pw"}
    with open_office(load_settings(config), Clock(NOW), environ) as office, ReadingPool(1) as pool:
        bulletin = office.bulletin(BULLETIN)
        taken = LetterReceiver(office, pool).import_letters(bulletin, letters)
        assert taken.errors == ()
        assert assemble(office, bulletin, NOW.date())
        if past:
            _sign_off_a_part(office, bulletin)
        yield office


def _sign_off_a_part(office: Office, bulletin: BulletinSettings) -> None:
    """Articles 1 and 2 and the report are published; the others go into the draft of the next issue."""
    with office.ledger.reading() as ledger:
        waiting = [record.id for record in articles_for_issue(ledger, bulletin.id) if record.id not in (1, 2, 5)]
    for to in (ArticleStatus.HELD, ArticleStatus.DRAFT):
        for id in waiting:
            decide(office, DecisionRequest(id, to, who=WHO))
        assert assemble(office, bulletin, NOW.date())
        if to is ArticleStatus.HELD:
            sign_off(office, bulletin, 70, WHO)


def hostile_article() -> bytes:
    """A manuscript from a registered address that would run scripts wherever a page does not escape it."""
    title = f"区民政局{SCRIPT.format('标题')}敬老月活动"
    lines = (
        f"活动第一天{SCRIPT.format('正文')}，共慰问老人{{{{ 7 * 7 }}}}名。",
        f"</p></div>{PICTURE.format('段落')}志愿者{{% for x in y %}}到场${{7*7}}。",
        "详情见 javascript:alert('网址') 。",
    )
    message = _message("主题", "mzj@example.org")
    message.set_content(f"请审阅。{SCRIPT.format('信的正文')}")
    message.add_alternative(f"<p>请审阅。</p>{SCRIPT.format('网页正文')}{PICTURE.format('网页图片')}", subtype="html")
    body = "".join(paragraph(escape(line)) for line in (title, "区民政局", *lines))
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    message.add_attachment(docx(body), maintype="application", subtype=kind, filename=f"{_NAME}稿.docx")
    return message.as_bytes()


def hostile_question() -> bytes:
    """A letter whose file cannot be opened: its name is in the reason shown to the office."""
    message = _message("提问", "jrfwzx@example.org")
    message.set_content(f"请问截稿时间？{SCRIPT.format('提问的正文')}{PICTURE.format('提问的图片')}")
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="msword", filename=f"{_NAME}问.docx")
    return message.as_bytes()


def _message(about: str, address: str) -> EmailMessage:
    message = EmailMessage()
    user, _, domain = address.partition("@")
    message["From"] = Address(SCRIPT.format("发件人"), user, domain)
    message["To"] = "zgqwxzfb@163.com"
    message["Subject"] = f"{about}{SCRIPT.format('主题')}{PICTURE.format('主题')}"
    message["Date"] = NOW
    message["Message-ID"] = f"<{about.encode().hex()}@example.org>"
    return message
