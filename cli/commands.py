"""What each command does (design.md 5.2): a function each, from an office and its arguments to an exit status."""

from __future__ import annotations

import getpass
from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from rich.console import Console

from archive import articles, folders, issues, letters, senders
from archive.letters import LetterRecord
from cli import listing, show
from cli.answers import BAD_USAGE, DONE, IN_PART, UNAVAILABLE, Answers
from cli.arrange_command import arrange_command, note_command
from cli.outbox_command import outbox_command
from cli.progress import progress
from cli.user_command import user_command
from intake.keep import said_of
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.health.check import State, check
from service.issue.publish import NothingToAssemble, assemble, discard
from service.issue.sign_off import sign_off
from service.letters.take_in import Reception, TakenIn
from service.office import Office, migrate_ledger
from service.register.departments import forget_sender
from settings.model import Settings
from values.errors import BadUsage, JianbaoError, TryLater
from values.issue import ArticleStatus
from values.letter import Verdict

Command = Callable[[Office, Namespace, Answers], int]


def check_command(office: Office, _arguments: Namespace, answers: Answers) -> int:
    lines = list(check(office))
    answers.give([asdict(line) for line in lines], lambda console: show.show_check(console, lines))
    states = {line.state for line in lines}
    if State.BROKEN in states:
        return IN_PART
    return UNAVAILABLE if State.UNAVAILABLE in states else DONE


def poll_command(office: Office, _arguments: Namespace, answers: Answers) -> int:
    """Every mailbox once. 3 when no mailbox answered, 1 when some did."""
    taken: list[TakenIn] = []
    failures: list[str] = []
    with ReadingPool() as pool, progress(Console(stderr=True)) as tell:
        for bulletin in office.settings.bulletins:
            try:
                taken.append(Reception(office, pool, tell=tell).poll(bulletin))
            except TryLater as error:
                failures.append(f"{bulletin.id}：{error}")
    result = _together(taken, failures)
    _give_taken_in(answers, result)
    if failures and not taken:
        return UNAVAILABLE
    return IN_PART if result.errors else DONE


def import_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    bulletin = office.bulletin(arguments.bulletin)
    with ReadingPool() as pool, progress(Console(stderr=True)) as tell:
        result = Reception(office, pool, tell=tell).bring_in(bulletin, arguments.paths)
    _give_taken_in(answers, result)
    if result.errors:
        return IN_PART if result.stored else BAD_USAGE
    return DONE


def messages_command(office: Office, _arguments: Namespace, answers: Answers) -> int:
    with office.ledger.reading() as ledger:
        found = letters.letters(ledger)
        missing = [said_of(one) for one in folders.all_unfetched(ledger)]

    def in_words(console: Console) -> None:
        show.show_messages(console, office, found)
        show.show_errors(console, missing)

    answers.give(listing.message_rows(office, found), in_words)
    return DONE


def articles_command(office: Office, _arguments: Namespace, answers: Answers) -> int:
    with office.ledger.reading() as ledger:
        found = articles.articles(ledger)
    answers.give(listing.article_rows(office, found), lambda console: show.show_articles(console, found))
    return DONE


def issues_command(office: Office, _arguments: Namespace, answers: Answers) -> int:
    with office.ledger.reading() as ledger:
        found = issues.issues(ledger)
    answers.give(listing.issue_rows(found), lambda console: show.show_issues(console, found))
    return DONE


def assemble_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    bulletin = office.bulletin(arguments.bulletin)
    try:
        made = assemble(office, bulletin, arguments.date, supplement=arguments.supplement)
    except NothingToAssemble as error:
        answers.say({"bulletin": bulletin.id, "error": str(error)}, str(error))
        return IN_PART
    assert made is not None  # None is only for a scheduled time
    what = "已编好" if made.changed else "没有变化"
    files = "、".join(str(office.data_dir / file) for file in made.issue.files)
    unpaged = "" if made.paged else "。目录里的页码还没有排出：用 Word 打开，问是否更新域时选“是”"
    label, revision, count = made.issue.number.label, made.issue.revision, len(made.issue.articles)
    answers.say(listing.issue_row(made.issue), f"{label}送审稿{what}（第 {revision} 稿，{count} 篇）：{files}{unpaged}")
    return DONE


