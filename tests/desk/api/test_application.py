"""The API is what its description says: every answer to requests made from it has a described status and shape."""

from __future__ import annotations

import contextlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any, Final

import httpx2
import pytest
import schemathesis
from fastapi.openapi.utils import get_openapi
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from desk.api.application import make_api
from tests.support.api import BASE, ApiDriver

OPENAPI: Final = make_api().openapi()
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_it_is_openapi_3_1_with_a_token_for_every_operation(api: ApiDriver) -> None:
    described = api.get(f"{BASE}/openapi.json").json()
    assert described == OPENAPI
    assert described["openapi"].startswith("3.1")
    assert all(operation["security"] for item in described["paths"].values() for operation in item.values())
    assert api.desk.client.get(f"{BASE}/openapi.json").status_code == 401


THERE: Final = {"bulletin": "wuxing", "article": 1, "issue": 1}
"""What the office of the test has; half of the requests are about it, since random ids are about nothing."""


def test_every_answer_is_as_described(api: ApiDriver) -> None:
    api.desk.hand_in("甲", "乙")
    api.send("POST", "/drafts", json={})
    described: Any = schemathesis.openapi.from_dict(OPENAPI)
    operations = [result.ok() for result in described.get_all_operations()]
    statuses: Counter[int] = Counter()

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of([operation.as_strategy() for operation in operations]), st.booleans(), st.booleans())
    def is_as_described(case: Any, about_ours: bool, with_version: bool) -> None:
        if about_ours:
            case.path_parameters = {
                **case.path_parameters,
                **{k: v for k, v in THERE.items() if k in case.path_parameters},
            }
        headers = {"authorization": f"Bearer {api.token}", **({"if-match": '"1"'} if with_version else {})}
        sent = case.as_transport_kwargs(base_url=BASE, headers=headers)
        sent.pop("cookies", None)
        answer = api.desk.client.request(**sent)
        answer.request = httpx2.Request(sent["method"], answer.request.url)  # whose stream of files is read already
        statuses[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    is_as_described()
    assert statuses[200] > 5
    assert statuses[404] > 5


def test_the_first_requests_for_the_description_may_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made once: none meets a description that another thread is still changing."""
    together, made = Barrier(2), []

    def made_when_both_ask(**details: Any) -> dict[str, Any]:
        made.append(details)
        with contextlib.suppress(BrokenBarrierError):  # the other waits for the answer of this one
            together.wait(0.3)
        return get_openapi(**details)

    monkeypatch.setattr("fastapi.applications.get_openapi", made_when_both_ask)
    described = make_api()
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: described.openapi(), range(2)))
    assert (answers, len(made)) == ([OPENAPI] * 2, 1)
