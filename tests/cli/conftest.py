"""The command line on the test's office."""

from __future__ import annotations

import pytest

from service.office import Office
from tests.support.command_line import CommandLine, command_line_of


@pytest.fixture
def command_line(office: Office) -> CommandLine:
    return command_line_of(office)
