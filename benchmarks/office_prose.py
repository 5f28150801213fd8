"""Articles such as departments write, made up from frames: Chinese that can be searched, counted and folded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from values import rules
from values.finding import Finding
from values.manuscript import Block, Heading, Manuscript, Paragraph

DEPARTMENTS: Final = (
    *("区民政局", "区教体局", "区人社局", "区金融服务中心", "区住建局", "区商务局", "区文旅局", "区卫健委", "区医保局"),
    *("区市监局", "区税务局", "区审计局", "区统计局", "区司法局", "区财政局", "区发改委", "区工信局", "区科技局"),
    *("区农业农村局", "区水利局", "区林业局", "区交通局", "区城管局", "区应急局", "区信访局", "区行政审批局"),
    *(
        "生态环境分局",
        "公安分局",
        "水西镇",
        "水东镇",
        "沙河镇",
        "沙石镇",
        "赣江街道",
        "解放街道",
        "南外街道",
        "东外街道",
    ),
    *("团区委", "区妇联", "区残联", "区总工会"),
)
_SUBJECTS: Final = (
    *("营商环境", "乡村振兴", "普惠金融", "义务教育", "老旧小区改造", "基层治理", "招商引资", "安全生产", "医保服务"),
    *("稳岗就业", "养老服务", "数字政务", "河长制", "秋粮收购", "文明创建", "法律援助", "惠企政策", "食品安全"),
)
_DEEDS: Final = (
    "扎实推进",
    "持续优化",
    "创新开展",
    "全面落实",
    "三措并举提升",
    "多点发力做好",
    "精准施策抓实",
    "用心用情服务",
)
_FRAMES: Final = (
    "{d}坚持问题导向，围绕{s}梳理清单{n}项，明确责任人和完成时限，逐项销号。",
    "今年以来，共走访企业{n}家次，收集意见建议{m}条，当场答复{k}条，其余全部转交有关单位限时办理。",
    "组织{n}名业务骨干进社区、进企业、进校园，开展{s}宣讲{k}场，发放资料{m}份，群众知晓率稳步提升。",
    "建立“日调度、周通报、月总结”机制，对{s}工作中进度滞后的{k}个单位进行提醒，推动各项任务落到实处。",
    "投入资金{n}万元，改造提升服务大厅{k}处，新增自助终端{m}台，平均办理时间由{n}分钟压缩到{k}分钟。",
    "针对群众反映集中的停车难、办证慢等问题，{d}牵头召开协调会{k}次，协调解决历史遗留问题{m}个。",
    "在{s}方面，依托网格化管理，划分网格{n}个，配备网格员{m}名，做到小事不出社区、大事不出街道。",
    "下一步，{d}将继续聚焦{s}，完善长效机制，推动各项工作再上新台阶，为高质量发展贡献力量。",
    "截至目前，{s}专项行动检查点位{m}处，发现隐患{n}个，已整改{k}个，其余正按计划推进。",
    "{d}与高校、商会签订合作协议{k}份，引进项目{k}个，总投资{n}亿元，预计带动就业{m}人。",
)
_HEADS: Final = ("一、提高站位，压实责任", "二、创新举措，服务群众", "三、强化督导，务求实效", "四、总结经验，久久为功")
_REMARKS: Final = (
    (rules.DIGIT_SPACE, "数字旁边有多余的空格", "删去空格"),
    (rules.HALF_WIDTH_PUNCTUATION, "中文里用了半角标点", "改为全角"),
    (rules.OFFICE_WORD, "不是规范用语", "改用规范用语"),
    (rules.WEEKDAY, "日期和星期对不上", ""),
)


def article(dice: random.Random, department: str, characters: int) -> Manuscript:
    """A text of about so many characters, with headings."""
    subject = dice.choice(_SUBJECTS)
    blocks: list[Block] = []
    length = 0
    while length < characters:
        if len(blocks) % 4 == 1 and len(blocks) // 4 < len(_HEADS):
            blocks.append(Heading(_HEADS[len(blocks) // 4], 1))
        text = "".join(_sentence(dice, department, subject) for _ in range(4))
        blocks.append(Paragraph(text))
        length += len(text)
    return Manuscript((f"{department}{dice.choice(_DEEDS)}{subject}",), department, tuple(blocks))


def _sentence(dice: random.Random, department: str, subject: str) -> str:
    frame = dice.choice(_FRAMES)
    return frame.format(
        d=department, s=subject, n=dice.randint(20, 90), m=dice.randint(100, 999), k=dice.randint(2, 19)
    )


def remarks(dice: random.Random, lines: Sequence[str]) -> tuple[Finding, ...]:
    """What a proofreader might say of that text."""
    made = []
    for rule, message, suggestion in dice.choices(_REMARKS, k=dice.randint(0, 6)):
        place = dice.randrange(len(lines))
        start = dice.randrange(max(len(lines[place]) - 2, 1))
        made.append(rule.finding(message, place, start, start + 2, suggestion or None))
    return tuple(made)
