"""What a letter lists of an edited draft: each change whole, or nothing that an answer could take over."""

from __future__ import annotations

from service.edited_draft.listing import LONGEST_LINE, listing_of
from service.office import Office
from tests.service.edited_draft.conftest import Propose
from tests.support.draft_edits import add_after, edited, paragraph, put_words
from tests.support.draft_office import draft_bytes


def test_changed_words_are_marked_in_their_sentence(office: Office, propose: Propose) -> None:
    made = propose(edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(3)[0], 4, "大力")))
    listing = listing_of(7, made)
    assert (listing.letter, listing.draft, listing.digest, listing.may_be_taken) == (
        7,
        "第70期第 1 稿",
        made.digest,
        True,
    )
    assert listing.lines[0] == "《推行包容审慎监管优化营商环境》改了文字"
    assert listing.lines[2] == "  改为：区市监局«大力»推行免罚清单，涉及事项86项。"


def test_nothing_and_too_much_cannot_be_taken_over(office: Office, propose: Propose) -> None:
    base = draft_bytes(office)
    empty = listing_of(7, propose(base))
    assert (empty.is_empty, empty.may_be_taken) == (True, False)
    long = propose(edited(base, lambda draft: add_after(draft.paragraphs(3)[0], paragraph("好" * (LONGEST_LINE + 1)))))
    listing = listing_of(7, long)
    assert (listing.lines, listing.may_be_taken) == ((), False)
