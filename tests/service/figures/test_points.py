"""What printed articles and 批示 score for a department, where an office scores them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from archive.statistics import PrintedCount
from service.figures.points import points_in_words, points_of
from settings.model import PointsSettings

SCHEME = PointsSettings.model_validate({"adopted": 2.5, "notice": 0.5, "endorsed": {"市级": 20}})
SHARED = PointsSettings(joint="share")


def printed(count: int = 1, *, section: str = "", supplement: bool = False, signers: int = 1) -> PrintedCount:
    return PrintedCount("区民政局", section, supplement, count, signers)


@pytest.mark.parametrize(
    ("rows", "scheme", "points"),
    [
        ([printed(3)], SCHEME, "7.5"),
        ([printed(2, section="情况通报")], SCHEME, "1"),
        ([printed(supplement=True)], SCHEME, "10"),
        ([printed(signers=2)], SCHEME, "3"),
        ([printed(supplement=True, signers=2)], SCHEME, "10"),
        ([printed(signers=3)], SHARED, "1.67"),
        ([printed(signers=2, supplement=True)], SHARED, "5"),
        ([], SCHEME, "0"),
    ],
)
def test_articles_score_by_the_kind_of_issue_and_by_their_signers(
    rows: list[PrintedCount], scheme: PointsSettings, points: str
) -> None:
    assert points_in_words(points_of(rows, {}, scheme)) == points


def test_shares_of_one_article_are_its_points_together() -> None:
    shares = [points_of([printed(signers=3)], {}, SHARED) for _ in range(3)]
    assert points_in_words(sum(shares, Decimal(0))) == "5"


def test_endorsement_of_a_level_without_points_scores_nothing() -> None:
    assert points_of([], {"市级": 2, "县级": 5}, SCHEME) == 40
