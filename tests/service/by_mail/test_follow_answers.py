"""An editor decides about the draft by answering the letter that brought it: from bytes to the reply."""

from __future__ import annotations

from collections.abc import MutableMapping
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from archive import accounts, letters, mailed_answers, outbox, preparations, removals
from archive.decisions import last_decisions
from intake.pool import ReadingPool
from service.issue.sign_off import sign_off
from service.letters.letter_out_view import letter_out_view, raw_without_code
from service.office import Office
from tests.support.answering import (
    LI,
    PASSED,
    WANG,
    answer,
    answered_config,
    code_in,
    mailed_draft,
    order,
    out_to,
    outs,
    statuses,
    text_of,
    verdicts,
)
from tests.support.correspondence import receive
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import office_at, write_config
from values.account import Role
from values.answer_code import fingerprints_in
from values.issue import ArticleStatus
from values.letter import Removal, RemovalKind
from values.outgoing import LetterKind

DRAFT, ADOPTED, HELD = ArticleStatus.DRAFT, ArticleStatus.ADOPTED, ArticleStatus.HELD


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config())


def test_an_answer_with_its_code_decides_and_brings_the_new_draft(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    raw = answer("采用 1,3\n缓 2", out_to(office, WANG))
    receive(office, pool, raw)
    assert statuses(office) == {"甲": ADOPTED, "乙": HELD, "丙": ADOPTED}
    assert order(office) == "甲丙"
    reply = out_to(office, WANG, LetterKind.DECIDED)
    assert "第 2 篇《乙》改为“留用”" in text_of(reply)
    assert "新的第 2 稿见附件，2 篇：\n   1.《甲》" in text_of(reply)
    assert [part.get_filename() for part in reply.iter_attachments()] == [
        "章贡区“五型”政府建设第70期送审稿（第2稿）.docx"
    ]
    assert verdicts(office) == [("decided", "对第70期第 1 稿的答复：办理 3 项，已回信。")]
    assert len(outs(office, WANG, LetterKind.DRAFT)) == 1
    assert len(outs(office, LI, LetterKind.DRAFT)) == 2


def test_the_mail_server_vouches_for_an_answer_without_the_code(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, answer("缓 2", out_to(office, WANG), quotes=False, header=PASSED))
    assert statuses(office)["乙"] is HELD


def test_all_that_a_desk_decides_can_be_decided(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office, "甲乙丙丁戊")
    words = "采用 1\n退 2：数字请核实\n不用 3\n5 移到 4 前\n标题 4：新的标题\n按语：要点。\n日期 11月10日"
    receive(office, pool, answer(words, out_to(office, WANG)))
    assert statuses(office) == {
        "甲": ADOPTED,
        "乙": ArticleStatus.RETURNED,
        "丙": ArticleStatus.REJECTED,
        "新的标题": DRAFT,
        "戊": DRAFT,
    }
    assert order(office) == "甲戊新的标题"
    text = text_of(out_to(office, WANG, LetterKind.DECIDED))
    for clause in (
        "第 2 篇《乙》改为“退改”，没有寄信给单位（",
        "第 5 篇《戊》移到第 4 篇之前",
        "按语已写好",
        "2022-11-10",
    ):
        assert clause in text
    assert "没有看懂" not in text
    with office.ledger.reading() as ledger:
        assert preparations.preparation_of(ledger, "wuxing").editors_note == "要点。"
        assert last_decisions(ledger, [1])[1].who == f"{WANG}（来信）"


def test_places_are_exchanged_and_taken(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office, "甲乙丙丁")
    receive(office, pool, answer("1 和 4 对调", out_to(office, WANG)))
    assert order(office) == "丁乙丙甲"
    receive(office, pool, answer("1 移到 3 后", out_to(office, WANG, LetterKind.DECIDED), number=2))
    assert order(office) == "乙丙丁甲"
    receive(office, pool, answer("1 移到 4 后\n3 移到最前", out_to(office, WANG, LetterKind.DECIDED), number=3))
    assert order(office) == "丁丙甲乙"


def test_an_unclear_line_is_asked_back_and_the_clear_ones_are_done(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, answer("采用 1\n第三篇再想想吧\n其余留用", out_to(office, WANG)))
    assert statuses(office) == {"甲": ADOPTED, "乙": DRAFT, "丙": DRAFT}
    text = text_of(out_to(office, WANG, LetterKind.DECIDED))
    assert "您写的：第三篇再想想吧\n     原因：看不懂" in text
    assert "您写的：其余留用\n     原因：要等没看懂的几行弄清楚再办" in text
    assert "例：采用 1,3" in text


def test_a_wholly_unclear_answer_changes_nothing_and_its_code_stays_good(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    receive(office, pool, answer("采用第几篇？", letter))
    assert set(statuses(office).values()) == {DRAFT}
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1
    receive(office, pool, answer("采用 1", letter, number=2))
    assert statuses(office)["甲"] is ADOPTED


def test_two_editors_at_once_lose_nothing(office: Office, pool: ReadingPool) -> None:
    """Both answer the first draft. What the second wants otherwise than the first is told, the rest is done."""
    mailed_draft(office)
    first, second = out_to(office, WANG), out_to(office, LI)
    receive(office, pool, answer("缓 2", first), answer("不用 2\n采用 3", second, sender=LI, number=2))
    assert statuses(office) == {"甲": DRAFT, "乙": HELD, "丙": ADOPTED}
    text = text_of(out_to(office, LI, LetterKind.DECIDED))
    assert f"第 2 篇《乙》在第 1 稿寄出以后已由{WANG}（来信）改过（《乙》由待审改为留用）" in text
    assert "第 3 篇《丙》改为“采用”" in text


def test_an_answer_to_an_older_draft_means_its_articles(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    first = out_to(office, LI)
    receive(office, pool, answer("不用 1\n丙放前面", out_to(office, WANG)))
    assert order(office) == "乙丙"
    receive(office, pool, answer("缓 2", first, sender=LI, number=2))
    assert statuses(office)["乙"] is HELD


def test_after_the_sign_off_nothing_changes_and_it_is_told(office: Office, pool: ReadingPool) -> None:
    draft = mailed_draft(office)
    letter = out_to(office, WANG)
    sign_off(office, office.bulletin(None), draft.number.number, "王")
    receive(office, pool, answer("不用 1", letter))
    assert set(statuses(office).values()) == {ArticleStatus.PUBLISHED}
    text = text_of(out_to(office, WANG, LetterKind.DECIDED))
    assert "您写的：不用 1\n     原因：第70期已签发" in text
    assert "答复码" not in text


def test_no_code_is_anywhere_but_in_its_letter(
    office: Office, pool: ReadingPool, captured_logs: list[MutableMapping[str, Any]]
) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    code = code_in(letter)
    raw = answer(f"采用 1\n{code} 是什么", letter, to=f"wuxing+{code.lower()}@example.org")
    receive(office, pool, raw.replace("回复：送审".encode(), f"Re: {code}".encode()))
    dump = "\n".join(office.ledger.engine.raw_connection().driver_connection.iterdump())  # type: ignore[union-attr]
    assert code.upper() not in dump.upper()
    assert code not in repr(captured_logs)
    with office.ledger.reading() as ledger:
        for record in outbox.letters_out(ledger):
            sent = outbox.raw_letter(ledger, record.id, office.data_dir)
            decoded = text_of(message_from_bytes(sent, policy=default))
            assert (code in decoded) is (record.message_id == letter["Message-ID"])
            assert "（答复码）" in letter_out_view(office, record.id).text
            assert not fingerprints_in([text_of(message_from_bytes(raw_without_code(sent), policy=default))])
    assert statuses(office)["甲"] is ADOPTED


def test_a_plus_address_carries_the_code_where_the_server_takes_it(tmp_path: Path, pool: ReadingPool) -> None:
    config = answered_config().replace("poll_seconds = 1", "poll_seconds = 1\nplus_address = true")
    with office_at(write_config(tmp_path / "plus", config), AT) as office:
        mailed_draft(office)
        letter = out_to(office, WANG)
        assert letter["Reply-To"] == f"wuxing+{code_in(letter).lower()}@example.org"
        receive(office, pool, answer("采用 1", letter, quotes=False, to=letter["Reply-To"]))
        assert statuses(office)["甲"] is ADOPTED


def test_a_disabled_account_takes_the_right_away(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    with office.ledger.writing() as ledger:
        account = accounts.add_account(ledger, "wang", "王编辑", Role.EDITOR, at=AT)
        accounts.set_address(ledger, account, WANG)
    receive(office, pool, answer("缓 1", out_to(office, WANG)))
    with office.ledger.writing() as ledger:
        assert last_decisions(ledger, [1])[1].who == "王编辑（来信）"
        accounts.set_disabled(ledger, account, disabled=True)
    receive(office, pool, answer("缓 2", out_to(office, WANG, LetterKind.DECIDED), number=2))
    assert statuses(office)["乙"] is DRAFT


def test_an_erased_answer_leaves_nothing(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, answer("缓 2", out_to(office, WANG)))
    with office.ledger.writing() as ledger:
        [letter] = [each for each in letters.letters(ledger) if each.sender == WANG]
        removals.remove(ledger, letter.id, Removal(RemovalKind.ERASED, "王", "到期", AT))
        assert mailed_answers.answer_of(ledger, letter.id) is None
    assert outs(office, WANG, LetterKind.DECIDED) == []
