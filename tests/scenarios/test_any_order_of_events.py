"""Letters, kills, corrections, decisions, new UIDVALIDITYs and the editor's arrangements, in any order: nothing is
lost, nothing doubled, and the arrangement stands.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import select

from archive import article_changes, articles, issues, letters
from archive.schema import issue_article, revision
from intake.fetch.mailbox import Folder, Received, Registered
from intake.keep import LetterStore, poll
from intake.pool import ReadingPool
from service.issue.arrange import arrange, choose_for_supplement
from service.issue.assemble import NothingToAssemble, assemble
from service.issue.planning import next_issue
from service.issue.prepare import write_editors_note
from service.issue.sign_off import sign_off
from service.letters.receive import LetterReceiver
from service.office import Office, open_office
from settings.load import load_settings
from tests.support.invariants import broken_promises
from tests.support.kill_switch import Killed, KillSwitch, armed
from tests.support.manuscripts import STYLES, large, plain
from tests.support.offices import Clock
from tests.support.scenario import PRINTED, installation_of
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx
from values.batches import in_batches
from values.errors import BadUsage
from values.issue import ArticleStatus, IssueStatus
from values.letter import Letter, Place, Verdict
from values.stopping import never

EXAMPLES: Final = int(os.environ.get("JIANBAO_EXAMPLES", "12"))
"""More for a night: JIANBAO_EXAMPLES=1000."""
DATED: Final = date(2022, 11, 8)
MONDAY: Final = datetime.fromisoformat("2022-11-07T08:00:00+08:00")
SENDERS: Final = ("jtj@example.org", "rsj@example.org", "mzj@example.org")
STEPS: Final = st.integers(1, 30)
TOPICS: Final = ("养老服务", "就业创业", "学前教育", "营商环境", "乡村振兴", "基层治理", "安全生产", "生态环保")


class MailboxInMemory:
    """A folder whose letters have UIDs in one epoch."""

    def __init__(self, uidvalidity: int, letters: Iterable[tuple[bytes, datetime]]) -> None:
        self._folder = Folder("zgqwxzfb@163.com", "INBOX", uidvalidity)
        self._letters = list(letters)

    def open(self) -> Folder:
        return self._folder

    def after(self, uid: int) -> tuple[int, ...]:
        return tuple(range(uid + 1, len(self._letters) + 1))

    def batches(self, uids: Iterable[int], registered: Registered | None = None) -> Iterator[tuple[Received, ...]]:
        yield from in_batches(map(self._letter, uids), lambda _: 1, letters=3)

    def close(self) -> None:
        pass

    def _letter(self, uid: int) -> Letter:
        raw, at = self._letters[uid - 1]
        return Letter(raw, at, Place(self._folder.account, self._folder.name, self._folder.uidvalidity, uid))


class OfficeLife(RuleBasedStateMachine):
    """What may happen to an office. The model is small: what was sent, and what each text should have become."""

    pool: ReadingPool

    @initialize()
    def move_in(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="jianbao-life-"))
        self.config = installation_of(PRINTED, self.home).config
        self.clock = Clock(MONDAY)
        self.uidvalidity = 1
        self.inbox: list[tuple[bytes, datetime]] = []
        self.texts: dict[str, list[str]] = {}  # title → the figures that its texts were sent with
        self.printed: dict[int, int] = {}  # article → its revision, as signed off
        self.arranged: list[int] = []  # the ordinary articles in the order in which the editor last put them

    def teardown(self) -> None:
        if hasattr(self, "home"):
            self.settle()
            shutil.rmtree(self.home)

    @rule(sender=st.sampled_from(SENDERS))
    def an_article_comes(self, sender: str) -> None:
        number = len(self.texts)
        title = f"{TOPICS[number % len(TOPICS)]}工作第{number}次推进会召开"
        self.texts[title] = []
        self._deliver(title, sender, "投稿")

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def a_correction_comes(self, data: st.DataObject) -> None:
        title = data.draw(st.sampled_from(sorted(self.texts)))
        self._deliver(title, self._sender_of(title), "更正")

    @precondition(lambda self: self.inbox)
    @rule(data=st.data())
    def the_same_letter_comes_again(self, data: st.DataObject) -> None:
        raw, _ = data.draw(st.sampled_from(self.inbox))
        self._put(raw)

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def the_same_file_comes_in_another_letter(self, data: st.DataObject) -> None:
        title = data.draw(st.sampled_from(sorted(self.texts)))
        figure = data.draw(st.sampled_from(self.texts[title]))
        self._put(_letter(title, figure, self._sender_of(title), "再发一次", len(self.inbox)))

    @rule(kind=st.sampled_from(("auto", "broken")))
    def something_else_comes(self, kind: str) -> None:
        header = "Auto-Submitted: auto-replied\r\n" if kind == "auto" else ""
        files = [] if kind == "auto" else [File("坏.docx", b"PK\x03\x04 broken")]
        self._put(raw_letter(*files, subject=f"{kind} {len(self.inbox)}", header=header))

    @rule()
    def the_server_counts_anew(self) -> None:
        self.uidvalidity += 1

    @rule(kill_at=STEPS)
    def a_poll_is_killed(self, kill_at: int) -> None:
        self._killed(kill_at, self._poll)

    @rule(kill_at=STEPS, supplement=st.booleans())
    def assembling_is_killed(self, kill_at: int, supplement: bool) -> None:
        self._killed(kill_at, lambda office: _assemble(office, supplement))

    @rule(kill_at=STEPS, supplement=st.booleans())
    def signing_off_is_killed(self, kill_at: int, supplement: bool) -> None:
        self._killed(kill_at, lambda office: _sign_off(office, supplement))
        self._note_printed()

    @rule(supplement=st.booleans())
    def an_issue_is_made_and_signed_off(self, supplement: bool) -> None:
        with self._office() as office:
            _assemble(office, supplement)
            _sign_off(office, supplement)
        self._note_printed()

    @rule(data=st.data())
    def the_editor_arranges_the_issue(self, data: st.DataObject) -> None:
        with self._office() as office:
            wanted = data.draw(st.permutations(_order(office)))
            cut = data.draw(st.integers(0, len(wanted)))
            layout = [("", wanted[:cut]), ("情况通报", wanted[cut:])]
            arrange(office, office.bulletin(None), layout, "editor")
            assert _order(office) == wanted
        self.arranged = list(wanted)

    @rule(text=st.sampled_from(("", "现将各单位的做法刊发如下。")), supplement=st.booleans())
    def the_editor_writes_a_note(self, text: str, supplement: bool) -> None:
        with self._office() as office:
            write_editors_note(office, office.bulletin(None), text, "editor", supplement=supplement)

    @rule(data=st.data(), chosen=st.booleans())
    def the_editor_chooses_for_a_supplement(self, data: st.DataObject, chosen: bool) -> None:
        with self._office() as office:
            with office.ledger.reading() as ledger:
                ids = [
                    record.id for record in articles.articles(ledger) if record.status is not ArticleStatus.PUBLISHED
                ]
            if ids:
                choose_for_supplement(office, data.draw(st.sampled_from(ids)), "editor", chosen=chosen)

    @rule(data=st.data(), status=st.sampled_from((ArticleStatus.ADOPTED, ArticleStatus.HELD, ArticleStatus.RETURNED)))
    def the_editor_decides(self, data: st.DataObject, status: ArticleStatus) -> None:
        with self._office() as office, office.ledger.writing() as ledger:
            ids = [record.id for record in articles.articles(ledger) if record.status is not ArticleStatus.PUBLISHED]
            if ids:
                article = data.draw(st.sampled_from(ids))
                article_changes.change_status(
                    ledger, articles.article_named(ledger, article), status, who="editor", note="", at=office.now()
                )

    @rule()
    def settle(self) -> None:
        """A poll that nobody disturbs completes whatever was left, and then every promise holds."""
        with self._office() as office:
            self._poll(office)
            self._poll(office)
            assert broken_promises(office.data_dir) == []
            self._every_letter_is_there_once_with_its_verdict(office)
            self._every_text_is_there_once(office)
            self._what_was_printed_stays(office)
            waiting = _order(office)
        assert [record for record in waiting if record in self.arranged] == [
            record for record in self.arranged if record in waiting
        ]

    def _every_letter_is_there_once_with_its_verdict(self, office: Office) -> None:
        with office.ledger.reading() as ledger:
            rows = letters.letters(ledger)
        sent = {hashlib.sha256(raw).hexdigest() for raw, _ in self.inbox}
        assert sorted(row.sha256 for row in rows) == sorted(sent)
        assert all(row.verdict is not Verdict.PENDING for row in rows)

    def _every_text_is_there_once(self, office: Office) -> None:
        with office.ledger.reading() as ledger:
            rows = ledger.sql.execute(select(revision.c.manuscript)).scalars().all()
        texts = Counter(
            (title, figure)
            for row in rows
            for title in self.texts
            for figure in self.texts[title]
            if title in row and figure in row
        )
        assert texts == Counter((title, figure) for title in self.texts for figure in self.texts[title])

    def _what_was_printed_stays(self, office: Office) -> None:
        with office.ledger.reading() as ledger:
            for article, printed in self.printed.items():
                record = articles.article_named(ledger, article)
                assert (record.status, record.revision) == (ArticleStatus.PUBLISHED, printed)
            signed = [record.number for record in issues.issues(ledger) if record.status is IssueStatus.SIGNED_OFF]
        for supplement, first in ((False, 70), (True, 1)):
            numbers = [record.number for record in signed if record.supplement is supplement]
            assert numbers == list(range(first, first + len(numbers)))

    def _note_printed(self) -> None:
        with self._office() as office, office.ledger.reading() as ledger:
            signed = [record.id for record in issues.issues(ledger) if record.status is IssueStatus.SIGNED_OFF]
            query = select(issue_article.c.article_id, issue_article.c.article_revision)
            rows = ledger.sql.execute(query.where(issue_article.c.issue_id.in_(signed)))
            self.printed = {row.article_id: row.article_revision for row in rows}

    def _deliver(self, title: str, sender: str, subject: str) -> None:
        figure = f"{1000 + len(self.inbox)}.{len(self.texts[title])}"
        self.texts[title].append(figure)
        self._put(_letter(title, figure, sender, subject, len(self.inbox)))

    def _put(self, raw: bytes) -> None:
        self.clock.now += timedelta(minutes=1)
        self.inbox.append((raw, self.clock.now))

    def _sender_of(self, title: str) -> str:
        return next(
            sender for raw, _ in self.inbox for sender in SENDERS if _mark(title) in raw and sender.encode() in raw
        )

    def _office(self) -> OpenOffice:
        return OpenOffice(self.config, self.clock)

    def _poll(self, office: Office) -> None:
        bulletin = office.bulletin(None)
        store = LetterStore(bulletin.id, office.ledger, office.raws, office.now)
        mailbox = MailboxInMemory(self.uidvalidity, self.inbox)
        poll(mailbox, store, stopping=never, after_batch=lambda _folder_pass: None)
        LetterReceiver(office, self.pool).read(bulletin)

    def _killed(self, at: int, act: Callable[[Office], None]) -> None:
        with self._office() as office:
            try:
                with armed(KillSwitch(at, deadly=False)):
                    act(office)
            except Killed:
                pass


class OpenOffice:
    """An office that is open for the length of a `with`."""

    def __init__(self, config: Path, clock: Clock) -> None:
        self._opened = open_office(load_settings(config), clock, {})

    def __enter__(self) -> Office:
        return self._opened.__enter__()

    def __exit__(self, *error: object) -> None:
        self._opened.__exit__(None, None, None)


def _order(office: Office) -> list[int]:
    """The articles of the next ordinary issue as they would be printed."""
    with office.ledger.reading() as ledger:
        return [record.id for record in next_issue(ledger, office.bulletin(None), DATED).issue.articles]


def _assemble(office: Office, supplement: bool) -> None:
    try:
        assemble(office, office.bulletin(None), DATED, supplement=supplement)
    except NothingToAssemble:
        return


def _sign_off(office: Office, supplement: bool) -> None:
    with office.ledger.reading() as ledger:
        draft = issues.open_draft(ledger, "wuxing", supplement=supplement)
    if draft is None:
        return
    shown = [article_id for article_id, _ in draft.articles]
    try:
        sign_off(office, office.bulletin(None), draft.number.number, "editor", shown=shown, supplement=supplement)
    except BadUsage:  # a decision or a new text has made it out of date
        return


def _mark(title: str) -> bytes:
    return f"X-Title: {hashlib.sha256(title.encode()).hexdigest()}".encode()


def _letter(title: str, figure: str, sender: str, subject: str, index: int) -> bytes:
    body = (
        f"{title}。会议听取了各责任单位的情况汇报，研究部署了下一步重点任务，明确了完成时限和责任人。",
        f"会议指出，今年以来累计落实资金 {figure} 万元，各项指标稳中有进，群众满意度持续提升。",
        f"会议强调，要聚焦{title[:4]}的突出问题，加强统筹协调，压实工作责任，确保各项任务落地见效。",
    )
    manuscript = File("稿件.docx", docx(large(title) + plain(*body), styles=STYLES))
    header = f"Message-ID: <{index}@example.org>\r\n{_mark(title).decode()}\r\n"
    return raw_letter(manuscript, sender=sender, subject=subject, header=header)


@pytest.mark.timeout(600)
def test_any_order_of_events_loses_and_doubles_nothing() -> None:
    with ReadingPool(workers=1) as pool:
        OfficeLife.pool = pool
        OfficeLife.TestCase.settings = settings(
            max_examples=EXAMPLES, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        )
        OfficeLife.TestCase().runTest()
