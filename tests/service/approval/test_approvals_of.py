"""The approvals that a signed-off issue keeps: in manifest, imprint and 往期."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from archive import issues
from service.approval.approvals_of import approvals_that_count
from service.issue.past_issues import past_issue
from service.issue.prepare import set_responsible_editor
from service.issue.sign_off import sign_off
from service.office import Office
from service.rebuilding.manifests import PrintedIssue, manifests_in
from tests.support.approvals import (
    EDITOR,
    FIRST,
    LAST,
    approving_office,
    by_link,
    forward,
    token_for,
)


def test_manifest_record_imprint_and_past_issue_say_who_approved_what_when(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        template = tmp_path / "template.docx"
        write_template(office, template)
        bulletin = office.bulletin(None).model_copy(update={"template": template})
        settings = office.settings.model_copy(update={"bulletins": (bulletin,)})
        office = replace(office, settings=settings)
        set_responsible_editor(office, bulletin, "王编辑", EDITOR)
        forward(office)
        by_link(office, token_for(office, FIRST))
        by_link(office, token_for(office, LAST))
        signed = sign_off(office, bulletin, 70, EDITOR)
        manifest = json.loads((office.data_dir / signed.final[-1].path).read_text(encoding="utf-8"))
        assert manifest["responsible_editor"] == "王编辑"
        at = "2022-11-08T16:00:00+08:00"
        assert manifest["approvals"] == [
            {"step": "审核", "person": FIRST, "name": "张主任", "revision": 1, "at": at, "way": "link"},
            {"step": "签发", "person": LAST, "name": "办主任", "revision": 1, "at": at, "way": "link"},
        ]
        with ZipFile(office.data_dir / signed.final[0].path) as docx:
            text = docx.read("word/document.xml").decode()
        assert "签发：办主任 责任编辑：王编辑" in text
        with office.ledger.reading() as ledger:
            assert len(approvals_that_count(ledger, issues.issue_with_id(ledger, signed.id))) == 2
        past = past_issue(office, bulletin, signed.id)
        assert past is not None
        assert ([approval.who for approval in past.approvals], past.record.responsible_editor) == (
            ["张主任", "办主任"],
            "王编辑",
        )
        [printed] = manifests_in(office.data_dir)
        assert isinstance(printed, PrintedIssue)
        assert printed.responsible_editor == "王编辑"


def write_template(office: Office, path: Path) -> None:
    """The office's template with 签发 and 责任编辑 where it has the telephone."""
    shipped = office.bulletin(None).template
    with ZipFile(shipped) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                assert b"{{ mailbox }}" in data
                both = "签发：{{ signed_by }} 责任编辑：{{ responsible_editor }}".encode()
                data = data.replace(b"{{ mailbox }}", both, 1)
            target.writestr(name, data)
