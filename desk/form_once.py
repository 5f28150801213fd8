"""Forms that add something are followed once: a double click, a reload or a request sent again adds nothing more.

The page gives each such form a number (`form_id`). The ledger keeps a digest of the number and of what was typed:
whoever goes back to the page and types something else sends another form. Two requests at once wait for each other.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Final
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response

from archive.form_uses import FormUse, claim_form, record_form_answer, release_form
from desk.forms import Form
from desk.guard import CSRF_FIELD, SECRET_FIELDS
from desk.page import back_to, office_of
from service.office import Office
from values.errors import BadUsage, Changed, StorageFailed

FORM_ID: Final = "form_id"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_BYTES: Final = 16
"""Random bytes of a number: no two pages give the same."""
_LEFT_OUT: Final = frozenset({CSRF_FIELD, *SECRET_FIELDS})
"""Fields of which nothing is kept: the token differs each time, and no digest is made of a password."""
_DONE_BEFORE: Final = "这张表单已经提交过一次，没有重复去做。"
_INTERRUPTED: Final = (
    "这张表单提交过一次，做的时候服务中断了，不知道做完没有。请先看看有没有，没有的，刷新页面再填一次。"
)


def new_form_id() -> str:
    """A number for a form."""
    return secrets.token_urlsafe(_BYTES)


class FormsInHand:
    """The forms that are being followed: the same one waits until the first is done."""

    def __init__(self) -> None:
        self._access = threading.Lock()
        self._turns: WeakValueDictionary[str, threading.Lock] = WeakValueDictionary()

    @contextmanager
    def turn(self, digest: str) -> Iterator[None]:
        """Waits for the request that sends the same form."""
        with self._access:
            lock = self._turns.get(digest)
            if lock is None:
                lock = self._turns[digest] = threading.Lock()
        with lock:
            yield


_in_hand: Final = FormsInHand()


def followed_once(view: Callable[[Request, Form], Response]) -> Callable[[Request, Form], Response]:
    """The view, called once for each form. It raises BadUsage for a form without a number, and Changed for one whose
    first use was interrupted. A form that is refused may be sent again."""

    @wraps(view)
    def once(request: Request, form: Form) -> Response:
        office, digest = office_of(request), _digest_of(request, form)
        with _in_hand.turn(digest):
            with office.ledger.writing() as ledger:
                earlier = claim_form(ledger, digest, at=office.now())
            if earlier is not None:
                return _answer_again(request, earlier)
            try:
                response = view(request, form)
            except BaseException:
                _release(office, digest)
                raise
            if response.status_code >= 400:
                _release(office, digest)
                return response
            page = response.headers.get("location") or response.headers.get("hx-redirect", "")
            with office.ledger.writing() as ledger:
                record_form_answer(ledger, digest, page)
            return response

    return once


def _digest_of(request: Request, form: Form) -> str:
    if not _ID.fullmatch(form.raw(FORM_ID)):
        raise BadUsage("表单不完整，没有保存。请刷新页面，再填一次。")
    digest = hashlib.sha256(repr(request.url.path).encode())
    for name in sorted(form.fields.keys() - _LEFT_OUT):
        digest.update(repr((name, list(form.fields[name]))).encode())
    for name in sorted(form.files):
        for file in form.files[name]:
            digest.update(repr((name, file.name, hashlib.sha256(file.data).hexdigest())).encode())
    return digest.hexdigest()


def _answer_again(request: Request, earlier: FormUse) -> Response:
    if earlier.answer is None:
        raise Changed(_INTERRUPTED)
    return back_to(request, earlier.answer or request.url.path, _DONE_BEFORE)


def _release(office: Office, digest: str) -> None:
    """A full disk, for which the form was refused, keeps its number as well: then the answer says so once more."""
    with suppress(StorageFailed), office.ledger.writing() as ledger:
        release_form(ledger, digest)
