"""What is a marking of secrecy, and what only speaks of one."""

from __future__ import annotations

from typing import Final

import pytest

from intake.secrecy.markings import (
    Degree,
    Marking,
    marking_of_line,
    marking_of_lines,
    marking_of_name,
    marking_of_table,
    office_words,
)

SEALED_AT_HEAD: Final = {
    "机密": "机密",
    "绝密": "绝密",
    "秘密": "秘密",
    "机 密": "机密",
    "机　密": "机密",
    "秘  密": "秘密",
    "机密★10年": "机密★10年",
    "机密★１０年": "机密★10年",
    "秘密★1年": "秘密★1年",
    "秘密 ★ 一年": "秘密★一年",
    "绝密★长期": "绝密★长期",
    "绝密★启用前": "绝密★启用前",
    "机密☆5年": "机密☆5年",
    "机密*3年": "机密*3年",
    "秘密10年": "秘密10年",
    "秘密（6个月）": "秘密(6个月)",
    "密级：机密": "机密",
    "密　级：秘密★5年": "秘密★5年",
    "密级和保密期限：机密★20年": "机密★20年",
    "【机密】": "机密",
    "（秘密）": "秘密",
    "[绝密]": "绝密",
    "机密文件": "机密",
    "机密 特急": "机密",
    "特急　秘密": "秘密",
    "000012 机密★5年": "机密★5年",
    "机密★10年    000012": "机密★10年",
    "秘密　　　　某某市人民政府办公室": "秘密",
    "机密\t第 3 页": "机密",
    "秘密 注意保密": "秘密",
    "内部资料 注意保密": "内部资料注意保密",
    "内部资料　注意保密": "内部资料注意保密",
    "内部文件，不得外传": "内部文件,不得外传",
    "内部资料（严禁外传）": "内部资料(严禁外传)",
    "内部资料★不得上网": "内部资料★不得上网",
    "内部材料 注意保存 不得外传": "内部材料注意保存不得外传",
    "（内部资料，注意保密）": "内部资料,注意保密",
    "本刊为内部资料，请勿外传！": "本刊为内部资料,请勿外传",
    "注意保密 内部参考": "注意保密内部参考",
    "\u200b机\u200b密★10年": "机密★10年",
}
SEALED_ANYWHERE: Final = ("秘密★1年", "关于某事的报告（机密★10年）", "机密 ★ 长期", "（秘密★3年）", "机密10年")
SEALED_NAMES: Final = (
    "机密★10年 关于某某的报告.docx",
    "【机密】关于报送方案的函",
    "（秘密）关于某项工作的汇报.doc",
    "关于某项工作的汇报（秘密★1年）.doc",
    "关于某项工作的汇报(机密).wps",
    "秘密-关于某项工作.pdf",
    "机密_名单.xlsx",
    "机密：会议纪要",
    "Re: 转发：【绝密】方案",
    "回复：机密 关于报送材料的函",
    "关于某项工作的汇报-秘密.docx",
    "【特急 机密】通知.docx",
    "密级：机密 会议材料.zip",
    "【涉密】材料.docx",
    "（涉密文件）汇报.docx",
    "机密.docx",
    "秘密文件.pdf",
    "（内部资料，注意保密）情况反映.docx",
    "内部文件 不得外传 情况通报.docx",
)
FLAGGED_LINES: Final = (
    "内部资料",
    "内部资料 注意保存",
    "内部资料  妥善保管",
    "此件不公开",
    "（此件不公开发布）",
    "（内部刊物）",
    "不得外传",
)
PLAIN_LINES: Final = (
    "要严格保守商业机密，维护企业合法权益。",
    "区保密办组织开展保密检查。",
    "市委机要局到我区调研",
    "《保密法》宣传月活动启动",
    "我区开展《中华人民共和国保守国家秘密法》宣传月活动",
    "保守国家秘密是每个公民的义务",
    "机密文件管理办法",
    "机密文件清退工作会议召开",
    "秘密花园主题公园开园",
    "商业秘密",
    "国家秘密",
    "商业秘密保护工作站揭牌",
    "绝密飞行纪念馆开馆",
    "密级",
    "保密委员会",
    "定密工作培训班开班",
    "秘书科",
    "机动车密度",
    "国家秘密分为绝密、机密、秘密三级。",
    "绝密、机密、秘密",
    "绝密级国家秘密是最重要的国家秘密",
    "做好涉密人员管理",
    "不涉密",
    "非涉密",
    "已脱密处理，不涉密，可公开。",
    "此件公开发布",
    "（此件公开发布）",
    "（此件主动公开）",
    "要加强内部资料管理，注意保密，不得外传。",
    "内部资料管理规定",
    "内部控制",
    "注意保暖",
    "请注意保密工作的开展",
    "特急",
    "加急　000012",
    "赣区府办字〔2022〕10号",
    "五星★级社区",
    "4★级旅游饭店",
    "密切联系群众",
    "一、秘密会议旧址修缮",
    "公开征集机密线索",
    "打击侵犯商业秘密犯罪",
    "（一）机密文件销毁",
)
PLAIN_NAMES: Final = (
    "《保密法》宣传月活动开展情况.docx",
    "关于做好机密文件清退工作的通知.docx",
    "保守商业秘密培训信息.docx",
    "区保密办信息.docx",
    "机要局简报.docx",
    "涉密人员培训信息.docx",
    "国家秘密知识竞赛（二等奖）.docx",
    "投稿：秘密战线展览开展.docx",
    "机密文件管理办法.docx",
    "（非涉密）工作信息.docx",
    "【投稿】打击侵犯商业秘密.docx",
    "内部控制建设情况.docx",
    "内部资料管理培训.docx",
    "【五型简报】区教体局.docx",
    "Fwd: 五★级旅游厕所建设.docx",
)


