from __future__ import annotations

import pytest
from lxml import etree

from assembler import styles
from assembler.template import check_template
from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members
from tests.support.issues import article, issue, no_picture
from tests.support.projection import W, projection
from tools.make_template import FOLDER, LOOKS, template
from tools.template_styles import Look


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
