"""Articles at the API."""

from __future__ import annotations

from sqlalchemy import event

from archive.articles import article_named
from archive.decisions import decisions_of
from service.shapes.articles import article_rows
from tests.support.api import ApiDriver
from values.issue import ArticleStatus


def test_articles_are_read_as_the_command_line_shows_them_with_their_versions(api: ApiDriver) -> None:
    api.desk.hand_in("甲", "乙")
    answer = api.get("/articles")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    items = answer.json()["items"]
    assert [item["title"] for item in items] == ["乙", "甲"]
    [row] = [item for item in items if item["title"] == "甲"]
    with api.office.ledger.reading() as ledger:
        record = article_named(ledger, row["id"])
    assert {key: row[key] for key in row if key != "version"} == article_rows(api.office, [record])[0]
    assert api.get(f"/articles/{row['id']}").headers["etag"].startswith(f'"{row["version"]}.')


def test_pages_lead_to_all_articles_once(api: ApiDriver) -> None:
    ids = api.desk.hand_in(*"甲乙丙丁戊")
    read, path = [], "/articles?limit=2&status=draft"
    while path:
        page = api.get(path).json()
        read += [item["id"] for item in page["items"]]
        path = page["next"]
    assert read == ids[::-1]


def test_a_decision_names_the_version_and_is_recorded_with_person_and_system(api: ApiDriver) -> None:
    [article] = api.desk.hand_in("甲")
    version = api.get(f"/articles/{article}").json()["version"]
    decided = api.change("POST", f"/articles/{article}/decision", {"status": "held", "note": "下期用"}, version=version)
    assert (decided.status_code, decided.json()["status"]) == (200, "held")
    assert decided.json()["version"] == version + 1
    with api.office.ledger.reading() as ledger:
        assert decisions_of(ledger, article)[-1].who == "王编辑（OA）"


def test_a_change_of_what_was_not_seen_is_refused_and_changes_nothing(api: ApiDriver) -> None:
    [article] = api.desk.hand_in("甲")
    path, wanted = f"/articles/{article}/decision", {"status": ArticleStatus.REJECTED.value}
    for version, status in ((None, 428), (0, 412), (99, 412)):
        answer = api.change("POST", path, wanted, version=version)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert api.send("POST", path, headers={"if-match": "*"}, json=wanted).status_code == 412
    assert api.get(f"/articles/{article}").json()["status"] == "draft"


def test_an_article_is_placed_in_a_section_before_another_and_into_a_supplement(api: ApiDriver) -> None:
    first, second = api.desk.hand_in("甲", "乙")
    place = f"/articles/{second}/placement"
    assert api.change("POST", place, {"before": first}, version=1).status_code == 200
    sections = api.get("/next-issue").json()["sections"]
    assert [section["articles"] for section in sections if section["name"] == ""] == [[second, first]]
    version = api.get(f"/articles/{second}").json()["version"]
    assert api.change("POST", place, {"section": "情况通报"}, version=version).json()["section"] == "情况通报"
    version = api.get(f"/articles/{second}").json()["version"]
    moved = api.change("POST", place, {"supplement": True}, version=version)
    assert (moved.status_code, moved.json()["for_supplement"]) == (200, True)
    both = api.change("POST", place, {"supplement": False, "place": "first"}, version=moved.json()["version"])
    assert both.status_code == 400


def test_articles_are_filtered(api: ApiDriver) -> None:
    first, second = api.desk.hand_in("甲", "乙")
    api.change("POST", f"/articles/{first}/decision", {"status": "held"}, version=1)
    assert [item["id"] for item in api.get("/articles?status=held").json()["items"]] == [first]
    assert [item["id"] for item in api.get("/articles?status=draft").json()["items"]] == [second]
    received = api.get(f"/articles/{first}").json()["received_at"].replace("+", "%2B")
    assert len(api.get(f"/articles?received_from={received}").json()["items"]) == 2
    assert api.get("/articles?received_from=2099-01-01T00:00:00Z").json()["items"] == []
    department = api.get(f"/articles/{first}").json()["department"]
    assert len(api.get(f"/articles?department={department}").json()["items"]) == 2
    assert api.get("/articles?department=区教体局x").json()["items"] == []


def test_a_page_of_many_articles_asks_the_ledger_as_often_as_a_page_of_few(api: ApiDriver) -> None:
    """What is asked for each article by itself takes ten times as long after three years."""
    asked: list[str] = []
    api.get("/articles")  # the first use of the token is recorded

    @event.listens_for(api.office.ledger.engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    counts = []
    for names in ("甲", "乙丙丁戊己"):
        api.desk.hand_in(*names)
        asked.clear()
        assert api.get("/articles").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
