"""`answer`: answers a letter, as an editor does at the desk."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from pathlib import Path

from archive.outbox import OutboxRecord
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from service.letters.answer_letter import answer_letter
from service.letters.letter_prefix import letters_with_prefix
from values.errors import BadUsage
from values.outgoing import OutboxState


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("letter", metavar="LETTER", help="sha256 的前几位")
    words = parser.add_mutually_exclusive_group(required=True)
    words.add_argument("--text", metavar="TEXT", help="答复的话")
    words.add_argument("--file", metavar="FILE", help="答复写在这个文本文件里（UTF-8）；- 为标准输入")
    parser.add_argument("--quote", action="store_true", help="后面引上原信")


def run(invocation: Invocation) -> ExitStatus:
    """Writes the answer. Raises BadUsage for no letter or several, and as `answer_letter`."""
    arguments = invocation.arguments
    text = _text_in(arguments.file) if arguments.text is None else arguments.text
    with logged_office_of(invocation) as office:
        records = letters_with_prefix(office, arguments.letter)
        if len(records) != 1:
            counted = f"以 {arguments.letter} 开头的来信有 {len(records)} 封"
            raise BadUsage(f"{counted}，请写明一封；messages --json 有 sha256。")
        bulletin = office.bulletin(records[0].bulletin)
        record = answer_letter(office, bulletin, records[0].id, text, quotes=arguments.quote, who=getpass.getuser())
    invocation.output.give_line(
        {"id": record.id, "kind": record.kind.value, "to": [record.to], "state": record.delivery.state.value},
        f"给 {record.to} 的答复{_when(record)}",
    )
    return ExitStatus.DONE


def _when(record: OutboxRecord) -> str:
    match record.delivery.state:
        case OutboxState.HELD:
            return f"已写好（发件箱 {record.id}），用 outbox --release {record.id} 放行后寄出。"
        case OutboxState.QUEUED:
            return f"已写好（发件箱 {record.id}），服务下一轮就发。"
        case state:
            return f"没有再写：同样的话已经写过，那封信（发件箱 {record.id}）是“{state.chinese}”。"


def _text_in(file: str) -> str:
    """Raises BadUsage for a file that cannot be read, or is not in UTF-8."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadUsage(f"读不了 {file}：要 UTF-8 的文本文件。") from error
