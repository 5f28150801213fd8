"""Days as people write them into forms."""

from __future__ import annotations

from datetime import date

import pytest

from values.written_date import date_written

FORMS = "2022-11-08|2022/11/8|2022.11.8|2022年11月8日| 2022 年 11 月 8 日 |20221108|２０２２-１１-０８|11月8日|11-8"


@pytest.mark.parametrize("text", FORMS.split("|"))
def test_day_is_read_in_every_usual_form(text: str) -> None:
    assert date_written(text, 2022) == date(2022, 11, 8)


@pytest.mark.parametrize("text", ["", "明天", "2022-13-08", "2022-02-30", "8", "2022-11", "2022-11-08x", "022-11-08"])
def test_anything_else_is_no_day(text: str) -> None:
    assert date_written(text, 2022) is None
