"""Configuration and password: both are written, or neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.installing.write import write_configuration
from values.errors import BadUsage, StorageFailed


def test_password_does_not_stay_where_the_configuration_could_not_be_written(tmp_path: Path) -> None:
    config, password = tmp_path / "config.toml", tmp_path / "secret" / "imap-password"
    config.write_text("kept")
    with pytest.raises(BadUsage, match="已经有了"):
        write_configuration(config, "new", password, "p")
    assert (config.read_text(), password.exists()) == ("kept", False)
    with pytest.raises(StorageFailed):
        write_configuration(config / "below", "new", password, "p")
    assert not password.exists()
