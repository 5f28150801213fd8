"""The service does not start where it could not do its work."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.running.starting import refuse_to_start
from tests.support.ledger_rows import AT
from tests.support.offices import TEMPLATE, bulletin, config, office_at, write_config
from values.errors import BadUsage


def test_office_with_template_in_a_private_directory_may_start(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path), AT) as office:
        refuse_to_start(office)


@pytest.mark.parametrize("content", [None, b"no docx", b""], ids=["missing", "no .docx", "empty"])
def test_each_template_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    broken = tmp_path / "broken.docx"
    if content is not None:
        broken.write_bytes(content)
    second = bulletin("second").replace(str(TEMPLATE), str(broken))
    third = bulletin("third").replace(str(TEMPLATE), str(broken))
    with (
        office_at(write_config(tmp_path, config(bulletin("first"), second, third)), AT) as office,
        pytest.raises(BadUsage) as refusal,
    ):
        refuse_to_start(office)
    lines = str(refusal.value).splitlines()
    assert [line.split()[1] for line in lines] == ["second", "third"]
    assert all(str(broken) in line for line in lines)


def test_open_data_directory_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path), AT) as office:
        office.data_dir.chmod(0o755)
        with pytest.raises(BadUsage, match=f"chmod 700 {office.data_dir}"):
            refuse_to_start(office)
