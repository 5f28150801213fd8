"""Which article in the ledger a manuscript replaces, and which ones a letter takes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.outcome import Intent
from intake.relation import ArrivingText, EarlierArticle, replaced_article, withdrawn_articles

TEXT = "全区新建老年食堂十二家，覆盖三个街道，每天为五百多位老人送餐，群众反映良好。"
UNLIKE = "区金融服务中心举办银企对接会，三十家企业当场签约，授信金额四亿元。"
HALF_NEW = TEXT[:20] + UNLIKE[:18]
FIRST = EarlierArticle(1, "区民政局", "mzj@example.org", "老年食堂建设提质扩面", TEXT)
OTHER = EarlierArticle(2, "区民政局", "mzj@example.org", "银企对接会成效明显", UNLIKE)
ARRIVING = ArrivingText("区民政局", "mzj@example.org", "养老服务工作", TEXT, Intent.NEW)


def test_new_text_replaces_nothing_however_alike_it_is() -> None:
    assert replaced_article(ARRIVING, [FIRST, OTHER]) is None


@pytest.mark.parametrize("intent", [Intent.CORRECTION, Intent.FINAL])
def test_correction_replaces_the_article_most_like_it(intent: Intent) -> None:
    assert replaced_article(replace(ARRIVING, intent=intent), [OTHER, FIRST]) == FIRST


def test_correction_that_is_like_no_article_replaces_none() -> None:
    assert replaced_article(replace(ARRIVING, intent=Intent.CORRECTION), [OTHER]) is None


def test_of_articles_equally_alike_the_latest_is_replaced() -> None:
    again = replace(FIRST, id=7)
    assert replaced_article(replace(ARRIVING, intent=Intent.CORRECTION), [again, FIRST]) == again


def test_text_rewritten_by_half_is_a_correction_and_an_answer_needs_more() -> None:
    rewritten = replace(ARRIVING, words=HALF_NEW)
    assert replaced_article(replace(rewritten, intent=Intent.CORRECTION), [FIRST]) == FIRST
    answered = frozenset({1})
    assert replaced_article(replace(rewritten, answered=answered, words=UNLIKE), [FIRST]) is None
    assert replaced_article(replace(ARRIVING, answered=answered), [FIRST]) == FIRST


def test_answer_called_a_correction_replaces_the_answered_text() -> None:
    rewritten = replace(ARRIVING, words=UNLIKE, intent=Intent.CORRECTION, answered=frozenset({1}))
    assert replaced_article(rewritten, [FIRST, OTHER]) == FIRST
    assert replaced_article(replace(rewritten, answered=frozenset({1, 2})), [FIRST, OTHER]) == OTHER


def test_same_title_counts_whatever_became_of_the_text() -> None:
    retitled = replace(ARRIVING, title=FIRST.title, words=UNLIKE * 3, intent=Intent.CORRECTION)
    assert replaced_article(retitled, [FIRST]) == FIRST


@pytest.mark.parametrize(
    ("department", "sender", "is_its_own"),
    [
        ("区民政局", "another@example.org", True),
        ("区教体局", "mzj@example.org", False),
        (None, "mzj@example.org", True),
        (None, "another@example.org", False),
        (None, "", False),
    ],
)
def test_only_what_the_same_department_sent_is_replaced_or_taken_back(
    department: str | None, sender: str, *, is_its_own: bool
) -> None:
    arriving = replace(ARRIVING, department=department, sender=sender, intent=Intent.CORRECTION)
    expected = FIRST if is_its_own else None
    assert replaced_article(arriving, [FIRST]) == expected
    withdrawn = withdrawn_articles(department, sender, [FIRST.title], frozenset(), [FIRST])
    assert withdrawn == ((FIRST,) if is_its_own else ())


def test_withdrawal_means_the_articles_it_names_before_those_it_answers() -> None:
    sender, answered = FIRST.sender, frozenset({2})
    named = withdrawn_articles("区民政局", sender, ["老年食堂建设提质扩面工作"], answered, [FIRST, OTHER])
    assert named == (FIRST,)
    assert withdrawn_articles("区民政局", sender, ["别的稿件"], answered, [FIRST, OTHER]) == (OTHER,)
    assert withdrawn_articles("区民政局", sender, (), frozenset(), [FIRST, OTHER]) == ()


def test_title_with_another_number_is_another_article() -> None:
    first, second = replace(FIRST, title="第101号助老服务动态"), replace(OTHER, title="第102号助老服务动态")
    assert withdrawn_articles("区民政局", "", ["第102号助老服务动态"], frozenset(), [first, second]) == (second,)
    assert withdrawn_articles("区民政局", "", ["第104号助老服务动态"], frozenset(), [first, second]) == ()
