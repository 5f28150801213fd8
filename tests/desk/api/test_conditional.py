"""Entity tags: what a caller has already is not sent again."""

from __future__ import annotations

import pytest

from tests.support.api import ApiDriver


@pytest.mark.parametrize(
    "path", ["/articles", "/articles/1", "/next-issue", "/statistics?first=2022-11-01&last=2022-11-30"]
)
def test_unchanged_content_is_not_sent_again_and_changed_content_is(api: ApiDriver, path: str) -> None:
    [article] = api.desk.hand_in("甲")
    tag = api.get(path).headers["etag"]
    again = api.get(path, **{"if-none-match": f'W/"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    seen = api.get(f"/articles/{article}").headers["etag"]
    rejected = {"status": "rejected", "note": "与上期重复"}
    assert api.send("POST", f"/articles/{article}/decision", headers={"if-match": seen}, json=rejected).is_success
    assert api.get(path, **{"if-none-match": tag}).status_code == 200


def test_a_refusal_has_no_tag(api: ApiDriver) -> None:
    assert "etag" not in api.get("/articles/9").headers
