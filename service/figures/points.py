"""得分: what a department's printed articles and 批示 score, where the office scores them at all ([bulletin.points]).

The rules of 2024 against formalism (整治形式主义为基层减负若干规定) forbid assessing departments by 批示 and by printed
articles, so nothing is scored unless the office writes it into its configuration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from archive.statistics import PrintedCount
from archive.upper_adoptions import UpperCount
from service.figures.commissions import CommissionFigures
from settings.model import BulletinSettings, PointsSettings

_CENT: Final = Decimal("0.01")
"""Scores are shown with up to two decimal places: a third of five points is 1.67."""


def points_of(
    printed: Sequence[PrintedCount],
    endorsed: Mapping[str, int],
    points: PointsSettings,
    upper: Sequence[UpperCount] = (),
    commissions: CommissionFigures | None = None,
) -> Decimal:
    """The points of one department, not rounded.

    endorsed: its 批示 by level. upper: its 上级采用. Levels without a score add nothing. commissions: one that was
    answered in time adds, one that was not answered takes off; None for none.
    """
    score = sum((row.count * _of_an_article(row, points) for row in printed), Decimal(0))
    score += sum((row.count * _of_an_adoption(row, points) for row in upper), Decimal(0))
    score += sum(count * points.endorsed.get(level, Decimal(0)) for level, count in endorsed.items())
    if commissions is not None:
        score += commissions.done * points.commissioned - commissions.missed * points.missed
    return score


def points_in_words(points: Decimal) -> str:
    """12, 1.67, 2.5: at most two decimal places, without zeros at the end."""
    rounded = points.quantize(_CENT, ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".")


def how_points_are_given(bulletin: BulletinSettings) -> str:
    """The scheme as one sentence for the page and the workbook; "" where nothing is scored."""
    points = bulletin.points
    if points is None:
        return ""
    joint = "联合署名的各家均分" if points.joint == "share" else f"联合署名的各得 {points_in_words(points.joint)} 分"
    endorsed = "、".join(f"{level} {points_in_words(score)} 分" for level, score in points.endorsed.items())
    upper = "、".join(f"{level} {points_in_words(score)} 分" for level, score in points.upper.items())
    more = "".join(
        f"；{name}另加：{scores}" for name, scores in (("领导批示", endorsed), ("上级采用", upper)) if scores
    )
    asked = f"约稿按时的一次另加 {points_in_words(points.commissioned)} 分" if points.commissioned else ""
    owed = f"欠稿一次扣 {points_in_words(points.missed)} 分" if points.missed else ""
    if asked or owed:
        more += "；" + "，".join(filter(None, (asked, owed)))
    return (
        f"得分：刊发每篇 {points_in_words(points.adopted)} 分，{joint}，增刊 {points_in_words(points.supplement)} 分，"
        f"通报类栏目 {points_in_words(points.notice)} 分{more}。"
    )


def _of_an_adoption(row: UpperCount, points: PointsSettings) -> Decimal:
    whole = points.upper.get(row.level, Decimal(0))
    return whole / row.signers if points.joint == "share" else whole


def _of_an_article(row: PrintedCount, points: PointsSettings) -> Decimal:
    if row.section:
        whole = points.notice
    elif row.supplement:
        whole = points.supplement
    else:
        whole = points.adopted
    if row.signers == 1:
        return whole
    if points.joint == "share":
        return whole / row.signers
    return whole if row.section or row.supplement else points.joint
