"""Counting what a file holds and the article will not, and telling the editor."""

from __future__ import annotations

from typing import Final

from intake.read.source import Omission

_QUOTE: Final = 24

# rule → (what the editor reads, whether the letter is flagged for it), in the order of the report.
_RULES: Final[dict[str, tuple[str, bool]]] = {
    "macro": ("文件带有宏（程序），没有运行，也不会进入简报。", True),
    "embedded-object": ("文件嵌有 {count} 个对象（如 Excel 表、公式、附件），里面的内容没有读入{quote}。", True),
    "external-link": ("文件引用了 {count} 处外部内容（图片、对象、文件），没有打开{quote}。", True),
    "remote-template": ("文件指定了网络上的模板，没有打开{quote}。", True),
    "alt-chunk": ("文件里夹有 {count} 份其他文件的内容，没有读入。", True),
    "chart": ("文件里有 {count} 个图表，没有读入，请改用图片。", True),
    "smart-art": ("文件里有 {count} 个 SmartArt 图形，其中的文字没有读入，请改用图片或文字。", True),
    "hidden-text": ("有 {count} 处隐藏文字没有收入{quote}。", True),
    "unknown-field": ("有 {count} 处域没有显示结果，没有读入{quote}。", True),
    "unknown-symbol": ("有 {count} 个符号认不出，以“〓”代替{quote}。", True),
    "missing-note": ("有 {count} 处注释在文件里找不到正文，没有收入。", True),
    "equation": ("有 {count} 个公式改排成一行文字，请核对{quote}。", True),
    "missing-picture": ("有 {count} 张图片在文件里找不到。", True),
    "damaged-picture": ("有 {count} 张图片已损坏或认不出格式，排版时无法放入。", True),
    "huge-picture": ("有 {count} 张图片像素过多，没有读入，请缩小后再发。", True),
    "picture-format": ("有 {count} 张图片的格式排版时无法放入，请改为 PNG 或 JPEG{quote}。", True),
    "cropped-picture": ("有 {count} 张图片的裁剪范围认不出，收入的是完整图片，请核对。", True),
    "picture-pages": ("有 {count} 张图片有多页，只收入第一页。", True),
    "drawn": ("有 {count} 个图表或矢量图改画成图片，请核对。", False),
    "bidi-control": ("去掉了 {count} 个改变文字显示顺序的控制符，请核对原文。", True),
    "tracked-deletion": ("有 {count} 处修订标记的删除没有收入{quote}。", False),
    "tracked-insertion": ("有 {count} 处修订标记的插入已按接受处理{quote}。", False),
    "comment": ("有 {count} 条批注没有收入{quote}。", False),
    "header-footer": ("页眉页脚的文字没有收入{quote}。", False),
    "attached-template": ("文件指定了本机上的模板，没有使用。", False),
    "animated-picture": ("有 {count} 张动图，只收入第一帧。", False),
    "tilted-picture": ("有 {count} 张图片在原文中斜放，排版时放正。", False),
    "picture-in-table": ("表格里的 {count} 张图片移到了表格之后。", False),
    "pronunciation": ("有 {count} 处拼音注音没有收入{quote}。", False),
    "script-in-table": ("表格里有 {count} 处上标或下标改成了普通文字{quote}。", False),
    "invisible-character": ("去掉了 {count} 个看不见的字符。", False),
}


class Tally:
    """Counts by rule, each with the first words found."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._quotes: dict[str, str] = {}

    def add(self, rule: str, quote: str = "", count: int = 1) -> None:
        """One more (or `count` more) for a rule of the table above; `quote` is what it was about."""
        self._counts[rule] = self._counts.get(rule, 0) + count
        if quote and not self._quotes.get(rule):
            self._quotes[rule] = _short(quote)

    def omissions(self) -> tuple[Omission, ...]:
        return tuple(self._omission(rule) for rule in _RULES if rule in self._counts)

    def _omission(self, rule: str) -> Omission:
        sentence, serious = _RULES[rule]
        quote = self._quotes.get(rule, "")
        shown = sentence.format(count=self._counts[rule], quote=f"：“{quote}”" if quote else "")
        return Omission(rule, shown, serious)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else f"{line[:_QUOTE]}……"
