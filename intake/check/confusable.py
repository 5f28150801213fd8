"""易错词: words that are often mistaken for each other, each with the words around it that make the mistake certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from intake.check.line_pattern import line_pattern
from intake.check.proof import Proof, correction_at, finding_at, findings_of_matches
from values import rules
from values.finding import Finding

_ALWAYS_WRONG: Final[Mapping[str, str]] = dict(
    re.findall(
        r"(\w+)>(\w+)",
        """
    既使>即使 幅射>辐射 松驰>松弛 再接再励>再接再厉 一如继往>一如既往 按步就班>按部就班
    穿流不息>川流不息 破斧沉舟>破釜沉舟 一愁莫展>一筹莫展 不径而走>不胫而走 因地治宜>因地制宜
    因地置宜>因地制宜 相辅相承>相辅相成 防患未燃>防患未然 融汇贯通>融会贯通 滥芋充数>滥竽充数
    重蹈复辙>重蹈覆辙 首曲一指>首屈一指 世外桃园>世外桃源 迫不急待>迫不及待 励精图志>励精图治
    震憾>震撼 寒喧>寒暄 脉博>脉搏 修茸>修葺 追朔>追溯 亲睐>青睐 装璜>装潢 零晨>凌晨
    时侯>时候 气侯>气候 侯选人>候选人 竟争>竞争 贯切>贯彻 通迅>通讯 元霄>元宵 编篡>编纂
    国藉>国籍 户藉>户籍 艰苦奋头>艰苦奋斗 坚苦奋斗>艰苦奋斗 历行节约>厉行节约 励行节约>厉行节约
    撤消>撤销 坐谈会>座谈会 丞待>亟待 既往不究>既往不咎 帐号>账号 帐户>账户 台帐>台账
    结帐>结账 转帐>转账 记帐>记账 对帐>对账 帐目>账目 帐本>账本 招聘启示>招聘启事
    招领启示>招领启事 征稿启示>征稿启事 截止目前>截至目前 截至日期>截止日期 截至时间>截止时间
    不尽人意>不尽如人意 一诺千斤>一诺千金
        """,
    )
)
_ALWAYS: Final = re.compile("|".join(_ALWAYS_WRONG))
_IN_CONTEXT: Final = tuple(
    (line_pattern(pattern, sign), right)
    for sign, pattern, right in (
        ("登陆", r"登陆(?=系统|[^\W\d_]{0,6}(?:平台|网站|网址|官网|账号|公众号|小程序|邮箱|后台|页面|微信))", "登录"),
        ("登陆", r"(?<=用户)登陆|(?<=账号)登陆", "登录"),
        ("截止", r"(?<![名报请间期于])截止(?=\d{4}年|\d{1,2}月|今年|去年|上月|本月|年底|月底)", "截至"),
        ("布署", r"(?<![公发颁宣])布署(?!名)", "部署"),
        ("渡假", r"(?<!过)渡假", "度假"),
        ("峻工", r"(?<![严冷险])峻工", "竣工"),
        ("复盖", r"(?<!反)复盖(?!章)", "覆盖"),
        ("己经", r"(?<![知自利克])己经(?![营济费历典过])", "已经"),
        ("自已", r"(?<!来)自已(?=的|身|家|[，。；、])", "自己"),
        ("急待", r"(?<![应紧])急待(?=解决|加强|提高|改善|处理)", "亟待"),
        ("做为", r"做为(?=一[个名项种座]|我[区县市省]|全[区县市省国]|重要|首要|主要)", "作为"),
        ("作好", r"(?<![工合写动协著操运制创力大])作好(?=准备)", "做好"),
        ("反应", r"(?<=[群众居民企业])反应(?=的问题|的情况|问题|情况)", "反映"),
        ("的更", r"(?<=[做办干抓走])的更(?=[好快实细稳][，。；、])", "得更"),
        (
            "了",
            r"(?<=有效|积极|切实|扎实|深入|认真|充分|全面|迅速|及时)的(?=(?:推动|推进|促进|提升|提高|保障|解决|完成|落实|改善)了)",
            "地",
        ),
    )
)


def confusable_words(proof: Proof) -> Iterator[Finding]:
    """Words that are wrong wherever they occur, and words that are wrong beside certain others."""
    yield from findings_of_matches(
        proof.lines,
        _ALWAYS,
        rules.CONFUSABLE_WORD,
        lambda match: _correction(match[0], _ALWAYS_WRONG[match[0]]),
        exact=True,
    )
    for pattern, right in _IN_CONTEXT:
        for line in proof.lines:
            for match in pattern.finditer(line.text):
                message, suggestion = _correction(match[0], right)
                yield correction_at(line, match.span(), rules.CONFUSABLE_WORD, message, suggestion)


def _correction(wrong: str, right: str) -> tuple[str, str]:
    """Message and suggestion."""
    return f"“{wrong}”应为“{right}”。", right


def drawn_up_or_laid_down(proof: Proof) -> Iterator[Finding]:
    """制订 (to draw up) and 制定 (to lay down) in one article: intended, or confused. Pointed at once."""
    if any("制定" in line.text for line in proof.lines):
        matches = [(line, match) for line in proof.lines for match in re.finditer("制订", line.text)]
        for line, match in matches[:1]:
            times = f"（“制订”{len(matches)} 处）" if len(matches) > 1 else ""
            message = f"本篇“制订”和“制定”都用了{times}：拟订过程用“制订”，已经定下的用“制定”。"
            yield finding_at(line, match.span(), rules.MIXED_WORDS, message, "请核对，或统一。")
