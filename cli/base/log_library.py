"""structlog, imported without rich: 5 MB less for the service, whose log lines are plain.

structlog imports rich where it is installed, to draw tracebacks in a terminal; ours are written by
`structlog.processors.format_exc_info`. Import it from here before any module that imports structlog.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_RICH: Final = "rich"


@contextmanager
def _without_rich() -> Iterator[None]:
    """As if rich were not installed, unless it is loaded already."""
    if _RICH in sys.modules:
        yield
        return
    sys.modules[_RICH] = None  # type: ignore[assignment] # what an import reads as "not there"
    try:
        yield
    finally:
        del sys.modules[_RICH]


with _without_rich():
    import structlog

__all__ = ["structlog"]
