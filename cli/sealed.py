"""`sealed`: releases a sealed letter, which is then read without the gate, or destroys it. No command checks a role."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from typing import Final

from archive import letters
from archive.letters import LetterRecord
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.views.letters import message_table
from intake.pool import ReadingPool
from service.letters.handle_letters import release_sealed
from service.letters.letter_prefix import letters_with_prefix
from service.letters.receive import LetterReceiver
from service.office import Office
from service.removal.remove import destroy_sealed, removed_sentence
from service.shapes.letters import message_rows
from settings.model import BulletinSettings
from values.errors import BadUsage
from values.letter import Verdict


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("release", "destroy"), help="release：解除封存；destroy：销毁，不能恢复")
    parser.add_argument("letter", metavar="LETTER", help="sha256 的前几位；messages 列出标志和位置")
    parser.add_argument("--why", required=True, metavar="TEXT", help="理由，留在变更记录里")


def run(invocation: Invocation) -> ExitStatus:
    """Lists the letter as it is then. Raises BadUsage for a letter that is not sealed, or named ambiguously."""
    with logged_office_of(invocation) as office:
        letter = _sealed_letter(office, invocation.arguments.letter)
        bulletin = office.bulletin(letter.bulletin)
        act = _ACTIONS[invocation.arguments.action]
        act(office, bulletin, letter.id, invocation.arguments.why)
        with office.ledger.reading() as ledger:
            records = letters.letters_with_ids(ledger, [letter.id])
        invocation.output.give(lambda: message_rows(office, records), lambda: [message_table(office, records)])
    return ExitStatus.DONE


def _release(office: Office, bulletin: BulletinSettings, letter_id: int, why: str) -> None:
    release_sealed(office, bulletin, letter_id, why, who=getpass.getuser())
    with ReadingPool() as pool:
        LetterReceiver(office, pool).read(bulletin)


def _destroy(office: Office, bulletin: BulletinSettings, letter_id: int, why: str) -> None:
    destroy_sealed(office, bulletin, letter_id, why, who=getpass.getuser())


_ACTIONS: Final = {"release": _release, "destroy": _destroy}


def _sealed_letter(office: Office, prefix: str) -> LetterRecord:
    """A letter of several bulletins counts once: it is named by its bytes."""
    named = [letter for letter in letters_with_prefix(office, prefix) if letter.verdict is Verdict.SEALED]
    sealed = list({letter.sha256: letter for letter in named}.values())
    removal = sealed[0].removal if len(sealed) == 1 else None
    if removal is not None:
        raise BadUsage(f"这封来信{removed_sentence(office, removal)}，已经没有内容了。")
    if len(sealed) != 1:
        what = f"有 {len(sealed)} 封" if sealed else "没有"
        raise BadUsage(f"{what}封存的来信以 {prefix} 开头。用 messages --json 可查看 sha256。")
    return sealed[0]
