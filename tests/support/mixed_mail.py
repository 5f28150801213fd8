"""A mailbox as it fills over weeks: manuscripts of many departments, some sent twice, some corrected, machines, wrecks.

Each letter is known with the verdict it must get, so that a test detects what a fault has changed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Final

from tests.support.imap_server import ScriptedImap
from tests.support.manuscripts import STYLES, large, plain
from tests.support.offices import bulletin
from tests.support.outboxes import Server
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx

OFFICE: Final = "wuxing@example.org"
_DEPARTMENTS: Final = 500
"""So many that no address gets more answers in an hour than a machine may give."""
_TOPICS: Final = (
    "养老服务就业创业学前教育营商环境乡村振兴基层治理安全生产生态环保社区矫正防汛抗旱文化惠民交通整治医疗保障数据共享招商引资"
    "粮食收储森林防火水利建设工业园区退役军人残疾救助市场监管城市更新公共法律科技特派油茶种植脐橙外销家具产业古城保护夜间经济"
)
_WORDS: Final = [_TOPICS[start : start + 4] for start in range(0, len(_TOPICS), 4)]
_ACTIONS: Final = "推进落实完善检查部署开展优化提升统筹规范巩固拓展排查整改宣传培训走访协调督办验收"
_VERBS: Final = [_ACTIONS[start : start + 2] for start in range(0, len(_ACTIONS), 2)]


@dataclass(frozen=True, slots=True)
class Mail:
    """verdict: what becomes of it. articles: how many it adds. answered: whether its sender is written to."""

    raw: bytes
    verdict: str
    articles: int = 0
    answered: bool = True


def mixed_mail(seed: int) -> Iterator[Mail]:
    """Letters without end, no two of the same bytes: of ten, six bring a manuscript, one the file of an earlier letter,
    one a correction; one is an automatic answer, one holds a wreck."""
    chance = random.Random(seed)
    recent: list[tuple[int, str, File]] = []
    for number in count():
        sender = _address(number)
        match number % 10:
            case 6:
                author, _, file = recent[-3]
                yield Mail(_raw(number, file, sender=_address(author), subject="再发一次"), "duplicate")
            case 7:
                author, title, _ = recent[-2]
                file = _manuscript(title, chance)
                yield Mail(_raw(number, file, sender=_address(author), subject="更正"), "article")
            case 8:
                raw = _raw(number, sender=sender, subject="自动回复", header="Auto-Submitted: auto-replied\r\n")
                yield Mail(raw, "ignored", answered=False)
            case 9:
                wreck = File("坏.docx", b"PK\x03\x04 broken %d" % number)
                yield Mail(_raw(number, wreck, sender=sender), "quarantined")
            case _:
                title = f"我区{chance.choice(_VERBS)}{''.join(chance.sample(_WORDS, 2))}工作第{number}次会召开"
                file = _manuscript(title, chance)
                recent = [*recent[-3:], (number, title, file)]
                yield Mail(_raw(number, file, sender=sender), "article", articles=1)


def deliver(server: ScriptedImap, mails: Iterable[Mail]) -> None:
    """Puts the letters behind those that are there; they came today, so that they are answered."""
    server.internal_date = datetime.now(UTC).strftime("%d-%b-%Y %H:%M:%S +0000")
    for mail in mails:
        server.letters[len(server.letters) + 1] = mail.raw


def configured(imap: ScriptedImap, smtp: Server | None) -> str:
    """A config.toml for that mailbox, with all its departments, and with a mail server where there is one."""
    departments = "".join(
        f'[[bulletin.department]]\nname = "区第{number}局"\nsenders = ["{_address(number)}"]\n'
        for number in range(_DEPARTMENTS)
    )
    server = f'host = "{smtp.host}"\nport = {smtp.port}\nsecurity = "none"\n' if smtp else ""
    sending = f'[smtp]\n{server}sender = "{OFFICE}"\nper_quarter_hour = 10000\n' if smtp else ""
    return sending + bulletin(port=imap.port) + departments


def expected_verdicts(mails: Iterable[Mail]) -> dict[str, str]:
    """By the SHA-256 of the letter."""
    return {hashlib.sha256(mail.raw).hexdigest(): mail.verdict for mail in mails}


def _address(number: int) -> str:
    return f"bureau{number % _DEPARTMENTS}@example.org"


def _raw(number: int, *files: File, sender: str, subject: str = "投稿", header: str = "") -> bytes:
    header = f"Message-ID: <{number}@example.org>\r\n{header}"
    raw = raw_letter(*files, sender=sender, subject=subject, header=header)
    return raw.replace(b"To: zgqwxzfb@163.com\r\n", f"To: {OFFICE}\r\n".encode())


def _manuscript(title: str, chance: random.Random) -> File:
    paragraphs = [_paragraph(chance) for _ in range(3)]
    return File("稿件.docx", docx(large(title) + plain(*paragraphs), styles=STYLES))


def _paragraph(chance: random.Random) -> str:
    clauses = [f"{chance.choice(_VERBS)}{chance.choice(_WORDS)}{chance.randint(10, 9_999)}件" for _ in range(7)]
    return "，".join(clauses) + "。"
