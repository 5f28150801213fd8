"""Routes: how long a form may be, by its route or else by its role."""

from __future__ import annotations

import pytest

from desk.forms import LONGEST_BODY_OF_A_STRANGER
from desk.pages.review import LONGEST_REVIEW
from tests.support.desk import DeskDriver


@pytest.mark.parametrize(
    ("path", "octets", "status"),
    [
        ("/login", LONGEST_BODY_OF_A_STRANGER + 1, 413),
        ("/approve/x", LONGEST_BODY_OF_A_STRANGER + 1, 404),
        ("/approve/x", LONGEST_REVIEW + 1, 413),
    ],
)
def test_a_form_is_as_long_as_its_route_or_else_its_role_allows(
    desk: DeskDriver, path: str, octets: int, status: int
) -> None:
    assert desk.post(path, filler="x" * octets).status_code == status
