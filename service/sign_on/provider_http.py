"""Requests to the provider: TLS with the office's authorities, no redirects, answers of limited size and time."""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from service.sign_on.failures import SignOnFailed, SignOnFailure
from values.network import is_loopback

_SECONDS: Final = 10.0
"""For each read; a person waits for three requests at most."""
_LARGEST: Final = 1_000_000
"""Octets of an answer: key sets of large providers have some ten thousand."""


def is_allowed_url(url: str) -> bool:
    """Whether it is https, or http on this machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host or "")))


def get_document(url: str, ca_file: Path | None, *, bearer: str = "") -> dict[str, Any]:
    """The JSON object at that address. bearer: an access token, "" for none. Raises SignOnFailed (UNAVAILABLE)."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    status, document = _request("GET", url, ca_file, headers)
    if status != 200:
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, f"{_without_query(url)} answers {status}")
    return document


def post_form(
    url: str, fields: Mapping[str, str], ca_file: Path | None, *, authorization: str = ""
) -> tuple[int, dict[str, Any]]:
    """The status and the JSON object by which a form is answered. Raises SignOnFailed (UNAVAILABLE)."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if authorization:
        headers["Authorization"] = authorization
    return _request("POST", url, ca_file, headers, urlencode(fields))


def _request(
    method: str, url: str, ca_file: Path | None, headers: Mapping[str, str], body: str | None = None
) -> tuple[int, dict[str, Any]]:
    if not is_allowed_url(url):
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, f"{_without_query(url)} is not https")
    parts = urlsplit(url)
    host, path = parts.hostname or "", (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection: HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        if ca_file is not None:
            context.load_verify_locations(ca_file)
        connection = HTTPSConnection(host, parts.port, timeout=_SECONDS, context=context)
    else:
        connection = HTTPConnection(host, parts.port, timeout=_SECONDS)
    try:
        connection.request(method, path, body, {"Accept": "application/json", **headers})
        with connection.getresponse() as answer:
            data = answer.read(_LARGEST + 1)
    except (OSError, HTTPException) as error:
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, f"{_without_query(url)}: {type(error).__name__}") from error
    finally:
        connection.close()
    return answer.status, _document(data, url)


def _document(data: bytes, url: str) -> dict[str, Any]:
    try:
        document = json.loads(data) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise SignOnFailed(SignOnFailure.UNAVAILABLE, f"{_without_query(url)} gives no JSON object")
    return document


def _without_query(url: str) -> str:
    return url.partition("?")[0]
