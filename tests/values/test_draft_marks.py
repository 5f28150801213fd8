"""The marks of a draft: written and read back."""

from __future__ import annotations

import pytest

from values.draft_marks import DraftIdentity, article_marked, revision_marked, text_mark, title_mark


def test_identity_is_read_back_as_it_was_written() -> None:
    for identity in (
        DraftIdentity("wuxing", "supplement-2022", 3, 12),
        DraftIdentity("wuxing", "running", 3, 1, "0a1b2c3d4e5f"),
    ):
        assert DraftIdentity.read(identity.written) == identity


@pytest.mark.parametrize(
    "written", ["", "wuxing", "wuxing/running/70", "wuxing/running/七十/1", "a/b/1/2/3", "../x/1/2"]
)
def test_anything_else_is_no_identity(written: str) -> None:
    assert DraftIdentity.read(written) is None


def test_bookmarks_name_article_and_text() -> None:
    assert (article_marked(title_mark(12)), article_marked(text_mark(12, 3))) == (12, 12)
    assert (revision_marked(text_mark(12, 3)), revision_marked(title_mark(12))) == ((12, 3), None)
    assert [article_marked(name) for name in ("article", "_Toc12", "article12x", "text1r")] == [None] * 4
