from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.issue.moves import Move, moves, put
from tests.support.issues import article
from values.issue import IssueArticle


def row(*ids: int, section: str = "") -> list[IssueArticle]:
    return [article(id, section=section) for id in ids]


def test_article_dragged_to_the_end_is_the_one_moved() -> None:
    assert moves(row(1, 2, 3, 4), row(2, 3, 4, 1)) == {1: Move("", "", 4)}


def test_the_same_order_is_no_move() -> None:
    assert moves(row(1, 2), row(1, 2)) == {}
    assert moves([], []) == {}


def test_an_article_in_another_section_has_moved_though_all_stand_in_the_same_order() -> None:
    before, after = row(1, 2) + row(3, section="情况通报"), row(1) + row(2, 3, section="情况通报")
    assert moves(before, after) == {2: Move("", "情况通报", 1)}


@given(st.permutations(range(7)))
def test_articles_that_did_not_move_keep_their_order(order: list[int]) -> None:
    moved = moves(row(*range(7)), row(*order))
    unmoved = [id for id in order if id not in moved]
    assert unmoved == sorted(unmoved)
    assert [order[move.place - 1] for move in moved.values()] == list(moved)


def test_an_article_goes_where_it_is_put() -> None:
    there = [1, 2, 3]
    assert put(there, 2, "up", None) == [2, 1, 3]
    assert put(there, 2, "down", None) == [1, 3, 2]
    assert put(there, 3, "first", None) == [3, 1, 2]
    assert put(there, 1, "last", None) == [2, 3, 1]
    assert put(there, 3, None, 2) == [1, 3, 2]
    assert put(there, 9, None, 1) == [9, 1, 2, 3]
    assert put(there, 9, "last", None) == [1, 2, 3, 9]


def test_at_the_edge_there_is_nowhere_further_to_go() -> None:
    assert put([1, 2], 1, "up", None) == put([1, 2], 2, "down", None) == put([1, 2], 1, "first", None) == [1, 2]
