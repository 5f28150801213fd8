"""Frequent surnames of China, without those that begin too many other words (应, 和, 全). No proof by themselves."""

from __future__ import annotations

from typing import Final

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶赖幸"
    "牟艾尤阳穆农司卓古吉缪简芦麦褚娄窦戚岑宫费卜晏席柏宗瞿桂佟闵苟邬边卞栾隋刁沙荣巫寇桑郎甄丛虞敖巩佘苑迟邝谈匡惠荆乐冀郁"
)
