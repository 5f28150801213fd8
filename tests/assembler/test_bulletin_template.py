from __future__ import annotations

import re

import pytest
from lxml import etree

from assembler import styles
from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members, replaced
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import W, projection
from tools.docx_builder import zipped
from tools.make_template import FOLDER, LOOKS, template
from tools.template_styles import Look
from values.errors import BadTemplate

CONTENTS = '<w:t xml:space="preserve">{{ contents }}</w:t>'


def in_a_table(text: str) -> str:
    return (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:tcPr/>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )


def with_body(inner: str) -> bytes:
    """The template with other content before its section properties."""
    parts = members(TEMPLATE)
    document = re.sub("<w:body>.*<w:sectPr>", f"<w:body>{inner}<w:sectPr>", parts["word/document.xml"].decode())
    return zipped(parts | {"word/document.xml": document.encode()})


def with_line(text: str) -> bytes:
    """The template with one more paragraph."""
    return replaced(TEMPLATE, "<w:sectPr>", f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:sectPr>")


@pytest.mark.parametrize("name", LOOKS)
def test_a_template_we_ship_is_fit_for_use(name: str) -> None:
    shipped = (FOLDER / f"{name}.docx").read_bytes()
    assert check_template(shipped) == ()
    assert violations(shipped) == []
    made = typeset(issue(article(1), article(2, section="情况通报")), shipped, no_picture)
    assert violations(made) == []
    assert "BodyText|一是加大服务供给。" in projection(made).splitlines()


@pytest.mark.parametrize("name", LOOKS)
def test_a_template_can_be_made_again_and_is_the_same_each_time(name: str) -> None:
    made = template(LOOKS[name])
    assert made == template(LOOKS[name])
    assert members(made) == members((FOLDER / f"{name}.docx").read_bytes())


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_template_has_a_style_for_every_role_and_no_theme_font(look: Look) -> None:
    root = etree.fromstring(members(template(look))["word/styles.xml"])
    names = {style.get(W + "styleId"): style[0].get(W + "val") for style in root.iter(W + "style")}
    assert {ours: names[ours] for ours in styles.NAMES} == dict(styles.NAMES)
    fonts = [fonts.attrib for fonts in root.iter(W + "rFonts")]
    assert all({W + script for script in ("ascii", "hAnsi", "eastAsia", "cs")} == set(found) for found in fonts)


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04 cut short", zipped({"mimetype": b"text"})])
def test_check_template_refuses_what_is_no_word_document(data: bytes) -> None:
    [problem] = check_template(data)
    assert problem.startswith("模板不是 Word 文档")


def test_check_template_refuses_a_damaged_part() -> None:
    [problem] = check_template(replaced(TEMPLATE, "</w:body>", ""))
    assert problem.startswith("模板已损坏")


def test_check_template_refuses_a_damaged_zip_member() -> None:
    place = TEMPLATE.index(b"word/document.xml") + 200
    damaged = TEMPLATE[:place] + bytes(20) + TEMPLATE[place + 20 :]
    [problem] = check_template(damaged)
    assert problem.startswith("模板不是 Word 文档，或已损坏")


@pytest.mark.parametrize(
    ("old", "new", "member"),
    [
        ("document.main+xml", "template.main+xml", "[Content_Types].xml"),
        (W[1:-1], "http://purl.oclc.org/ooxml/wordprocessingml/main", "word/document.xml"),
    ],
    ids=["saved as .dotx", "strict Open XML"],
)
def test_check_template_refuses_other_kinds_of_word_file(old: str, new: str, member: str) -> None:
    [problem] = check_template(replaced(TEMPLATE, old, new, member=member))
    assert problem.startswith("模板要存为普通的“Word 文档（*.docx）”")


def test_check_template_names_missing_marks() -> None:
    problems = check_template(with_body("<w:p><w:r><w:t>{{ title }}</w:t></w:r></w:p>"))
    assert [problem[:24] for problem in problems] == [
        "模板缺少标记 {{ contents }}：请在",
        "模板缺少标记 {{ articles }}：请在",
    ]


def test_check_template_counts_marks() -> None:
    assert check_template(with_line("{{ articles }}")) == ("标记 {{ articles }} 出现了 2 次：只能有一处。",)


@pytest.mark.parametrize("place", ["{{ contents }}如下", "{{ title }}{{ contents }}"])
def test_check_template_wants_a_mark_alone_in_its_paragraph(place: str) -> None:
    [problem] = check_template(replaced(TEMPLATE, "{{ contents }}", place))
    assert problem.startswith("标记 {{ contents }} 的位置不对")


def test_check_template_wants_a_mark_in_the_body_itself() -> None:
    [problem] = check_template(with_body(in_a_table("{{ articles }}") + f"<w:p><w:r>{CONTENTS}</w:r></w:p>"))
    assert problem.startswith("标记 {{ articles }} 的位置不对")


def test_check_template_finds_a_mark_in_the_footer() -> None:
    moved = replaced(replaced(TEMPLATE, "{{ articles }}", ""), "— ", "{{ articles }}", member="word/footer1.xml")
    [problem] = check_template(moved)
    assert problem.startswith("标记 {{ articles }} 的位置不对")


def test_check_template_names_missing_styles_in_chinese_and_by_id() -> None:
    without = replaced(
        TEMPLATE,
        'w:styleId="Byline"><w:name w:val="署名单位"/>',
        'w:styleId="x"><w:name w:val="x"/>',
        member="word/styles.xml",
    )
    without = replaced(
        without,
        'w:styleId="BulletinTable"><w:name w:val="简报表格"/>',
        'w:styleId="y"><w:name w:val="y"/>',
        member="word/styles.xml",
    )
    assert check_template(without) == (
        "模板缺少样式“署名单位”（Byline）：请从原模板复制回来。",
        "模板缺少样式“简报表格”（BulletinTable）：请从原模板复制回来。",
    )


def test_check_template_asks_whether_an_unknown_tag_was_meant_otherwise() -> None:
    assert check_template(with_line("{{ lable }}")) == ("不认识标记 {{ lable }}：是否应为 {{ label }}？",)


def test_check_template_lists_the_tags_when_none_is_like_the_unknown_one() -> None:
    [problem] = check_template(with_line("{{ 密级 }}"))
    assert problem.startswith("不认识标记 {{ 密级 }}：可用的有 title、kind、label")


@pytest.mark.parametrize("text", ["{{ title", "{% if phone %}电话", "{{ title | }}", "{{ phone | nothing }}"])
def test_check_template_refuses_tags_that_are_not_well_written(text: str) -> None:
    problems = check_template(with_line(text))
    assert problems
    assert all(problem.startswith(("标记写法有误", "模板的标记无法填写")) for problem in problems)


def test_check_template_knows_braces_from_a_chinese_keyboard() -> None:
    assert check_template(with_line("｛｛ title ｝｝")) == (
        "标记要用半角花括号 {{ }}，不要用全角：“｛｛ title ｝｝”。",
    )


def test_check_template_wants_a_paragraph_tag_alone_in_its_paragraph() -> None:
    [problem] = check_template(with_line("{%p if phone %}电话{%p endif %}"))
    assert problem.startswith("标记 {%p … %} 要单独成段")


def test_check_template_tells_all_problems_at_once() -> None:
    assert len(check_template(with_line("{{ lable }}{{ contents }}｛｛ title ｝｝"))) == 3


def test_typeset_refuses_a_template_with_the_problems_the_check_finds() -> None:
    template = with_line("{{ lable }}")
    with pytest.raises(BadTemplate) as caught:
        typeset(issue(article()), template, no_picture)
    assert caught.value.problems == check_template(template)


def test_typeset_says_so_when_a_condition_hides_a_mark() -> None:
    hidden = replaced(
        TEMPLATE,
        "{{ articles }}",
        "{%p if copy_to %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ articles }}</w:t></w:r></w:p><w:p><w:r><w:t>{%p endif %}",
    )
    with pytest.raises(BadTemplate) as caught:
        typeset(issue(article()), hidden, no_picture)
    assert "{{ articles }}（正文）没有排出来" in caught.value.problems[0]


def test_typeset_finds_styles_by_name_when_word_has_rewritten_their_ids() -> None:
    """Word in Chinese saves custom styles as a, a3, a4, …"""
    parts = members(TEMPLATE)
    ids = dict(zip(styles.NAMES, (f"a{number}" for number in range(50)), strict=False))
    rewritten = {
        name: re.sub(
            r'(?<=")(\w+)(?=")', lambda found: ids.get(found.group(), found.group()), parts[name].decode()
        ).encode()
        for name in ("word/document.xml", "word/styles.xml")
    }
    template = zipped(parts | rewritten)
    assert check_template(template) == ()
    made = typeset(issue(article()), template, no_picture)
    assert violations(made) == []
    assert f"{ids[styles.BODY]}|一是加大服务供给。" in projection(made).splitlines()


def test_typeset_fills_tags_in_footers_and_tags_that_word_has_cut_into_runs() -> None:
    template = replaced(TEMPLATE, "— ", "{{ label }} ", member="word/footer1.xml")
    template = replaced(template, "{{ label }}", "{{ la</w:t></w:r><w:r><w:t>bel }}")
    made = typeset(issue(article()), template, no_picture)
    assert "IssueNumber|第70期" in projection(made).splitlines()
    assert "第70期" in members(made)["word/footer1.xml"].decode()


def test_typeset_keeps_a_section_break_that_hangs_on_a_mark() -> None:
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>'
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'
    template = replaced(TEMPLATE, f"</w:pPr>{run}{CONTENTS}", f"{section}{run}{CONTENTS}")
    made = typeset(issue(article()), template, no_picture)
    assert len(list(etree.fromstring(members(made)["word/document.xml"]).iter(W + "sectPr"))) == 2
    assert violations(made) == []
