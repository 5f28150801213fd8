"""Every answer has the headers; a view may set its own of those that are defaults; other hosts are refused."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from desk.headers import CONTENT_SECURITY_POLICY, HeadersMiddleware, HostMiddleware
from service.office import Office
from settings.model import DeskSettings
from tests.support.desk import at_desk


def plain(_request: object) -> Response:
    return PlainTextResponse("ok")


def own(_request: object) -> Response:
    headers = {"cache-control": "private, max-age=60", "content-security-policy": "default-src 'none'; sandbox"}
    return PlainTextResponse("ok", headers=headers)


def client(office: Office, public_url: str = "http://127.0.0.1:8080") -> TestClient:
    office = at_desk(office, DeskSettings.model_validate({"public_url": public_url}))
    middleware = [Middleware(HeadersMiddleware, office=office), Middleware(HostMiddleware, office=office)]
    app = Starlette(routes=[Route("/plain", plain), Route("/own", own)], middleware=middleware)
    return TestClient(app, base_url=public_url)


@pytest.mark.parametrize("path", ["/plain", "/missing"])
def test_answers_and_errors_have_the_headers(office: Office, path: str) -> None:
    headers = client(office).get(path).headers
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert (headers["content-security-policy"], headers["cache-control"]) == (CONTENT_SECURITY_POLICY, "no-store")
    assert "strict-transport-security" not in headers


def test_a_view_may_set_its_own_policy_and_cache(office: Office) -> None:
    headers = client(office).get("/own").headers
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["cache-control"] == "private, max-age=60"


def test_with_https_browsers_are_told_to_stay_with_it(office: Office) -> None:
    headers = client(office, "https://jianbao.example.org").get("/plain").headers
    assert headers["strict-transport-security"] == "max-age=31536000"


def test_another_host_is_refused_with_the_headers(office: Office) -> None:
    response = client(office).get("/plain", headers={"host": "elsewhere.example"})
    assert (response.status_code, response.headers["x-content-type-options"]) == (400, "nosniff")
