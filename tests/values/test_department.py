"""The register of departments: names as people write them, addresses as they are."""

from __future__ import annotations

import pytest

from values.department import Department, department_called, department_of_sender, names_longest_first

JTJ = Department("区教体局", "章贡区教育体育局", ("区教育局",), ("jtj@example.org", "@jtj.example.org"))
RSJ = Department("区人社局", "章贡区人力资源和社会保障局", (), ("rsj@example.org", "shared@example.org"))
YLJ = Department("区医疗局", "", ("区教体局",), ("shared@example.org", "zhang@jtj.example.org"))
WXB = Department("区“五型”办", "区“五型”政府建设领导小组办公室", (), (" WXB@Example.org ",))
ALL = (JTJ, RSJ, YLJ, WXB)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("区教体局", "区教体局"),
        ("区教育局", "区教体局"),
        ("章贡区教育体育局", "区教体局"),
        ("区　人 社 局", "区人社局"),
        ('区"五型"办', "区“五型”办"),
        ("区「五型」办", "区“五型”办"),
    ],
)
def test_department_is_known_by_each_of_its_names(written: str, name: str) -> None:
    found = department_called(written, ALL)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("written", ["", "  ", "区教体局办公室", "教体局", "区人社"])
def test_text_that_is_no_name_matches_no_department(written: str) -> None:
    assert department_called(written, ALL) is None


def test_canonical_name_wins_over_the_alias_of_another() -> None:
    assert department_called("区教体局", (YLJ, JTJ)) == JTJ


@pytest.mark.parametrize(
    ("address", "owners"),
    [
        ("jtj@example.org", (JTJ,)),
        ("JTJ@EXAMPLE.ORG", (JTJ,)),
        ("wxb@example.org", (WXB,)),
        ("anyone@jtj.example.org", (JTJ,)),
        ("zhang@jtj.example.org", (YLJ,)),
        ("shared@example.org", (RSJ, YLJ)),
        ("jtj@example.org.example.net", ()),
        ("x@sub.jtj.example.org", ()),
        ("x@evil-jtj.example.org", ()),
        ("@jtj.example.org", ()),
        ("jtj.example.org", ()),
        ("", ()),
    ],
)
def test_sender_is_known_by_the_address_and_only_then_by_the_domain(
    address: str, owners: tuple[Department, ...]
) -> None:
    assert department_of_sender(address, ALL) == owners


def test_longer_names_come_before_those_they_begin_with() -> None:
    names = [name for name, _ in names_longest_first((Department("区教"), JTJ))]
    assert names == ["章贡区教育体育局", "区教体局", "区教育局", "区教"]


@pytest.mark.parametrize("listed", ["tougao@水利.例子", "@水利.例子", "Tougao@XN--KCRT84D.xn--fsqu00a"])
@pytest.mark.parametrize("sender", ["tougao@水利.例子", "tougao@xn--kcrt84d.xn--fsqu00a"])
def test_sender_is_the_same_with_its_domain_in_characters_and_in_punycode(listed: str, sender: str) -> None:
    department = Department("区水利局", senders=(listed,))
    assert department_of_sender(sender, [department]) == (department,)
