"""`retry`: reads a quarantined or flagged letter again."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from archive import letters
from archive.letters import LetterRecord
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.views.letters import message_table
from intake.pool import ReadingPool
from service.letters.handle_letters import set_aside
from service.letters.letter_prefix import letters_with_prefix
from service.letters.receive import LetterReceiver
from service.office import Office
from service.removal.remove import removed_sentence
from service.shapes.letters import message_rows
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("letter", metavar="LETTER", help="sha256 的前几位")
    parser.add_argument("--set-aside", default="", metavar="WHY", help="不重读，不处理这封来信，写明理由；以后可以重读")


def run(invocation: Invocation) -> ExitStatus:
    """Lists the letter as it is then. Raises BadUsage as `letter_to_retry` and `set_aside`."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        if arguments.set_aside:
            letter = _letter_named(office, arguments.letter)
            bulletin = office.bulletin(letter.bulletin)
            set_aside(office, bulletin, letter.id, arguments.set_aside, who=getpass.getuser())
        else:
            letter = letter_to_retry(office, arguments.letter)
            _read_again(office, letter)
        with office.ledger.reading() as ledger:
            records = letters.letters_named(ledger, letter.sha256)
        invocation.output.give(lambda: message_rows(office, records), lambda: [message_table(office, records)])
    return ExitStatus.DONE


def _read_again(office: Office, letter: LetterRecord) -> None:
    with office.ledger.writing() as ledger:
        letters.reopen(ledger, letter.id)
    with ReadingPool() as pool:
        LetterReceiver(office, pool).read(office.bulletin(letter.bulletin))


def _letter_named(office: Office, prefix: str) -> LetterRecord:
    """The letter whose SHA-256 begins so. Raises BadUsage when none or several do, and for one that was removed."""
    records = letters_with_prefix(office, prefix)
    if not records:
        raise BadUsage(f"没有以 {prefix} 开头的来信编号。用 messages --json 可查看 sha256。")
    if len(records) > 1:
        raise BadUsage(f"有 {len(records)} 封来信的编号以 {prefix} 开头，请多写几位。")
    if removal := records[0].removal:
        raise BadUsage(f"这封来信{removed_sentence(office, removal)}，没有内容可读了。")
    return records[0]


def letter_to_retry(office: Office, prefix: str) -> LetterRecord:
    """As `_letter_named`. Raises BadUsage for any other verdict too."""
    letter = _letter_named(office, prefix)
    if letter.verdict not in letters.CAN_BE_REOPENED:
        kinds = "或".join(f"“{verdict.chinese}”" for verdict in letters.CAN_BE_REOPENED)
        raise BadUsage(f"这封来信的结果是“{letter.verdict.chinese}”，只有{kinds}的来信才需要重读。")
    return letter
