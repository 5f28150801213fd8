"""The fields of the edit form are the article as typed."""

from __future__ import annotations

from desk.forms import Form
from desk.pages.article_form import typed_in
from service.article.typed import TypedArticle, TypedBlock


def form(**fields: list[str]) -> Form:
    """Of fields whose names are written with an underscore for the hyphen."""
    return Form({name.replace("_", "-"): values for name, values in fields.items()}, {})


def test_blocks_come_in_the_order_of_their_keys() -> None:
    typed = typed_in(
        form(
            title=["标题"],
            byline=["署名"],
            block=["1", "n1", "0"],
            kind_0=["heading-1"],
            text_0=["一、"],
            kind_1=["paragraph"],
            text_1=["正文\n"],
            kind_n1=["picture"],
            text_n1=["图题"],
        )
    )
    blocks = (
        TypedBlock("1", "paragraph", "正文\n"),
        TypedBlock("n1", "picture", "图题"),
        TypedBlock("0", "heading-1", "一、"),
    )
    assert typed == TypedArticle("标题", "署名", blocks)


def test_the_cells_of_a_table_are_divided_into_its_rows() -> None:
    typed = typed_in(form(block=["0"], kind_0=["table"], row_0=["2", "1"], cell_0=["甲", "乙", "丙"]))
    assert typed.blocks == (TypedBlock("0", "table", cells=(("甲", "乙"), ("丙",))),)


def test_blocks_that_are_ticked_for_removal_or_of_unknown_kind_are_left_out() -> None:
    typed = typed_in(
        form(
            block=["0", "1", "../2"],
            kind_0=["paragraph"],
            remove_0=["1"],
            kind_1=["script"],
        )
    )
    assert typed.blocks == ()


def test_a_number_of_cells_that_is_none_is_no_cell() -> None:
    typed = typed_in(form(block=["0"], kind_0=["table"], row_0=["²", "x"], cell_0=["甲"]))
    assert typed.blocks == (TypedBlock("0", "table", cells=((), ())),)
