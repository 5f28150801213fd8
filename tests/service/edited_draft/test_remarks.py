"""Comments of the editor: notes for the article."""

from __future__ import annotations

from intake.edited_file import EditedComment, EditedFile
from service.edited_draft.remarks import remarks_in

OURS = EditedComment(3, "审校", "【疑问】似应为“再接再厉”", "在接再厉")


def notes(*comments: EditedComment) -> list[str]:
    return [remark.note for remark in remarks_in(EditedFile(comments=(OURS,)), EditedFile(comments=comments))]


def test_our_own_comments_are_none() -> None:
    assert notes(OURS) == []
    assert notes() == []


def test_comment_answer_and_words_typed_into_ours_become_notes() -> None:
    assert notes(EditedComment(3, "王编辑", "请核对。", "1300万元")) == ["送审稿上的批注（王编辑）“1300万元”：请核对。"]
    answer = EditedComment(3, "王编辑", "不改。", "", OURS.text)
    assert notes(OURS, answer) == ["答复批注“【疑问】似应为“再接再厉””（王编辑）：不改。"]
    typed_in = EditedComment(3, "审校", f"{OURS.text}\n已核", "在接再厉")
    assert notes(typed_in) == ["答复批注“【疑问】似应为“再接再厉””：已核"]
