"""What makes a draft one at first sight, and that the issue behind the cover note is the one to be printed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION

from assembler.typeset import typeset
from tests.support.drafts import draft_of, typeset_draft
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.libreoffice import ToPdf, page_lines
from tests.support.projection import projection
from values import rules
from values.draft import News
from values.finding import Finding, Severity
from values.manuscript import Paragraph

LONG = "为深入贯彻落实区委、区政府决策部署，各单位结合实际，扎实推进各项工作。" * 6
WRONG = Finding(rules.CONFUSABLE_WORD, Severity.ERROR, "…", 0, 0, 1)
UNSURE = Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "…", 0, 0, 1)
HEADER = "送审稿（第2稿，2022年11月8日）"


def changed_template(change: Callable[[Document], None]) -> bytes:
    document = docx.Document(io.BytesIO(TEMPLATE))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed(to_pdf: ToPdf, made: bytes) -> list[list[str]]:
    """The lines of each page without their spaces: LibreOffice puts some between Han characters and digits."""
    return [[line.replace(" ", "") for line in page] for page in page_lines(to_pdf(made))]


def cover(made: bytes) -> list[str]:
    """The lines before the masthead, without their style."""
    before, _, _ = projection(made).partition("\nMasthead|")
    return [line.partition("|")[2] for line in before.splitlines() if not line.startswith("Header|")]


def test_cover_note_lists_new_unsure_and_missing_and_the_next_steps() -> None:
    whole = issue(article(3, title=("甲文",)), article(5, title=("乙文",), department=""))
    news = News(added=("乙文",), changed=("甲文",), removed=("丙文",))
    draft = draft_of(whole, WRONG, UNSURE, UNSURE, flagged=True, news=news, missing=("区民政局", "区人社局"))
    assert cover(typeset_draft(whole, draft)) == [
        "章贡区“五型”政府建设第70期送审稿（第 2 稿）",
        "印发日期 2022年11月8日，共 2 篇。本页、页眉和批注只在送审稿中，签发后的定稿没有。",
        "与上一稿相比",
        "新增《乙文》",
        "换稿《甲文》",
        "撤下《丙文》",
        "请重点核对",
        "《甲文》（区金融服务中心）：错误 1 处，疑问 2 处，来信有需留意之处",
        "《乙文》（单位待定）：来信有需留意之处",
        "本期未报送的单位",
        "区民政局、区人社局",
        "怎样办理",
        "1. 审阅正文和页边的批注：每条批注标在它所说的字上。",
        "2. 采用、留用、退改、退稿，调整次序，修改文字，都在审稿台的“本期”里；有改动的，再编排一次会得到新的一稿。",
        "3. 看过第 2 稿没有问题，在同一页点“签发…”。期号和文件从此不变；这之后又有新稿时不会签发，并说明有什么变化。",
    ]


def test_cover_note_omits_empty_parts_and_cuts_long_lists() -> None:
    whole = issue(article())
    assert "各篇没有发现错误和疑问。" in cover(typeset_draft(whole, draft_of(whole)))
    long = cover(typeset_draft(whole, draft_of(whole, news=News(added=("长" * 100,) * 50))))
    assert long.count(f"新增《{'长' * 59}…》") == 40
    assert "……另有 10 篇" in long
    assert "本期未报送的单位" not in long


def test_every_page_is_headed_and_the_issue_is_laid_out_and_numbered_as_it_will_be_printed(to_pdf: ToPdf) -> None:
    whole = issue(*(article(id, *[Paragraph(LONG)] * 4, title=(f"第{id}篇",)) for id in range(1, 5)))
    clean = printed(to_pdf, typeset(whole, TEMPLATE, no_picture))
    [note, *pages] = printed(to_pdf, typeset_draft(whole, draft_of(whole, UNSURE)))
    assert len(pages) == len(clean) > 3
    assert all(page.count(HEADER) == 1 for page in (note, *pages))
    assert [[line for line in page if line != HEADER] for page in pages] == clean
    assert not any(re.fullmatch(r"—\d+—", line) for line in note)


def test_headers_of_the_office_stay_and_say_it_too(to_pdf: ToPdf) -> None:
    def with_header(document: Document) -> None:
        section = document.sections[0]
        section.start_type = WD_SECTION.CONTINUOUS
        section.different_first_page_header_footer = True
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].text = "内部资料"

    whole = issue(*(article(id, *[Paragraph(LONG)] * 6) for id in range(1, 3)))
    made = typeset(whole, changed_template(with_header), no_picture, draft=draft_of(whole))
    [note, first, second, *_] = printed(to_pdf, made)
    assert [HEADER in page for page in (note, first, second)] == [True, True, True]
    assert ["内部资料" in page for page in (note, first, second)] == [False, False, True]
    assert any("工作简报" in line for line in first)


def test_comment_styles_are_found_by_name_and_added_where_the_office_has_none() -> None:
    def without(document: Document) -> None:
        for name in ("annotation reference", "annotation text"):
            document.styles[name].delete()

    whole = issue(article())
    assert (
        len(
            list(
                docx.Document(
                    io.BytesIO(typeset_draft(whole, draft_of(whole, UNSURE), changed_template(without)))
                ).comments
            )
        )
        == 1
    )


def test_comments_of_the_template_stay_beside_ours() -> None:
    def with_comment(document: Document) -> None:
        paragraph = next(line for line in document.paragraphs if "title" in line.text)
        document.add_comment(paragraph.runs[:1], "套红请留白", "王编辑", "王")

    whole = issue(article())
    made = typeset_draft(whole, draft_of(whole, UNSURE), changed_template(with_comment))
    assert [comment.author for comment in docx.Document(io.BytesIO(made)).comments] == ["王编辑", "审校"]
