"""Short reports in the text of a letter, and letters of the same length."""

from __future__ import annotations

import pytest

from intake.read.pasted.recognition import Judgement, judge
from tests.support.pasted_articles import read
from tests.support.submissions import DEPARTMENTS
from values.letter import Verdict

DRILL = (
    "11月28日，水南社区组织冬季消防演练，居民120余人参加。\n演练前，消防站人员讲解灭火器的用法和逃生的要领。\n"
    "演练后，社区入户检查用电用气安全，整改隐患14处。\n下一步，社区将每季度演练一次，守牢安全底线。"
)
SNOW = (
    "为应对雨雪冰冻天气，我区迅速启动应急预案，组织养护人员42人、车辆9台上路撒盐除雪，及时清理积雪路段6处，"
    "确保群众出行安全。截至30日8时，辖区道路通行正常，未发生交通事故。"
)
VISIT = (
    "近日，区教体局走访慰问困难教师36名，送去慰问金3.6万元，了解他们的生活情况和实际困难，"
    "鼓励他们安心从教，以乐观的心态面对生活。"
)
QUOTE = (
    "“您慢走，路上小心！”11月27日，东园社区志愿者把王奶奶送到家门口。"
    "今年以来，社区组织助老出行1200人次，代办事项340件，受到老人好评。"
)

REPORTS = [
    ("投稿：水南社区开展冬季消防演练", f"水南社区开展冬季消防演练\n区教体局\n\n{DRILL}"),
    ("快讯", f"水南社区开展冬季消防演练\n{DRILL}"),
    ("信息报送", f"我区迅速应对雨雪天气\n{SNOW}\n（区教体局）"),
    ("我区迅速应对雨雪天气", f"我区迅速应对雨雪天气\n{SNOW}"),
    ("区教体局信息", VISIT + "\n区教体局"),
    ("【信息】走访慰问困难教师", f"走访慰问困难教师\n{VISIT}"),
    ("信息一条", f"编辑老师好：现报送信息一篇，请审阅。\n走访慰问困难教师\n{VISIT}\n谢谢！"),
    ("助老出行暖人心", f"助老出行暖人心\n区教体局\n{QUOTE}"),
    ("政务快讯", f"一、走访慰问\n{VISIT}\n二、除雪保畅\n{SNOW}"),
]
LETTERS = [
    (
        "咨询",
        "您好，请问本期简报的截稿时间是哪一天？我们有一篇关于学前教育的稿件想要报送，还在等分管领导审签，可能要到下周一才能发出来，不知道来不来得及。",
    ),
    (
        "投稿",
        "上次发的稿件里有一个数字写错了，应该是三百二十人，请帮我们改一下，其他内容都没有变化，修改后的附件稍后再发给你们，不好意思添麻烦了。",
    ),
    (
        "会议通知",
        "定于12月5日上午9时在三楼会议室召开信息工作例会，研究明年信息报送要点，请各科室负责同志准时参加，并带好本科室今年的信息采用情况和明年的打算。",
    ),
    (
        "信息",
        "稿件已经发送至贵处邮箱，领导已经审签，照片和表格都在里面，如果打不开可以打电话联系办公室的王同志，电话在通讯录里，白天都有人接听，晚上也可以打手机。",
    ),
    (
        "通讯录",
        "区教体局\n张敏\n刘建军\n8190001\n8190002\n某某路8号\n三楼办公室\n二楼档案室\n一楼传达室\n门卫室\n食堂\n车队\n工会\n妇联\n团委\n纪检组\n信访室\n督导室",
    ),
    ("投稿", "材料今天下午送签。"),
]
DOUBTFUL = [
    ("工作", SNOW + "\n（区教体局）"),
    ("近期工作", f"走访慰问困难教师\n{VISIT}"),
]


@pytest.mark.parametrize(("subject", "text"), REPORTS)
def test_short_report_is_an_article(subject: str, text: str) -> None:
    reading = read(text, subject=subject)
    assert reading.verdict is Verdict.FLAGGED, reading.reason
    assert "pasted-doubtful" not in [finding.rule.name for finding in reading.articles[0].findings]


@pytest.mark.parametrize(("subject", "text"), LETTERS)
def test_letter_of_the_same_length_is_none(subject: str, text: str) -> None:
    assert read(text, subject=subject).articles == ()


@pytest.mark.parametrize(("subject", "text"), DOUBTFUL)
def test_doubtful_text_is_a_draft_that_says_so(subject: str, text: str) -> None:
    reading = read(text, subject=subject)
    assert reading.verdict is Verdict.FLAGGED
    assert "可能只是一封信，请确认是不是稿件" in reading.reason.for_clerk
    assert read(text, subject=subject, sender="stranger@example.net").articles == ()


def test_title_that_is_a_question_is_no_question_to_the_reader() -> None:
    lines = ["如何让老人吃上热饭", *DRILL.split("\n")]
    assert judge(lines, "信息", DEPARTMENTS) is Judgement.ARTICLE


def test_no_line_at_all_is_a_letter() -> None:
    assert judge([], "投稿", DEPARTMENTS) is Judgement.LETTER
