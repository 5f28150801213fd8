"""The office's word list as an editor writes it, mistakes included."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.load import load_settings
from settings.word_list import load_word_list, parse_word_list
from tests.support.offices import bulletin, write_config
from values.errors import BadConfig
from values.word_list import Forbidden, Leader, Preferred, RenamedBody, WordList

FORMS = "应是“错词 => 正词”“!禁词 理由”“@领导 姓名 职务”“@更名 旧名 => 新名”“@密级 标志”，或以 # 开头的说明"
EXAMPLE = Path(__file__).parents[2] / "wordlist.txt"


def problem(text: str) -> str:
    with pytest.raises(ValueError, match="wordlist") as refused:
        parse_word_list(text, "wordlist.txt")
    return str(refused.value)


def test_rules_are_read_one_a_line_with_comments_between() -> None:
    text = """# 用词表
登陆 => 登录      # 台风登陆除外
！禁词
!残废人 应称残疾人

@领导 张三 区委书记
@领导 李四 区委副书记 区长
@更名 区卫计委 => 区卫健委
"""
    assert parse_word_list(text, "wordlist.txt") == WordList(
        (Preferred("登陆", "登录"),),
        (Forbidden("禁词"), Forbidden("残废人", "应称残疾人")),
        (Leader("张三", ("区委书记",)), Leader("李四", ("区委副书记", "区长"))),
        renamed=(RenamedBody("区卫计委", "区卫健委"),),
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "登陆",
            f"看不懂“登陆”；{FORMS}",
        ),
        (
            "=> 登录",
            f"缺少词语；{FORMS}",
        ),
        ("登录 => 登录", "“登录”的两边一样"),
        (
            "!",
            f"缺少词语；{FORMS}",
        ),
        ("@领导 张三", "看不懂“@领导 张三”；应是“@领导 姓名 职务”，几个职务用空格隔开"),
        ("@更名 区卫计委", "看不懂“@更名 区卫计委”；应是“@更名 旧名 => 新名”"),
        ("@更名 区卫计委 => 区卫计委", "“区卫计委”的两边一样"),
        ("!" + "长" * 41, "“长长长长长长长长长长…”超过 40 个字"),
    ],
)
def test_broken_line_is_named_with_its_reason(line: str, reason: str) -> None:
    assert problem(f"# 说明\n{line}\n") == f"wordlist.txt 第 2 行：{reason}"


def test_every_broken_line_is_reported_at_once() -> None:
    assert problem("甲\n乙 => 丙\n!乙\n") == (
        f"wordlist.txt 第 1 行：看不懂“甲”；{FORMS}；wordlist.txt 第 3 行：“乙”前面已经写过"
    )


def test_list_from_notepad_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wordlist.txt"
    path.write_bytes("\ufeff甲 => 乙\r\n".encode())
    assert load_word_list(path).preferred == (Preferred("甲", "乙"),)


def test_list_that_is_missing_in_another_charset_or_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wordlist.txt"
    with pytest.raises(ValueError, match="读不到 wordlist"):
        load_word_list(path)
    path.write_bytes("# 说明\n甲 => 乙".encode("gb18030"))
    with pytest.raises(ValueError, match="第 1 行：不是 UTF-8 编码"):
        load_word_list(path)
    path.write_bytes(b"#" * 300_000)
    with pytest.raises(ValueError, match="超过 256 KB"):
        load_word_list(path)


def test_bulletin_has_the_rules_of_its_file_and_a_broken_one_is_a_mistake_of_the_configuration(tmp_path: Path) -> None:
    config = write_config(tmp_path, bulletin(more='word_list = "wordlist.txt"'))
    (tmp_path / "wordlist.txt").write_text("甲 => 乙\n", encoding="utf-8")
    assert load_settings(config).bulletins[0].word_list.preferred == (Preferred("甲", "乙"),)
    (tmp_path / "wordlist.txt").write_text("甲 => 乙\n丙\n", encoding="utf-8")
    with pytest.raises(BadConfig) as refused:
        load_settings(config)
    [told] = refused.value.problems
    assert "bulletin[0].word_list：wordlist.txt 第 2 行：看不懂“丙”" in told


def test_example_file_can_be_used_as_it_stands() -> None:
    words = load_word_list(EXAMPLE)
    assert words.preferred
    assert words.forbidden
