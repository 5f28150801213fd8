"""The office and its data directory."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.office import open_office
from settings.load import load_settings
from tests.support.ledger_rows import AT
from tests.support.offices import SHANGHAI, Clock, bulletin, config, office_at, write_config
from values.errors import BadUsage


def test_the_only_bulletin_needs_no_name_and_of_two_one_must_be_named(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "one"), AT) as office:
        assert office.bulletin(None).id == office.bulletin("wuxing").id == "wuxing"
        with pytest.raises(BadUsage, match="没有刊物 other；配置中有：wuxing。"):
            office.bulletin("other")
    with office_at(write_config(tmp_path / "two", config(bulletin("first"), bulletin("second"))), AT) as office:
        assert office.bulletin("second").id == "second"
        with pytest.raises(BadUsage, match="配置了多个刊物（first、second）"):
            office.bulletin(None)


def test_local_times_are_those_of_the_configured_zone(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path), AT) as office:
        moment = office.local(datetime(2022, 11, 8, 16, 30, tzinfo=UTC))
    assert (moment.isoformat(), str(moment.tzinfo)) == ("2022-11-09T00:30:00+08:00", str(SHANGHAI))


def test_an_office_opens_in_a_directory_that_does_not_exist_yet(tmp_path: Path) -> None:
    with open_office(load_settings(write_config(tmp_path)), Clock(AT), {"PATH": ""}) as office:
        assert (office.data_dir / "jianbao.sqlite3").is_file()
        assert office.soffice is None


def test_a_store_that_this_version_does_not_have_is_bad_usage(tmp_path: Path) -> None:
    settings = load_settings(write_config(tmp_path, f'[service]\nraw_store = "s3://bucket/x"\n{bulletin()}'))
    with pytest.raises(BadUsage, match="只把来信原件存在本机"), open_office(settings, Clock(AT), {}):
        pass
    assert not (tmp_path / "data").exists()
