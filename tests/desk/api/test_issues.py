"""Issues at the API: prepared, made, signed off, read."""

from __future__ import annotations

import hashlib

import pytest

from archive.changes import ChangeFilter, changes
from archive.issues import issues
from programs.pdf import PdfFailure, PdfNotMade
from service.shapes.issues import issue_row
from tests.support.api import ApiDriver


def test_an_issue_is_prepared_made_signed_off_and_its_files_are_read(api: ApiDriver) -> None:
    [article] = api.desk.hand_in("甲")
    prepared = api.get("/next-issue")
    assert (prepared.json()["note"], prepared.json()["version"]) == ("", 0)
    noted = api.change("PUT", "/next-issue/note", {"note": "编者按：请各单位阅。"}, version=0)
    assert noted.json()["note"] == "编者按：请各单位阅。"
    version = noted.json()["version"]
    dated = api.change("PUT", "/next-issue/date", {"date": "2022-11-11"}, version=version)
    assert (dated.json()["date"], dated.json()["version"]) == ("2022-11-11", version + 1)
    draft = api.send("POST", "/drafts", json={}).json()
    assert (draft["label"], draft["articles"], draft["changed"]) == ("第70期", [article], True)
    [listed] = api.get("/issues").json()["items"]
    assert (listed["status"], listed["date"], listed["kinds"]) == ("draft", "2022-11-11", [])
    assert api.get(f"/issues/{listed['id']}/files/draft").status_code == 404
    signed = api.send("POST", f"/issues/{listed['id']}/sign-off", json={"revision": draft["revision"]})
    assert (signed.status_code, signed.json()["status"]) == (200, "signed_off")
    manifest = api.get(f"/issues/{listed['id']}/files/manifest").json()
    docx = api.get(f"/issues/{listed['id']}/files/docx")
    assert docx.headers["content-disposition"].startswith("attachment")
    assert hashlib.sha256(docx.content).hexdigest() in str(manifest)
    assert manifest["signed_off"]["by"] == "王编辑（OA）" if "signed_off" in manifest else True
    assert api.get(f"/articles/{article}").json()["issue"] == 70
    with api.office.ledger.reading() as ledger:
        [record] = issues(ledger)
    row = api.get(f"/issues/{record.id}").json()
    assert {key: row[key] for key in row if key not in ("id", "kinds")} == issue_row(record)


def test_a_draft_that_was_made_again_meanwhile_is_not_signed_off(api: ApiDriver) -> None:
    api.desk.hand_in("甲")
    seen = api.send("POST", "/drafts", json={}).json()
    api.desk.hand_in("乙")
    api.send("POST", "/drafts", json={})
    [draft] = api.get("/issues").json()["items"]
    refused = api.send("POST", f"/issues/{draft['id']}/sign-off", json={"revision": seen["revision"]})
    assert refused.status_code in (400, 412)
    assert api.get(f"/issues/{draft['id']}").json()["status"] == "draft"


def test_a_note_that_somebody_changed_meanwhile_is_not_overwritten(api: ApiDriver) -> None:
    api.change("PUT", "/next-issue/note", {"note": "一"}, version=0)
    refused = api.change("PUT", "/next-issue/note", {"note": "二"}, version=0)
    assert (refused.status_code, api.get("/next-issue").json()["note"]) == (412, "一")


def test_without_articles_there_is_no_draft_and_the_problem_says_so(api: ApiDriver) -> None:
    refused = api.send("POST", "/drafts", json={})
    assert (refused.status_code, refused.headers["content-type"]) == (400, "application/problem+json")
    assert "没有" in refused.json()["detail"]


def test_pages_of_issues_lead_to_all_of_them(api: ApiDriver) -> None:
    for name in "甲乙":
        api.desk.hand_in(name)
        api.send("POST", "/drafts", json={})
        [issue] = [each for each in api.get("/issues").json()["items"] if each["status"] == "draft"]
        assert api.send("POST", f"/issues/{issue['id']}/sign-off", json={"revision": 1}).status_code == 200
    first = api.get("/issues?limit=1").json()
    assert [item["number"] for item in first["items"]] == [71]
    assert [item["number"] for item in api.get(first["next"]).json()["items"]] == [70]
    assert api.get(first["next"]).json()["next"] is None


def test_what_is_repeated_after_a_lost_answer_doubles_nothing(api: ApiDriver) -> None:
    """The draft is the same one, and the sign-off of that revision is answered as the first time."""
    api.desk.hand_in("甲")
    first, again = (api.send("POST", "/drafts", json={}).json() for _ in range(2))
    assert (first["changed"], again["changed"], again["revision"]) == (True, False, first["revision"])
    [draft] = api.get("/issues").json()["items"]
    path = f"/issues/{draft['id']}/sign-off"
    signed, repeated = (api.send("POST", path, json={"revision": first["revision"]}) for _ in range(2))
    assert (signed.status_code, repeated.status_code) == (200, 200)
    assert repeated.json() == signed.json()
    other = api.send("POST", path, json={"revision": first["revision"] + 1})
    assert other.status_code in (400, 412), "another revision was never signed off"
    with api.office.ledger.reading() as ledger:
        assert sum("签发" in change.summary for change in changes(ledger, ChangeFilter(subject="issue"))) == 1
        assert len(issues(ledger)) == 1


def test_a_repeat_makes_the_files_that_a_failure_has_left_out(api: ApiDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the refusal says: run again, it adds them."""

    def fails(*_: object) -> bytes:
        raise PdfNotMade(PdfFailure.NOT_LAID_OUT, "没有做成")

    api.desk.hand_in("甲")
    revision = api.send("POST", "/drafts", json={}).json()["revision"]
    [draft] = api.get("/issues").json()["items"]
    path = f"/issues/{draft['id']}/sign-off"
    monkeypatch.setattr("programs.pdf_archival.archival_pdf_of", fails)
    assert api.send("POST", path, json={"revision": revision}).status_code == 400
    monkeypatch.setattr("programs.pdf_archival.archival_pdf_of", lambda *_: b"%PDF-1.7")
    repeated = api.send("POST", path, json={"revision": revision})
    assert (repeated.status_code, repeated.json()["kinds"]) == (200, ["docx", "pdf", "manifest", "draft"])