def _sealed(marking: Marking | None) -> bool:
    return marking is not None and marking.degree is Degree.SEALED


@pytest.mark.parametrize(("line", "mark"), SEALED_AT_HEAD.items())
def test_line_at_the_head_is_a_marking_shown_without_blanks(line: str, mark: str) -> None:
    assert marking_of_line(line, at_head=True) == Marking(mark, Degree.SEALED)


@pytest.mark.parametrize("line", SEALED_ANYWHERE)
def test_level_with_star_or_term_is_a_marking_anywhere(line: str) -> None:
    assert _sealed(marking_of_line(line, at_head=False))


@pytest.mark.parametrize("name", SEALED_NAMES)
def test_name_bears_a_marking(name: str) -> None:
    assert _sealed(marking_of_name(name))


@pytest.mark.parametrize("line", FLAGGED_LINES)
def test_internal_paper_without_a_ban_is_only_flagged(line: str) -> None:
    marking = marking_of_line(line, at_head=True)
    assert marking is not None
    assert marking.degree is Degree.FLAGGED


@pytest.mark.parametrize("line", PLAIN_LINES)
def test_line_about_secrecy_is_no_marking(line: str) -> None:
    assert marking_of_line(line, at_head=True) is None
    assert marking_of_line(line, at_head=False) is None
    assert marking_of_lines([line]) is None


@pytest.mark.parametrize("name", PLAIN_NAMES)
def test_name_about_secrecy_bears_no_marking(name: str) -> None:
    assert marking_of_name(name) is None


@pytest.mark.parametrize("line", ["机密", "秘 密", "机密文件", "【秘密】"])
def test_bare_level_in_the_middle_of_a_text_is_no_marking(line: str) -> None:
    assert marking_of_line(line, at_head=False) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["内部资料", "注意保密"],
        ["000012", "机密★10年", "特急"],
        ["秘", "密"],
        ["秘", "密", "★", "1", "年"],
        ["", "机密", "某某市文件"],
    ],
)
def test_marking_may_be_broken_over_lines(lines: list[str]) -> None:
    assert _sealed(marking_of_lines(lines))


@pytest.mark.parametrize(
    "rows",
    [
        [["密级", "机密"]],
        [["密级", "", "秘密★5年"], ["编号", "", "12"]],
        [["编号", "密级"], ["12", "机密"]],
        [["机密★10年"]],
        [["机　密", "000012"]],
        [["密级：秘密", "紧急程度：特急"]],
        [["密　级", "绝密级"]],
    ],
)
def test_table_at_the_head_bears_a_marking(rows: list[list[str]]) -> None:
    assert _sealed(marking_of_table(rows))


@pytest.mark.parametrize(
    "rows",
    [
        [["密级", "数量"], ["绝密", "0"], ["机密", "2"], ["秘密", "5"]],
        [["文件名称", "密级", "期限"], ["甲", "机密", "10年"], ["乙", "秘密", "5年"]],
        [["姓名", "单位"], ["张三", "保密办"]],
        [["密级", "公开"]],
    ],
)
def test_table_that_counts_classified_papers_bears_none(rows: list[list[str]]) -> None:
    assert marking_of_table(rows) is None


def test_words_of_the_office_are_markings_too() -> None:
    assert _sealed(marking_of_line("核心 商密", at_head=True, words=("核心商密",)))
    assert _sealed(marking_of_name("【警务秘密】通报.docx", words=("警务秘密",)))
    assert marking_of_line("做好核心商密管理", at_head=True, words=("核心商密",)) is None


@pytest.mark.parametrize("line", ["Ｔｏｐ　Ｓｅｃｒｅｔ", "top secret", "TOP SECRET", "Top Se\u200bcret"])
def test_words_of_the_office_are_compared_in_one_width_without_blanks(line: str) -> None:
    words = office_words(["ＴｏｐＳｅｃｒｅｔ", "topsecret", "\u200b"])
    assert words == ("TopSecret", "topsecret")
    sealed = marking_of_line(line, at_head=False, words=words) is not None
    assert sealed is (line != "TOP SECRET"), "upper and lower case differ, as in the word list"


def test_sealed_marking_goes_before_a_flagged_one() -> None:
    assert _sealed(marking_of_lines(["内部资料 注意保存", "某某局", "秘密★1年"]))
