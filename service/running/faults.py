"""What nobody foresaw, turned into an error that a job handles like the others: logged, alarmed, tried again later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from values.errors import JianbaoError

_log = structlog.get_logger(__name__)


class UnexpectedFault(JianbaoError):
    """A job failed in a way that nobody foresaw."""


@contextmanager
def unexpected_faults(work: str) -> Iterator[None]:
    """Turns every exception that is no JianbaoError into UnexpectedFault. work: what the job does, in Chinese.

    The sentence names only the kind of the exception: its text may be a letter's. The log has it with its traceback.
    """
    try:
        yield
    except JianbaoError:
        raise
    except Exception as error:
        _log.exception("job failed unexpectedly", work=work)
        raise UnexpectedFault(
            f"{work}时程序出错（{type(error).__name__}）。程序会隔一会儿再试，来信不会丢失。一直这样，请重启服务；"
            "仍不行，请把服务日志里的这一段交给程序的维护者。"
        ) from error
