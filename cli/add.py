"""`add`: adds a text or files by hand, as 新增稿件 at the desk does."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path

from archive.letters import letter_with_id
from cli.base.arguments import add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from intake.pool import ReadingPool
from service.letters.add_by_hand import LARGEST, AddedFile, AddedMaterial, add_by_hand
from service.letters.receive import LetterReceiver
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="稿件文件，和放在稿件末尾的照片")
    parser.add_argument("--department", required=True, metavar="NAME", help="哪个单位的稿件；名录里没有的也可以")
    parser.add_argument("--register", action="store_true", help="名录里没有这个单位时，列入名录")
    parser.add_argument("--text", metavar="FILE", help="文字在这个 UTF-8 文本文件里；- 为标准输入")
    parser.add_argument("--html", metavar="FILE", help="同一文字的网页格式（UTF-8），带表格和编号")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Keeps the material and reads it. Raises BadUsage for a file that cannot be read, and as `add_by_hand`."""
    arguments = invocation.arguments
    material = AddedMaterial(
        department=arguments.department,
        text=_text_of(arguments.text),
        html=_text_of(arguments.html),
        files=tuple(AddedFile(path.name, _bytes_of(path)) for path in arguments.files),
        registers=arguments.register,
    )
    with logged_office_of(invocation) as office, ReadingPool() as pool:
        bulletin = office.bulletin(arguments.bulletin)
        id = add_by_hand(office, bulletin, material, who=getpass.getuser())
        LetterReceiver(office, pool).read(bulletin)
        with office.ledger.reading() as ledger:
            letter = letter_with_id(ledger, bulletin.id, id)
        assert letter, "it was kept above"
    read = {"letter": letter.sha256, "verdict": letter.verdict.for_programs, "articles": list(letter.articles)}
    invocation.output.give_line(read, f"{letter.verdict.chinese}：{letter.reason}")
    return ExitStatus.DONE


def _text_of(file: str | None) -> str:
    """The text of the file, "" for none."""
    if file is None:
        return ""
    try:
        return (sys.stdin.buffer.read() if file == "-" else _bytes_of(Path(file))).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadUsage(f"读不了 {file}：要 UTF-8 的文本文件。") from error


def _bytes_of(path: Path) -> bytes:
    """No more than what is refused as too large."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise BadUsage(f"读不了文件 {path}：{error.strerror}。") from error
