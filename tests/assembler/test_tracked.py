"""Tracked changes as markup within a text."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from assembler.tracked import Tracking, joined_markup
from assembler.wordml import runs
from tests.support.tracked_changes import W, lines, settled

AT = datetime(2022, 11, 8, 9, 0, tzinfo=UTC)


def paragraph_of(tracking: Tracking, before: str, after: str) -> bytes:
    xml = runs(after, (), tracking.text(before, after).around({}))
    return f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>'.encode()


def test_deletion_stands_before_the_insertion_in_its_place() -> None:
    document = paragraph_of(Tracking("编辑", AT), "建成12个", "建成15个").decode()
    assert document.index("<w:del ") < document.index("<w:ins ") < document.index("</w:ins>")
    assert 'w:author="编辑" w:date="2022-11-08T09:00:00Z"' in document


def test_each_change_has_an_id_of_its_own() -> None:
    tracking = Tracking("编辑", AT, count(7))
    assert [tracking.mark("ins"), tracking.mark("del")] == [
        '<w:ins w:id="7" w:author="编辑" w:date="2022-11-08T09:00:00Z"/>',
        '<w:del w:id="8" w:author="编辑" w:date="2022-11-08T09:00:00Z"/>',
    ]


def test_text_that_looks_like_markup_stays_text() -> None:
    document = paragraph_of(Tracking("编辑", AT), "<w:t>甲</w:t>", "乙")
    assert lines(settled(document, accepted=False)) == ["<w:t>甲</w:t>"]
    assert lines(settled(document, accepted=True)) == ["乙"]


def test_rows_keep_their_properties() -> None:
    table = "<w:tbl><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc/></w:tr><w:tr><w:tc/></w:tr></w:tbl>"
    marked = Tracking("编辑", AT).rows(table, "del")
    assert marked.count("<w:trPr><w:cantSplit/><w:del ") == 1
    assert marked.count("<w:del ") == 2


def test_markup_of_several_kinds_is_joined_at_each_place() -> None:
    assert joined_markup({0: "a"}, {}, {0: "b", 2: "c"}) == {0: "ab", 2: "c"}
    assert joined_markup({}, {}) == {}
