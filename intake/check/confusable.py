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
    既使>即使 幅射>辐射 松驰>松弛 再接再励>再接再厉 一如继往>一如既往 按步就班>按部就班 穿流不息>川流不息
    破斧沉舟>破釜沉舟 一愁莫展>一筹莫展 不径而走>不胫而走 因地治宜>因地制宜 因地置宜>因地制宜 相辅相承>相辅相成
    防患未燃>防患未然 融汇贯通>融会贯通 滥芋充数>滥竽充数 重蹈复辙>重蹈覆辙 首曲一指>首屈一指 世外桃园>世外桃源
    迫不急待>迫不及待 励精图志>励精图治 震憾>震撼 寒喧>寒暄 脉博>脉搏 修茸>修葺 追朔>追溯 亲睐>青睐 装璜>装潢
    零晨>凌晨 时侯>时候 气侯>气候 侯选人>候选人 竟争>竞争 贯切>贯彻 通迅>通讯 元霄>元宵 编篡>编纂 国藉>国籍
    户藉>户籍 艰苦奋头>艰苦奋斗 坚苦奋斗>艰苦奋斗 历行节约>厉行节约 励行节约>厉行节约 撤消>撤销 坐谈会>座谈会
    丞待>亟待 既往不究>既往不咎 帐号>账号 帐户>账户 台帐>台账 结帐>结账 转帐>转账 记帐>记账 对帐>对账 帐目>账目
    帐本>账本 招聘启示>招聘启事 招领启示>招领启事 征稿启示>征稿启事 截止目前>截至目前 截至日期>截止日期
    截至时间>截止时间 不尽人意>不尽如人意 一诺千斤>一诺千金 座落>坐落 气份>气氛
    身分证>身份证 安份守己>安分守己 既刻>即刻 精萃>精粹 辨证法>辩证法 欢渡>欢度 共渡难关>共度难关 陪训>培训
    复盖面>覆盖面 反覆>反复 答覆>答复 恢覆>恢复 重覆>重复 粗旷>粗犷 烩炙人口>脍炙人口 甘败下风>甘拜下风
    自抱自弃>自暴自弃 针贬>针砭 泊来品>舶来品 一口同声>异口同声 言简意骇>言简意赅 一股作气>一鼓作气
    悬梁刺骨>悬梁刺股 食不裹腹>食不果腹 谈笑风声>谈笑风生 人情事故>人情世故 有持无恐>有恃无恐 名列前矛>名列前茅
    不能自己>不能自已 竭泽而鱼>竭泽而渔 老俩口>老两口 黄梁美梦>黄粱美梦 直接了当>直截了当 水笼头>水龙头 杀戳>杀戮
    痉孪>痉挛 美仑美奂>美轮美奂 沉缅>沉湎 默守成规>墨守成规 沤心沥血>呕心沥血 出奇不意>出其不意 磬竹难书>罄竹难书
    声名雀起>声名鹊起 死皮癞脸>死皮赖脸 挺而走险>铤而走险 走头无路>走投无路 题纲>提纲 委屈求全>委曲求全
    卑恭屈膝>卑躬屈膝 好高鹜远>好高骛远 心无旁鹜>心无旁骛 渲泄>宣泄 旁证博引>旁征博引 灸手可热>炙手可热
    姿意妄为>恣意妄为 编缉>编辑 做月子>坐月子 松驰有度>张弛有度 备案登计>备案登记 登计>登记 惩诫>惩戒
    知识份子>知识分子 骨干份子>骨干分子 不法份子>不法分子 犯罪份子>犯罪分子 积极份子>积极分子
    入党积极份子>入党积极分子 再接再砺>再接再厉 即往不咎>既往不咎 未雨绸谬>未雨绸缪 针贬时弊>针砭时弊
    走头无路>走投无路 默默无问>默默无闻
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
        ("部份", r"部份(?!额)", "部分"),
        ("成份", r"成份(?!额)", "成分"),
        ("充份", r"充份(?!额)", "充分"),
        ("水份", r"水份(?!额)", "水分"),
        ("必需", r"必需(?=要|加强|坚持|做到|按照|依法|严格|认真|建立|落实|抓好|立即|及时|全面|高度|遵守)", "必须"),
        ("象", r"(?<![想印图影景录表现物气迹对抽大])象(?=[\u4e00-\u9fff]{1,8}一样)", "像"),
        ("交待", r"交待(?=工作|任务|问题|情况|清楚|事项|如下)", "交代"),
        ("其它", r"其它(?=人|单位|部门|地区|同志|干部|方面|事项|问题|情况|工作|有关|形式)", "其他"),
        ("做为", r"做为(?=一[个名项种座]|我[区县市省]|全[区县市省国]|重要|首要|主要)", "作为"),
        ("作好", r"(?<![工合写动协著操运制创力大])作好(?=准备)", "做好"),
        (
            "反应",
            r"(?:(?<=[众民业主])|(?<=普遍)|(?<=集中))反应(?=的?(?:问题|情况)|[^，。；、]{0,8}(?:难|问题|诉求|困难)[，。；的])",
            "反映",
        ),
        ("交待", r"交待(?=了?[^，。；后]{0,6}(?:事项|任务|工作|情况|问题|政策))", "交代"),
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
