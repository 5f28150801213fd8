"""The departments of joint work as one text of the ledger."""

from __future__ import annotations

import pytest

from archive.joint_departments import departments_of, stored


@pytest.mark.parametrize(
    ("department", "signers", "credited"),
    [
        ("区民政局", ("区民政局", "区教体局"), ("区民政局", "区教体局")),
        ("区教体局", ("区民政局", "区教体局"), ("区民政局", "区教体局")),
        ("区民政局", ("区民政局",), ("区民政局",)),
        ("区人社局", ("区民政局", "区教体局"), ("区人社局",)),
        ("区民政局", (), ("区民政局",)),
        (None, (), ()),
    ],
)
def test_departments_come_back_in_their_order(
    department: str | None, signers: tuple[str, ...], credited: tuple[str, ...]
) -> None:
    assert departments_of(department, stored(signers)) == credited
