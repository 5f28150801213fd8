"""Recognises names of persons by their usual surnames."""

from __future__ import annotations

from typing import Final

_SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀惠曲封储靳井段富巫乌焦巴牧山谷车侯全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司"
    "韶黎蓟薄印宿白怀蒲卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温庄晏柴瞿阎慕连茹习艾鱼容"
    "古易慎戈廖终居衡步都耿满匡国文寇广欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶曾沙丰关查游竺权盖付肖闫涂赖代兰覃揭"
)
"""The usual surnames of one character. Headings such as 基本情况 and 主要做法 begin with none of them."""
_DOUBLE_SURNAMES: Final = ("欧阳", "上官", "司马", "诸葛", "司徒", "东方", "夏侯", "皇甫", "尉迟", "公孙")


def is_person(name: str) -> bool:
    """Whether two to four characters are a Chinese name, such as 张敏 and 欧阳小敏; 基本情况 is none."""
    return name[:1] in _SURNAMES and (len(name) <= 3 or name[:2] in _DOUBLE_SURNAMES)
