"""SEARCH answers in any order, repeated, on any number of lines, with ghosts: each real letter comes once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import folders
from tests.support.imap_server import ScriptedImap
from tests.support.intake_bench import intake_bench
from tests.support.scripted_mailbox import raw
from values.errors import TryLater
from values.letter import Place

UIDS = (11, 12, 13, 14, 15)
GHOSTS = (1, 10, 16, 4_294_967_295)


@pytest.fixture(scope="module")
def library() -> Iterator[ScriptedImap]:
    with ScriptedImap({uid: raw(uid) for uid in UIDS}).running() as server:
        yield server


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """Every UID at least once, with repetitions and ghosts, shuffled and cut into lines."""
    more = draw(st.lists(st.sampled_from(UIDS + GHOSTS), max_size=8))
    listed = draw(st.permutations([*UIDS, *more]))
    cuts = sorted(draw(st.lists(st.integers(0, len(listed)), max_size=3)))
    lines = [listed[start:end] for start, end in zip([0, *cuts], [*cuts, len(listed)], strict=True)]
    return b"".join(b"* SEARCH" + b"".join(b" %d" % uid for uid in line) + b"\r\n" for line in lines)


@given(answer=answers())
@settings(max_examples=40, deadline=None)
def test_any_form_of_search_answer_gives_each_letter_once(library: ScriptedImap, answer: bytes) -> None:
    library.sent.clear()
    library.on["UID SEARCH"] = lambda talk: talk.send(answer).ok()
    with TemporaryDirectory() as home, intake_bench(Path(home), library) as bench:
        complete = 0
        while complete < 3:  # a poll that a busy machine cuts short does not count as one that missed a letter
            complete += not isinstance(bench.poll(), TryLater)
        assert bench.stored() == set(library.letters.values())
        bench.keeps_its_promises()
        with bench.ledger.reading() as ledger:
            assert folders.watermark(ledger, Place("zgqwxzfb@163.com", "INBOX", 7, 0)) == max(UIDS)
    assert {library.sent[uid] // len(letter) for uid, letter in library.letters.items()} == {1}
