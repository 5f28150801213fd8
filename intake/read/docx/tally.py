"""Counting what a file holds and the article does not, for the report to the editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake.read.source import Omission
from values import rules
from values.finding import Rule

_QUOTE: Final = 24
"""Characters of a quote: enough to find the place, on one line of the report."""

_SENTENCES: Final[Mapping[Rule, str]] = {
    rules.MACRO: "文件带有宏（程序），没有运行，也不会进入简报。",
    rules.EMBEDDED_OBJECT: "文件嵌有 {count} 个对象（如 Excel 表、公式、附件），里面的内容没有读入{quote}。",
    rules.EXTERNAL_LINK: "文件引用了 {count} 处外部内容（图片、对象、文件），没有打开{quote}。",
    rules.REMOTE_TEMPLATE: "文件指定了网络上的模板，没有打开{quote}。",
    rules.ALT_CHUNK: "文件里夹有 {count} 份其他文件的内容，没有读入。",
    rules.CHART: "文件里有 {count} 个图表，没有读入，请改用图片。",
    rules.SMART_ART: "文件里有 {count} 个 SmartArt 图形，其中的文字没有读入，请改用图片或文字。",
    rules.HIDDEN_TEXT: "有 {count} 处隐藏文字没有收入{quote}。",
    rules.UNKNOWN_FIELD: "有 {count} 处域没有显示结果，没有读入{quote}。",
    rules.PLACEHOLDER: "有 {count} 处内容控件没有填写，其中的提示文字没有收入{quote}。",
    rules.UNKNOWN_SYMBOL: "有 {count} 个符号认不出，以“〓”代替{quote}。",
    rules.MISSING_NOTE: "有 {count} 处注释在文件里找不到正文，没有收入。",
    rules.EQUATION: "有 {count} 个公式改排成一行文字，请核对{quote}。",
    rules.MISSING_PICTURE: "有 {count} 张图片在文件里找不到。",
    rules.DAMAGED_PICTURE: "有 {count} 张图片已损坏或认不出格式，排版时无法放入。",
    rules.HUGE_PICTURE: "有 {count} 张图片像素过多，没有读入，请缩小后再发。",
    rules.PICTURE_FORMAT: "有 {count} 张图片的格式排版时无法放入，请改为 PNG 或 JPEG{quote}。",
    rules.CROPPED_PICTURE: "有 {count} 张图片的裁剪范围认不出，收入的是完整图片，请核对。",
    rules.PICTURE_PAGES: "有 {count} 张图片有多页，只收入第一页。",
    rules.DRAWN: "有 {count} 个图表或矢量图改画成图片，请核对。",
    rules.BIDI_CONTROL: "去掉了 {count} 个改变文字显示顺序的控制符，请核对原文。",
    rules.TRACKED_DELETION: "有 {count} 处修订标记的删除没有收入{quote}。",
    rules.TRACKED_INSERTION: "有 {count} 处修订标记的插入已按接受处理{quote}。",
    rules.COMMENT: "有 {count} 条批注没有收入{quote}。",
    rules.HEADER_FOOTER: "页眉页脚的文字没有收入{quote}。",
    rules.ATTACHED_TEMPLATE: "文件指定了本机上的模板，没有使用。",
    rules.ANIMATED_PICTURE: "有 {count} 张动图，只收入第一帧。",
    rules.TILTED_PICTURE: "有 {count} 张图片在原文中斜放，排版时放正。",
    rules.PICTURE_IN_TABLE: "表格里的 {count} 张图片移到了表格之后。",
    rules.PRONUNCIATION: "有 {count} 处拼音注音没有收入{quote}。",
    rules.SCRIPT_IN_TABLE: "表格里有 {count} 处上标或下标改成了普通文字{quote}。",
    rules.INVISIBLE_CHARACTER: "去掉了 {count} 个看不见的字符。",
}
"""The sentence for each rule, in the order of the report. {quote} is "" when no text was recorded."""


class Tally:
    """Counts by rule, each with the first text recorded."""

    def __init__(self) -> None:
        self._counts: dict[Rule, int] = {}
        self._quotes: dict[Rule, str] = {}

    def add(self, rule: Rule, quote: str = "", count: int = 1) -> None:
        """Counts `count` cases of a rule. quote: the text concerned, "" for none. The rule must be in the table
        above."""
        self._counts[rule] = self._counts.get(rule, 0) + count
        if quote and not self._quotes.get(rule):
            self._quotes[rule] = _short(quote)

    def omissions(self) -> tuple[Omission, ...]:
        """An omission for each rule counted, in the order of the report."""
        return tuple(self._omission(rule) for rule in _SENTENCES if rule in self._counts)

    def _omission(self, rule: Rule) -> Omission:
        quote = self._quotes.get(rule, "")
        shown = _SENTENCES[rule].format(count=self._counts[rule], quote=f"：“{quote}”" if quote else "")
        return Omission(rule, shown)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else f"{line[:_QUOTE]}……"
