"""`erase`: ends the personal data of a letter; its row stays as a tombstone. No command checks a role."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from archive import letters
from archive.letters import LetterRecord
from cli.base.arguments import add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.views.letters import message_table
from service.letters.letter_prefix import letters_with_prefix
from service.office import Office
from service.removal.remove import erase
from service.shapes.letters import message_rows
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("letter", metavar="LETTER", help="sha256 的前几位；messages --json 列出")
    parser.add_argument("--why", required=True, metavar="TEXT", help="理由，留在变更记录里")
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """Lists the letter as it is then. Raises BadUsage as `erase`, and for a letter that is unknown or ambiguous."""
    arguments = invocation.arguments
    with logged_office_of(invocation) as office:
        letter = _the_letter(office, arguments.letter, arguments.bulletin)
        erase(office, office.bulletin(letter.bulletin), letter.id, arguments.why, who=getpass.getuser())
        with office.ledger.reading() as ledger:
            records = letters.letters_with_ids(ledger, [letter.id])
        invocation.output.give(lambda: message_rows(office, records), lambda: [message_table(office, records)])
    return ExitStatus.DONE


def _the_letter(office: Office, prefix: str, bulletin: str | None) -> LetterRecord:
    """bulletin: the id of the one whose letter is meant; None where only one has it."""
    records = [letter for letter in letters_with_prefix(office, prefix) if bulletin in (None, letter.bulletin)]
    if not records:
        raise BadUsage(f"没有以 {prefix} 开头的来信编号。用 messages --json 可查看 sha256。")
    if len(records) > 1:
        remedy = "请多写几位" if len({letter.sha256 for letter in records}) > 1 else "请用 --bulletin 指明刊物"
        raise BadUsage(f"有 {len(records)} 封来信的编号以 {prefix} 开头，{remedy}。")
    return records[0]
