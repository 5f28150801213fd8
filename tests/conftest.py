"""Fixtures shared by the tests of several rooms."""

from __future__ import annotations

from tests.support.legacy import legacy_files as legacy_files
from tests.support.libreoffice import soffice as soffice
