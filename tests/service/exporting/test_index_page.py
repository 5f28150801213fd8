from __future__ import annotations

from service.exporting.index_page import ExportedArticle, ExportedFile, ExportedIssue, ExportIndex, index_page

FILE = ExportedFile("2022-070/articles/01.txt", "文字")
ARTICLE = ExportedArticle("", "区教体局", "<script>alert(1)</script>", "2022-11-08", (FILE,), "原件没有了")
ISSUE = ExportedIssue("2022-070", "第70期", "2022-11-11", "王&编辑", (), (ARTICLE,))


def test_what_letters_bring_is_text_and_links_are_relative() -> None:
    page = index_page(ExportIndex("工作简报", "办公室", 2022, "2022-12-31 09:00", (ISSUE,))).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "王&amp;编辑" in page
    assert 'href="2022-070/articles/01.txt"' in page
    assert "没有文件" in page
    assert "原件没有了" in page
