"""The queue of log-ins: in turn, few at once, full for strangers before it is for people of the office."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest

from desk.headers import CONTENT_SECURITY_POLICY
from desk.password_queue import AT_ONCE, PLACES, PasswordQueue
from desk.refusals import TooBusy
from service.office import Office
from tests.support.desk import DeskDriver, serving
from tests.support.people import PASSWORD, with_password

Result = TypeVar("Result")


class Crowd:
    """Requests that hold their turn until `end` is set."""

    def __init__(self) -> None:
        self.queue = PasswordQueue()
        self.end = asyncio.Event()
        self.inside = 0
        self.most_inside = 0
        self.order: list[str] = []

    async def request(self, name: str, *, is_known: bool = False) -> None:
        async with self.queue.turn(is_known=is_known):
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            self.order.append(name)
            await self.end.wait()
            self.inside -= 1


def run(scene: Coroutine[Any, Any, Result]) -> Result:
    """In a thread of its own: a browser of another test may have left a running loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, scene).result()


async def settle() -> None:
    """Lets every task go on until it waits."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_requests_get_their_turn_one_after_the_other() -> None:
    async def scene() -> Crowd:
        crowd = Crowd()
        async with asyncio.TaskGroup() as tasks:
            for name in "abcd":
                tasks.create_task(crowd.request(name))
            await settle()
            assert crowd.inside == AT_ONCE
            crowd.end.set()
        return crowd

    crowd = run(scene())
    assert (crowd.order, crowd.most_inside) == (list("abcd"), AT_ONCE)


def test_queue_full_of_strangers_refuses_them_and_takes_people_of_the_office() -> None:
    async def scene() -> Crowd:
        crowd = Crowd()
        async with asyncio.TaskGroup() as tasks:
            for number in range(AT_ONCE + PLACES):
                tasks.create_task(crowd.request(f"stranger {number}"))
            await settle()
            with pytest.raises(TooBusy, match="请过几秒再试") as refused:
                await crowd.request("one more")
            with pytest.raises(TooBusy):
                crowd.queue.refuse_when_full(is_known=False)
            assert (refused.value.status, refused.value.retry_after) == (429, 5)
            crowd.queue.refuse_when_full(is_known=True)
            tasks.create_task(crowd.request("clerk", is_known=True))
            await settle()
            crowd.end.set()
        return crowd

    assert run(scene()).order[-1] == "clerk"


def test_place_is_free_again_when_a_request_is_cancelled() -> None:
    async def scene() -> None:
        crowd = Crowd()
        tasks = [asyncio.create_task(crowd.request(str(number))) for number in range(AT_ONCE + PLACES)]
        await settle()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        crowd.end.set()
        await crowd.request("next")
        assert crowd.order[-1] == "next"

    run(scene())


def test_crowd_at_the_log_in_is_refused_with_when_to_try_again(office: Office) -> None:
    """Over a real server: more log-ins at once than there are places."""
    with serving(office) as url, ThreadPoolExecutor(3 * PLACES) as threads:
        answers = list(threads.map(lambda number: log_in(url, f"name{number}"), range(3 * PLACES)))
    assert {answer.status for answer in answers} == {403, 429}
    refused = [answer for answer in answers if answer.status == 429]
    assert {answer.headers["retry-after"] for answer in refused} == {"5"}
    assert {answer.headers["content-security-policy"] for answer in refused} == {CONTENT_SECURITY_POLICY}


def test_known_browser_gets_in_while_a_crowd_is_refused(office: Office) -> None:
    desk = DeskDriver(office)
    with_password(desk)
    browser = f"jianbao-browser={known_token(desk)}"
    with serving(office) as url, ThreadPoolExecutor(4 * PLACES) as threads:
        crowd = [threads.submit(log_in, url, f"name{number}") for number in range(4 * PLACES)]
        next(answer for answer in as_completed(crowd) if answer.result().status == 429)
        assert log_in(url, "wang", PASSWORD, browser).status == 303


def known_token(desk: DeskDriver) -> str:
    """What the browser keeps after a log-in."""
    assert desk.post("/login", name="wang", password=PASSWORD).status_code == 303
    return str(desk.client.cookies["jianbao-browser"])


def log_in(url: str, name: str, password: str = "x", cookie: str = "a=b") -> http.client.HTTPResponse:
    """The answer to a log-in of a browser that has this cookie."""
    csrf = "A" * 43
    headers = {
        "Origin": url,
        "Cookie": f"jianbao-csrf={csrf}; {cookie}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=60)
    connection.request("POST", "/login", urlencode({"csrf": csrf, "name": name, "password": password}), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer
