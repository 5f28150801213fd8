"""What becomes of a test whose program is not installed."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def not_installed(name: str) -> NoReturn:
    """Skips the test, or the module of tests whose top calls this; in CI they fail."""
    reason = f"{name} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)
