"""A real OpenID Connect provider in a process of its own, and a person who logs in there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2

from tests.support.desk import DeskDriver
from tests.support.running import free_port

PATIENCE: Final = 20.0
"""Seconds until the provider must answer."""
PEOPLE: Final[tuple[Mapping[str, object], ...]] = (
    {"sub": "s-editor", "preferred_username": "wang", "name": "王编辑", "groups": ["简报编辑", "全体"]},
    {"sub": "s-admin", "preferred_username": "zhao", "name": "赵管理", "groups": ["简报管理", "简报编辑"]},
    {"sub": "s-nobody", "preferred_username": "admin", "name": "某人", "groups": ["全体"]},
    {"sub": "s-strange", "preferred_username": "../ <b>", "name": "x\ny", "groups": "简报编辑"},
)


@contextmanager
def provider_process() -> Iterator[str]:
    """The issuer of a provider that knows PEOPLE."""
    port = free_port()
    people = [argument for person in PEOPLE for argument in ("--user-claims", json.dumps(person))]
    # Warnings of its own are not ours: it uses a module of Authlib that is deprecated.
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/jwks", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            httpx2.get(url)
            return
        except httpx2.TransportError:
            assert process.poll() is None, "the provider has ended"
            assert time.monotonic() < until, "the provider does not answer"
            time.sleep(0.05)


def path_back(location: str, subject: str, *, action: str = "") -> str:
    """Logs in at the provider as the person of that subject; the path by which the browser comes back to the desk."""
    form = {"sub": subject} | ({"action": action} if action else {})
    answer = httpx2.post(location, data=form, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def sign_on(desk: DeskDriver, subject: str, next_path: str = "/") -> Any:
    """The whole way of a browser; the desk's last answer."""
    start = desk.client.get("/login/oidc", params={"next": next_path})
    return desk.get(path_back(start.headers["location"], subject))
