"""Fixtures shared by the tests of several rooms."""

from __future__ import annotations

import os

import pytest

from tests.support.archival_pdf import archival_pdf as archival_pdf
from tests.support.browser import chromium as chromium
from tests.support.browser import tabs as tabs
from tests.support.legacy import legacy_files as legacy_files
from tests.support.libreoffice import soffice as soffice
from tests.support.office_fixtures import captured_logs as captured_logs
from tests.support.office_fixtures import office as office
from tests.support.office_fixtures import office_setup as office_setup
from tests.support.office_fixtures import pool as pool
from tests.support.postgresql import postgresql as postgresql


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests run only with JIANBAO_SLOW=1."""
    if os.environ.get("JIANBAO_SLOW") != "1":
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: set JIANBAO_SLOW=1 to run it"))
