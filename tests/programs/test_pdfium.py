from __future__ import annotations

from threading import Thread

import pytest

from programs.pdfium import UnreadablePdf, opened
from tests.support.pdf import lines, pdf

TWO_PAGES = pdf(lines("第一页"), lines("第二页"))


def test_document_is_open_within_the_block() -> None:
    with opened(TWO_PAGES) as document:
        assert len(document) == 2


@pytest.mark.parametrize("data", [b"", b"no pdf", TWO_PAGES[:200]])
def test_damaged_file_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadablePdf) as raised, opened(data):
        pass
    assert not raised.value.locked


def test_file_that_wants_a_password_is_locked() -> None:
    encryption = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{0}> /U <{0}> >> /ID [<{1}> <{1}>]"
    locked = pdf(lines("第一页"), trailer=encryption.format("41" * 32, "42" * 16))
    with pytest.raises(UnreadablePdf) as raised, opened(locked):
        pass
    assert raised.value.locked


def test_threads_take_turns() -> None:
    order: list[str] = []

    def second() -> None:
        with opened(TWO_PAGES):
            order.append("second")

    with opened(TWO_PAGES):
        thread = Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
