"""`take-back`: an edited draft; what would change is shown, and written when a person confirms it."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from cli.base.arguments import add_bulletin
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of
from cli.base.output_parts import line
from cli.base.questions import TerminalDialogue
from cli.base.terminal import error_terminal, print_shown
from cli.views.edited_draft import proposal_lines
from intake.pool import ReadingPool
from service.edited_draft.kept_file import kept_file
from service.edited_draft.proposal import Proposal
from service.edited_draft.read import LARGEST, bulletin_of_file, proposal_of, read_file
from service.edited_draft.take_over import TakenOver, take_over
from service.shapes.edited_draft import proposal_row
from values.errors import BadUsage


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="改过的送审稿（.docx；装有 LibreOffice 时也可用 .odt、.doc、.wps）"
    )
    parser.add_argument("--apply", action="store_true", help="列出后不再问，直接照此改；有冲突的不改")
    parser.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="KEY",
        help="只改选定的一项，有冲突的也改：方括号里的稿件编号、n1、order、note、date；可以写几次",
    )
    add_bulletin(parser)


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when changes are left that were not taken: conflicts, or all where nobody has confirmed.

    Raises BadUsage for a file that is no open draft of ours or cannot be read, Changed, StorageFailed.
    """
    arguments = invocation.arguments
    data = _octets(arguments.file)
    taken: TakenOver | None = None
    with logged_office_of(invocation) as office, ReadingPool(workers=1) as pool:
        file = read_file(office, pool, arguments.file.name, data)
        bulletin = office.bulletin(arguments.bulletin) if arguments.bulletin else bulletin_of_file(office, file)
        proposal = proposal_of(office, pool, bulletin, file)
        picked = frozenset(arguments.take) if arguments.take else proposal.picked
        asked = not (arguments.apply or arguments.take) and sys.stdin.isatty() and sys.stderr.isatty()
        if not proposal.is_empty and _is_confirmed(arguments, proposal, asked=asked):
            kept = kept_file(bulletin, proposal, arguments.file.name, data)
            taken = take_over(office, bulletin, proposal, kept, getpass.getuser(), picked=picked)
    invocation.output.give(
        lambda: proposal_row(proposal, taken),
        lambda: [*(() if asked else proposal_lines(proposal)), line(_sentence(proposal, taken))],
    )
    left = set(proposal.choices) - (picked if taken is not None else frozenset())
    return ExitStatus.IN_PART if left else ExitStatus.DONE


def _octets(path: Path) -> bytes:
    """Raises BadUsage when the file is too large or cannot be opened."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadUsage(f"{path.name} 超过 {LARGEST // 1_000_000} MB，请压缩其中的图片后再试。")
        return path.read_bytes()
    except OSError as error:
        raise BadUsage(f"读不到 {path}（{error.strerror}）。") from None


def _is_confirmed(arguments: Namespace, proposal: Proposal, *, asked: bool) -> bool:
    """By an option, or by the person at the terminal, to whom the changes are shown first."""
    if not asked:
        return bool(arguments.apply or arguments.take)
    print_shown(error_terminal(sys.stderr), proposal_lines(proposal))
    try:
        return TerminalDialogue().ask("照此改？输入 y 确认：").lower() in ("y", "yes", "是")
    except EOFError:
        return False


def _sentence(proposal: Proposal, taken: TakenOver | None) -> str:
    draft = f"{proposal.issue.number.label}第 {proposal.revision} 稿"
    if proposal.is_empty:
        return f"{draft}：文件里没有要改的。"
    if taken is None:
        return f"{draft}：还没有改。看过以后用 --apply 照此改，或用 --take 选定几项。"
    return f"{draft}：{taken.in_words or '没有要改的'}。再次生成送审稿时随之更新。"
