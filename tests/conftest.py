"""Fixtures shared by the tests of several rooms."""

from __future__ import annotations

import os

import pytest

from tests.support.browser import chromium as chromium
from tests.support.browser import tabs as tabs
from tests.support.legacy import legacy_files as legacy_files
from tests.support.libreoffice import soffice as soffice


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests are for whoever asks for them."""
    if os.environ.get("JIANBAO_SLOW") != "1":
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: set JIANBAO_SLOW=1 to run it"))
