"""A formula in a manuscript is a formula in the issue, and nobody is told about its brackets."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.support.docx_reading import p, r
from tests.support.manuscripts import BODY, centred, large, plain
from tests.support.ooxml_schemas import schema_errors
from tests.support.scenario import PRINTED, installation_of
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx

HALF = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"


def test_formula_is_set_as_a_formula(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    manuscript = large("面积计算办法优化") + centred("区民政局") + plain(BODY)
    manuscript += p(r("人均面积按") + f"<m:oMath>{HALF}</m:oMath>" + r("计算。"))
    (office.home / "inbox").mkdir()
    letter = raw_letter(File("稿件.docx", docx(manuscript)), sender="mzj@example.org")
    (office.home / "inbox" / "1.eml").write_bytes(letter)
    assert office.run("import", str(office.home / "inbox")).document["verdicts"] == {"article": 1}
    [article] = office.run("articles").document
    assert article["text"].splitlines()[-1] == "人均面积按(a+b)/2计算。"
    assert not {"equation", "half-width-punctuation"} & {finding["rule"] for finding in article["findings"]}
    made = office.run("assemble", "--date", "2022-11-08").document
    issue = (office.data / next(file for file in made["files"] if file.endswith(".docx"))).read_bytes()
    document = zipfile.ZipFile(io.BytesIO(issue)).read("word/document.xml").decode()
    assert "<m:num>" in document
    assert schema_errors(issue) == []
