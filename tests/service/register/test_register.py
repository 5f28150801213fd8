"""The register: config.toml's departments as they were changed at the desk, with the addresses that were learned."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive import senders
from archive.departments import write_department
from service.office import Office
from service.register.register import (
    active_departments,
    all_departments,
    department_named,
    department_names,
    register_of,
    registered_in,
)
from settings.model import BulletinSettings
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config
from values.department import Department
from values.errors import BadUsage

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
EDUCATION = """
[[bulletin.department]]
name = "区教体局"
full_name = "章贡区教育体育局"
aliases = ["区教育局"]
senders = ["@jtj.example.org"]
"""
CONFIGURED = (
    Department("区民政局", position=0),
    Department("区教体局", "章贡区教育体育局", ("区教育局",), ("@jtj.example.org",), position=1),
)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + EDUCATION), TUESDAY)


@pytest.fixture
def settings(office: Office) -> BulletinSettings:
    return office.bulletin(None)


def write(office: Office, *departments: Department) -> None:
    with office.ledger.writing() as ledger:
        for department in departments:
            write_department(ledger, BULLETIN, department)


def names(office: Office, settings: BulletinSettings) -> list[str]:
    with office.ledger.reading() as ledger:
        return [department.name for department in all_departments(ledger, settings)]


def test_without_changes_the_register_is_that_of_the_configuration(office: Office, settings: BulletinSettings) -> None:
    with office.ledger.reading() as ledger:
        assert settings.departments == CONFIGURED
        assert all_departments(ledger, settings) == CONFIGURED
        assert active_departments(ledger, settings) == CONFIGURED
        assert department_names(ledger, settings) == ("区民政局", "区教体局")


def test_department_of_the_desk_replaces_that_of_its_name_and_of_its_aliases(
    office: Office, settings: BulletinSettings
) -> None:
    write(office, Department("区教育体育局", aliases=("区教体局",), position=5), Department("区 民政局", position=2))
    assert names(office, settings) == ["区 民政局", "区教育体育局"]


def test_retired_department_is_listed_and_not_active(office: Office, settings: BulletinSettings) -> None:
    write(office, Department("区民政局", retired=True))
    assert names(office, settings) == ["区民政局", "区教体局"]
    with office.ledger.reading() as ledger:
        assert department_names(ledger, settings) == ("区教体局",)


def test_retired_department_gives_its_aliases_back(office: Office, settings: BulletinSettings) -> None:
    write(office, Department("区教育体育局", aliases=("区教体局",), position=5, retired=True))
    assert names(office, settings) == ["区民政局", "区教体局", "区教育体育局"]


def test_letters_are_read_with_learned_addresses_too(office: Office, settings: BulletinSettings) -> None:
    with office.ledger.writing() as ledger:
        senders.learn(ledger, BULLETIN, "new@qq.example.com", "区民政局", who="王编辑", at=AT)
        senders.learn(ledger, "xinxi", "other@qq.example.com", "区民政局", who="王编辑", at=AT)
        register = register_of(office, ledger, settings)
        assert active_departments(ledger, settings) == CONFIGURED
    assert [department.senders for department in register.departments] == [
        ("new@qq.example.com",),
        ("@jtj.example.org",),
    ]
    is_registered = registered_in(office, settings)
    addresses = ("new@qq.example.com", "wang@jtj.example.org", "other@qq.example.com")
    assert [is_registered(address) for address in addresses] == [True, True, False]


@pytest.mark.parametrize("name", ["区教体局", "章贡区教育体育局", " 区教育局 "])
def test_department_is_named_by_any_of_its_names(office: Office, settings: BulletinSettings, name: str) -> None:
    with office.ledger.reading() as ledger:
        assert department_named(office, ledger, settings, name).name == "区教体局"


def test_unknown_name_is_refused_with_the_names_of_the_register(office: Office, settings: BulletinSettings) -> None:
    with (
        office.ledger.reading() as ledger,
        pytest.raises(BadUsage, match="名录里没有“沙石镇”。名录中有：区民政局、区教体局"),
    ):
        department_named(office, ledger, settings, "沙石镇")
