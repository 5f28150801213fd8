"""An article pasted into a letter, and its reading."""

from __future__ import annotations

from intake.outcome import Reading
from intake.reading import read_letter
from intake.register import Register
from tests.support.submissions import DEPARTMENTS, OFFICE, SECTIONS, File, raw_letter
from values.manuscript import Paragraph

REGISTER = Register(DEPARTMENTS, frozenset({OFFICE}), SECTIONS, hold_unknown=True)

TITLE = "内外兼修提升学前教育改革发展品质"

FIRST = (
    "一是严格保教管理，确保常规规范。"
    "以智慧教育云平台为载体，建立动态监管系统，有效提升学前教育常态化管理效能，督导评估按年度开展。"
)

SECOND = (
    "二是推行“联盟共建”，推动整体发展。"
    "着力推进幼儿园集群发展，把全区幼儿园划分6个片区21个小组，实现结对共建联盟发展一体化，片区帮扶转向跨园交流。"
)

THIRD = "三是坚持“项目驱动”，促进品位提升。以课程游戏化建设为抓手，让游戏精神照亮童心世界。"

ARTICLE = "\n".join((TITLE, "区教体局", FIRST, SECOND, THIRD))


def read(text: str, *files: File, sender: str = "jtj@example.org", subject: str = "投稿") -> Reading:
    return read_letter(raw_letter(*files, sender=sender, subject=subject, text=text.replace("\n", "\r\n")), REGISTER)


def lines(reading: Reading) -> list[str]:
    """Title, byline, body."""
    [article] = reading.articles
    body = [block.text for block in article.manuscript.blocks if isinstance(block, Paragraph)]
    return [article.manuscript.title, article.manuscript.byline or "", *body]
