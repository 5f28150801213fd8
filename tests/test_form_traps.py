"""The check for forms in which Enter takes a button by chance detects them, and no others."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from tests.support.form_traps import enter_traps

ADOPT, REJECT = '<button name="s" value="a">采用</button>', '<button name="s" value="r">退稿</button>'
OFF, NONE = "<button disabled hidden></button>", '<button name="s" value="" hidden></button>'


@pytest.mark.parametrize(
    ("inner", "is_trap"),
    [
        (f"<input name=note>{ADOPT}{REJECT}", True),
        (f"<input name=note>{REJECT}{ADOPT}", True),
        (f"<input type=checkbox name=article>{ADOPT}{REJECT}", True),
        (f"{OFF}<input name=note>{ADOPT}{REJECT}", False),
        (f"{OFF}<input type=checkbox name=article>{ADOPT}{REJECT}", True),
        (f"{OFF}{NONE}<input name=note><input type=checkbox name=article>{ADOPT}{REJECT}", False),
        (f"<input name=note>{ADOPT}", False),
        (f"<input name=note>{ADOPT}{REJECT}{ADOPT}", False),
        (f"<textarea name=note></textarea>{ADOPT}{REJECT}", False),
        (f"<input type=hidden name=version>{ADOPT}{REJECT}", False),
        (f'<input name=note>{ADOPT}<button type="button">收起</button>', False),
    ],
)
def test_a_form_is_a_trap_where_enter_takes_one_of_several_buttons(inner: str, is_trap: bool) -> None:
    page = fromstring(f"<main><form action='/x'>{inner}</form><form action='/y'>{ADOPT}</form></main>")
    assert enter_traps(page) == (["/x"] if is_trap else [])


def test_a_field_elsewhere_that_names_the_form_counts() -> None:
    page = fromstring(f"<main><input type=checkbox form=f><form id=f action='/x'>{ADOPT}{REJECT}</form></main>")
    assert enter_traps(page) == ["/x"]
