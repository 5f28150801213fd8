"""Why a PDF or OFD cannot be read, in sentences for the person who sent it."""

from __future__ import annotations

from typing import Final

_WORD: Final = "请发 Word 文稿（.docx）。"
SCAN: Final = f"扫描件或图片，没有文字，{_WORD}"
BROKEN: Final = f"文件损坏，无法打开。{_WORD}"
TOO_COMPLEX: Final = f"文件结构异常复杂，为安全起见没有打开。{_WORD}"


def too_many_pages(pages: int, most: int) -> str:
    """For a file with more than `most` pages."""
    return f"文件有 {pages} 页，超过上限 {most} 页，没有读。请只发文稿本身，最好是 Word 文稿（.docx）。"


def too_long(most: int) -> str:
    """For a file with more than `most` characters."""
    return f"文件的文字超过 {most} 字，没有读。请只发文稿本身，最好是 Word 文稿（.docx）。"
