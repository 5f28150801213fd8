"""Which commission an answer means, as people really answer."""

from __future__ import annotations

import pytest

from service.commission.matching import CommissionMatch, ReplyWords, Topic, matches_of, named_in
from values.commission import LinkWay

TOPICS = (
    Topic(1, "森林防火", is_asked=True),
    Topic(2, "秋季森林防火", is_asked=True),
    Topic(3, "防汛", is_asked=True),
    Topic(4, "1月工作情况", is_asked=True),
    Topic(5, "“放管服”改革进展", is_asked=True),
    Topic(6, "乡村振兴典型做法", is_asked=False),
)
"""All of them open at once; the sender's department was not asked for the last."""
UNIT = ("区民政局", "章贡区民政局")


def reply(subject: str = "", file: str = "", title: str = "", *referred: int) -> ReplyWords:
    return ReplyWords(subject, file, title, UNIT, referred)


SURE = (
    ("a reply that changes nothing", reply("回复：【约稿 5号】“放管服”改革进展", "稿件.docx", "甲", 5), 5),
    ("English web mail", reply("Re: 【约稿 5号】“放管服”改革进展", "1.docx", "甲", 5), 5),
    ("答复", reply("答复: 【约稿 1号】森林防火", "森林防火.docx", "甲", 1), 1),
    ("回复, but no In-Reply-To (163 web mail)", reply("回复：【约稿 2号】秋季森林防火"), 2),
    ("half-width colon, no space", reply("回复:【约稿2号】秋季森林防火"), 2),
    ("answered twice", reply("回复：转发：Re: 【约稿 3号】防汛"), 3),
    ("forwarded by a colleague", reply("转发: 【约稿 3号】防汛", "防汛（定稿）.docx", "甲"), 3),
    ("Fw, full width", reply("Fw：【约稿　３号】防汛"), 3),
    ("a new letter that names the number", reply("区民政局报送约稿第4号材料"), 4),
    ("the number alone", reply("约稿4号"), 4),
    ("the number behind", reply("4号约稿"), 4),
    ("the number in the name of the file", reply("区民政局来稿", "约稿 5号 区民政局.docx"), 5),
    ("编号", reply("约稿（编号5）"), 5),
    ("a new letter with the topic", reply("区民政局：放管服改革进展情况"), 5),
    ("the topic with other quotes", reply("关于报送「放管服」改革进展的报告"), 5),
    ("the topic in the name of the file", reply("材料", "区民政局“放管服”改革进展.docx"), 5),
    ("the longer of two topics", reply("区民政局秋季森林防火工作情况"), 2),
    ("the shorter of two topics", reply("区民政局森林防火工作情况"), 1),
    ("a short topic as the whole subject", reply("防汛"), 3),
    ("a short topic in its frame", reply("回复：关于防汛的稿件"), 3),
    ("a short topic behind the department", reply("", "章贡区民政局防汛.docx"), 3),
    ("a topic that begins with a number", reply("区民政局1月工作情况"), 4),
    ("the file wins over an old thread", reply("回复：【约稿 1号】森林防火", "“放管服”改革进展.docx", "甲", 1), 5),
    ("the thread, where file and thread agree", reply("回复：材料", "森林防火.docx", "甲", 1), 1),
    ("the thread, where the file names several", reply("材料", "森林防火、放管服改革进展.docx", "甲", 5), 5),
    ("the last of several letters of ours", reply("回复：材料", "稿.docx", "甲", 1, 5), 5),
    ("the number of one that was not asked", reply("【约稿 6号】乡村振兴典型做法"), 6),
    ("file and subject together", reply("森林防火、防汛", "森林防火和放管服改革进展.docx"), 1),
)
DOUBTFUL = (
    ("several topics in the subject", reply("森林防火和放管服改革进展两篇"), {1, 5}, LinkWay.SUBJECT),
    (
        "the topic in the title alone",
        reply("区民政局来稿", "新建文档.docx", "扎实推进秋季森林防火"),
        {2},
        LinkWay.TITLE,
    ),
)
NOTHING = (
    ("an ordinary article", reply("区民政局来稿", "新建文档.docx", "养老服务再上台阶")),
    ("a short topic among other words", reply("区民政局防汛救灾物资发放", "防汛物资.docx", "防汛物资到位")),
    ("another month", reply("区民政局11月工作情况")),
    ("another month, in words", reply("区民政局十1月工作情况")),
    (
        "the topic of a commission that did not ask",
        reply("乡村振兴典型做法", "乡村振兴典型做法.docx", "乡村振兴典型做法"),
    ),
    ("a number that is none of ours", reply("约稿 99号")),
    ("a day, not a number", reply("约稿5号前报")),
    ("nothing at all", reply()),
)


@pytest.mark.parametrize(("words", "commission"), [case[1:] for case in SURE], ids=[case[0] for case in SURE])
def test_an_answer_is_recognised(words: ReplyWords, commission: int) -> None:
    matches = matches_of(words, TOPICS)
    assert [(match.commission, match.is_certain) for match in matches] == [(commission, True)]


@pytest.mark.parametrize("case", DOUBTFUL, ids=[case[0] for case in DOUBTFUL])
def test_what_is_doubtful_is_proposed(case: tuple[str, ReplyWords, set[int], LinkWay]) -> None:
    _, words, commissions, way = case
    expected = tuple(CommissionMatch(id, way, is_certain=False) for id in sorted(commissions))
    assert matches_of(words, TOPICS) == expected


@pytest.mark.parametrize("words", [case[1] for case in NOTHING], ids=[case[0] for case in NOTHING])
def test_other_letters_match_nothing(words: ReplyWords) -> None:
    assert matches_of(words, TOPICS) == ()


def test_of_two_commissions_on_one_topic_the_unanswered_is_meant() -> None:
    monthly = (Topic(7, "每月信息要点", is_asked=True, is_answered=True), Topic(8, "每月信息要点", is_asked=True))
    assert named_in("回复：每月信息要点", monthly) == {8}
    assert named_in("每月信息要点", monthly[:1]) == {7}
    assert {
        match.commission for match in matches_of(reply("每月信息要点"), (monthly[1], Topic(9, "每月信息要点", True)))
    } == {8, 9}


def test_the_way_says_by_what_it_was_recognised() -> None:
    assert matches_of(reply("回复", "", "", 1), TOPICS)[0].way is LinkWay.REFERENCE
    assert matches_of(reply("约稿 1号"), TOPICS)[0].way is LinkWay.SUBJECT
