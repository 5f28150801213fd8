"""What is read of a draft that somebody has edited: the text as shown, and the marks around it."""

from __future__ import annotations

from lxml import etree

from intake.edited_draft import edited_file_of
from intake.edited_file import EditedFile
from tests.support.draft_edits import OpenedDraft, comment, edited, opened, put_words, track_deletion, track_insertion
from tests.support.drafts import draft_of, typeset_draft
from tests.support.issues import article, issue
from tools.docx_builder import zipped
from values import rules
from values.finding import Finding, Severity
from values.manuscript import Heading, Paragraph

TYPO = Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "“在接再厉”似应为“再接再厉”", 0, 2, 6, "再接再厉")
ISSUE = issue(article(3, Paragraph("我们在接再厉。"), Heading("一、做法", 1)), article(5, Paragraph("乙。")))
DRAFT = typeset_draft(ISSUE, draft_of(ISSUE, TYPO))
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


def read(docx: bytes) -> EditedFile:
    return edited_file_of(docx, "draft.docx", {})


def lines(file: EditedFile) -> list[str]:
    return [block.block.text for block in file.blocks if isinstance(block.block, Paragraph)]


def test_draft_is_read_with_its_identity_its_headers_and_its_bookmarks() -> None:
    file = read(DRAFT)
    assert file.identity.rpartition("/")[0] == "wuxing/running/70/2"
    assert (file.headers[0], file.omissions) == ("送审稿（第 2 稿，2022年11月8日）", ())
    marked = [(block.bookmarks, block.style) for block in file.blocks if block.bookmarks]
    assert marked[:2] == [(("article3",), "文章标题"), (("text3r1",), "署名单位")]


def test_tracked_changes_are_read_as_accepted_and_hidden_marks_stay_at_their_line() -> None:
    def edit_article(draft: OpenedDraft) -> None:
        track_insertion(draft.paragraphs(1)[0], "加油。")
        track_deletion(draft.paragraphs(2)[0])

    file = read(edited(DRAFT, edit_article))
    assert "我们在接再厉。加油。" in lines(file)
    assert "乙。" not in lines(file)


def test_comments_know_their_words_and_the_comment_that_they_answer() -> None:
    answered = _answered(comment(DRAFT, "已核对。", on="我们在接再厉"))
    [ours, answer] = read(answered).comments
    assert (ours.author, ours.quote) == ("审校", "在接再厉")
    assert (answer.author, answer.text, answer.answers) == ("王编辑", "已核对。", ours.text)


def _answered(docx: bytes) -> bytes:
    """The second comment answers the first, as Word writes it (MS-DOCX 2.5.4.2)."""
    draft = opened(docx)
    comments = etree.fromstring(draft.parts["word/comments.xml"])
    for number, paragraph in enumerate(each[-1] for each in comments):
        paragraph.set(f"{{{W14}}}paraId", f"0000000{number + 1}")
    draft.parts["word/comments.xml"] = etree.tostring(comments)
    draft.parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00000001" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001" w15:done="0"/></w15:commentsEx>'
    ).encode()
    relations = draft.parts["word/_rels/document.xml.rels"].decode()
    link = f'<Relationship Id="rEx" Type="{EXTENDED}" Target="commentsExtended.xml"/></Relationships>'
    draft.parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", link).encode()
    return draft.saved()


def test_colours_and_fonts_of_characters_are_named() -> None:
    red = '<w:rPr><w:color w:val="FF0000"/><w:u w:val="single"/>'
    parts = opened(opened(DRAFT).saved()).parts
    text = parts["word/document.xml"].decode()
    place = text.index("乙。")
    opening = text.rindex("<w:rPr>", 0, place)
    parts["word/document.xml"] = (text[:opening] + red + text[opening + len("<w:rPr>") :]).encode()
    file = read(zipped(parts))
    assert [block.looks for block in file.blocks if block.looks] == [("颜色", "加粗、倾斜、下划线等")]


def test_older_format_is_for_libreoffice_and_what_is_no_document_is_refused() -> None:
    [wanted] = read(b"{\\rtf1\\ansi draft}").unconverted
    assert (wanted.extension, wanted.target) == (".rtf", "docx")
    assert "PDF" in read(b"%PDF-1.7").refusal
    parts = opened(DRAFT).parts
    hostile = parts["word/document.xml"].replace(b"<w:document", b'<!DOCTYPE d [<!ENTITY a "b">]><w:document', 1)
    assert "DOCTYPE" in read(zipped(parts | {"word/document.xml": hostile})).refusal
    assert read(edited(DRAFT, lambda draft: put_words(draft.paragraphs(1)[0], 0, ""))).refusal == ""
