"""To which address a letter to a department goes: the one that writes for it, and only one that is registered."""

from __future__ import annotations

import pytest

from intake.register import Register
from service.register.unit_address import unit_address
from values.department import Department

REGISTER = Register(
    (
        Department("区民政局", senders=("mzj@example.org", "second@example.org", "@mzj.example.org")),
        Department("区水利局", senders=("@slj.example.org", "noreply@slj.example.org")),
        Department("区档案馆", senders=("office@example.org", "dag@example.org")),
    ),
    frozenset({"office@example.org"}),
    (),
    hold_unknown=True,
)


@pytest.mark.parametrize(
    ("department", "senders", "address"),
    [
        ("区民政局", (), "mzj@example.org"),
        ("区民政局", ("second@example.org", "mzj@example.org"), "second@example.org"),
        ("区民政局", ("li@mzj.example.org",), "li@mzj.example.org"),
        ("区民政局", ("stranger@qq.example",), "mzj@example.org"),
        ("区水利局", (), ""),
        ("区档案馆", (), "dag@example.org"),
        ("区财政局", ("mzj@example.org",), ""),
    ],
)
def test_address_of_a_department(department: str, senders: tuple[str, ...], address: str) -> None:
    assert unit_address(REGISTER, department, senders) == address
