"""Joint work through the command line: articles, issue, statistics, and the one receipt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.manuscripts import BODY, large, plain
from tests.support.scenario import PRINTED, Installation, installation_of
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx

TITLE = "两部门联合开展走访慰问"
SIGNOFF = plain("区教体局　　区民政局", "2022年11月3日")


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    office = installation_of(PRINTED, tmp_path)
    config = office.config.read_text(encoding="utf-8")
    smtp = '[smtp]\nhost = "127.0.0.1"\nport = 9\nsecurity = "none"\nsender = "zgqwxzfb@163.com"\nanswer_days = 9999\n'
    office.config.write_text(f"{config}\n{smtp}", encoding="utf-8")
    letter = raw_letter(File("稿件.docx", docx(large(TITLE) + plain(BODY) + SIGNOFF)), sender="mzj@example.org")
    (office.home / "inbox").mkdir()
    (office.home / "inbox" / "1.eml").write_bytes(letter)
    taken = office.run("import", str(office.home / "inbox"))
    assert (taken.status, taken.document["verdicts"]) == (0, {"article": 1}), taken.complaints
    return office


def test_article_has_its_departments_in_order_and_no_doubt_about_its_byline(office: Installation) -> None:
    [article] = office.run("articles").document
    assert (article["department"], article["departments"]) == ("区教体局", ["区教体局", "区民政局"])
    assert article["byline"] == "区教体局、区民政局"
    assert not {"byline-other-department", "byline-unknown"} & {finding["rule"] for finding in article["findings"]}


def test_contents_and_byline_name_all_units(office: Installation) -> None:
    made = office.run("assemble", "--date", "2022-11-08")
    assert made.status == 0, made.complaints
    lines = office.issue(made.document["files"]).splitlines()
    assert sum("区教体局、区民政局" in line for line in lines) >= 2