def decide_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    """A returned article goes back to its department by mail, as at the desk."""
    result = decide(
        office,
        DecisionRequest(
            article=arguments.article,
            status=ArticleStatus(arguments.status),
            who=_who(),
            note=arguments.note,
            department=arguments.department,
            notify=not arguments.no_letter,
        ),
    )
    article, notice = result.article, result.notice
    effects = [f"已记住 {result.learned_sender} 是{article.department}的地址"] if result.learned_sender else []
    if notice is not None:
        effects.append(f"没有寄信：{notice.why_not}" if notice.why_not else f"已写信给 {notice.to}")
    if article.issue:
        effects.append("再次编排后草稿随之更新")
    decided = f"稿件 {article.id}《{article.manuscript.title}》：{article.status.chinese}"
    answers.say(listing.article_rows(office, [article])[0], "；".join([decided, *effects]))
    return DONE


def senders_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    bulletin = office.bulletin(arguments.bulletin)
    if arguments.forget:
        forget_sender(office, bulletin, arguments.forget.strip().lower(), who=_who())
    with office.ledger.reading() as ledger:
        learned = senders.learned_senders(ledger, bulletin.id)
    answers.give(listing.sender_rows(office, learned), lambda console: show.show_senders(console, learned))
    return DONE


def sign_off_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    bulletin = office.bulletin(arguments.bulletin)
    issue = sign_off(
        office, bulletin, arguments.number, _who(), seen=arguments.revision, supplement=arguments.supplement
    )
    files = "、".join(str(office.data_dir / file.path) for file in issue.final)
    said = f"{issue.number.label}已签发，{len(issue.articles)} 篇稿件已刊发：{files}"
    answers.say(listing.issue_rows([issue])[0], said)
    return DONE


def discard_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    bulletin = office.bulletin(arguments.bulletin)
    issue = discard(office, bulletin, arguments.number, _who(), supplement=arguments.supplement)
    answers.say(listing.issue_rows([issue])[0], f"{issue.number.label}草稿已作废，其中的稿件可编入下一次草稿。")
    return DONE


def retry_command(office: Office, arguments: Namespace, answers: Answers) -> int:
    letter = _reopened(office, arguments.letter)
    with office.ledger.writing() as ledger:
        letters.reopen(ledger, letter.id)
    with ReadingPool() as pool:
        Reception(office, pool).read(office.bulletin(letter.bulletin))
    with office.ledger.reading() as ledger:
        again = letters.letters_named(ledger, letter.sha256)
    answers.give(listing.message_rows(office, again), lambda console: show.show_messages(console, office, again))
    return DONE


def migrate_command(settings: Settings, answers: Answers) -> int:
    """Works on the data directory itself: an office does not open over an old ledger."""
    before, after = migrate_ledger(settings.service.data_dir)
    said = "台账已是本版本的格式，无需升级。" if before == after else f"台账已从 {before or '空'} 升级到 {after}。"
    answers.say({"before": before, "after": after}, said)
    return DONE


def _reopened(office: Office, prefix: str) -> LetterRecord:
    with office.ledger.reading() as ledger:
        found = letters.letters_named(ledger, prefix.lower())
    if not found:
        raise BadUsage(f"没有以 {prefix} 开头的来信编号。用 messages --json 可查看 sha256。")
    if len(found) > 1:
        raise BadUsage(f"有 {len(found)} 封来信的编号以 {prefix} 开头，请多写几位。")
    if found[0].verdict not in letters.REOPENED:
        kinds = "或".join(f"“{verdict.chinese}”" for verdict in letters.REOPENED)
        raise BadUsage(f"这封来信的结果是“{found[0].verdict.chinese}”，只有{kinds}的来信才需要重读。")
    return found[0]


def _together(taken: list[TakenIn], failures: list[str]) -> TakenIn:
    verdicts: Counter[Verdict] = Counter()
    for one in taken:
        verdicts.update(one.verdicts)
    return TakenIn(
        stored=sum(one.stored for one in taken),
        new=sum(one.new for one in taken),
        verdicts=verdicts,
        errors=(*failures, *(error for one in taken for error in one.errors)),
    )


def _give_taken_in(answers: Answers, result: TakenIn) -> None:
    answers.give(listing.taken_in(result), lambda console: show.show_taken_in(console, result))


def _who() -> str:
    return getpass.getuser()


def exit_status(error: JianbaoError) -> int:
    """What an error means for the program that called us (design.md 5.2)."""
    if isinstance(error, TryLater):
        return UNAVAILABLE
    return BAD_USAGE if isinstance(error, BadUsage) else IN_PART


COMMANDS: Final[dict[str, Command]] = {
    "check": check_command,
    "poll": poll_command,
    "import": import_command,
    "messages": messages_command,
    "articles": articles_command,
    "assemble": assemble_command,
    "issues": issues_command,
    "decide": decide_command,
    "arrange": arrange_command,
    "note": note_command,
    "sign-off": sign_off_command,
    "discard": discard_command,
    "retry": retry_command,
    "senders": senders_command,
    "outbox": outbox_command,
    "user": user_command,
}
