"""One article, many letters: the same again, a later text, an erratum, a withdrawal, a text that is nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from intake.pool import ReadingPool
from service.article.edit import edit_title, restore_revision
from service.issue.assemble import NothingToAssemble
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, office_at
from tests.support.post import CORRECTED, FIRST, TITLE, Post
from tests.support.scenario import PRINTED, installation_of
from values.issue import ArticleStatus


@pytest.fixture
def post(tmp_path: Path, pool: ReadingPool) -> Iterator[Post]:
    home = installation_of(PRINTED, tmp_path)
    with office_at(home.config, datetime(2022, 11, 8, 16, tzinfo=SHANGHAI)) as office:
        yield Post(office, pool, tmp_path)


def messages_of(article: dict[str, Any], rule: str) -> list[str]:
    return [finding["message"] for finding in article["findings"] if finding["rule"] == rule]


@pytest.mark.parametrize(
    ("subject", "name", "text"),
    [
        ("更正：就业政策稿件", "稿件.docx", "请查收。"),
        ("投稿", "稿件（修改稿）.docx", "请查收。"),
        ("投稿", "稿件.docx", "数字有误，以此稿为准，前稿作废。"),
    ],
)
def test_a_correction_is_the_next_revision_of_its_article(post: Post, subject: str, name: str, text: str) -> None:
    first = post.send(*FIRST)
    again = post.send(*CORRECTED, subject=subject, name=name, text=text)
    [article] = post.articles()
    assert first["articles"] == again["articles"] == [article["id"]]
    assert (article["revision"], article["source"]["sha256"]) == (2, again["sha256"])
    assert "4921.5" in article["text"]
    assert (again["verdict"], "第 2 稿" in again["reason"]) == ("article", True)
    assert broken_promises(post.office.data_dir) == []


def test_a_correction_over_an_edited_text_reports_it_and_the_edited_text_can_come_back(post: Post) -> None:
    post.send(*FIRST)
    edit_title(post.office, 1, "编辑定的标题", "li", seen=None)
    row = post.send(*CORRECTED, subject="更正")
    [article] = post.articles()
    assert (article["revision"], article["title"]) == (3, TITLE)
    [message] = messages_of(article, "corrected-over-edit")
    assert "第 2 稿由 li 改过" in message
    assert "编辑改过的一稿也在" in row["reason"]
    post.send(*CORRECTED, "另外补充一段内容，说明后续安排。", subject="再更正")
    [article] = post.articles()
    assert (article["revision"], messages_of(article, "corrected-over-edit")) == (4, [message])
    restored = restore_revision(post.office, 1, 2, "li", seen=None)
    assert (restored.manuscript.title, restored.revision) == ("编辑定的标题", 5)
    assert "corrected-over-edit" not in [finding.rule.name for finding in restored.findings]
    assert broken_promises(post.office.data_dir) == []


def test_a_correction_over_a_text_that_was_edited_back_says_nothing(post: Post) -> None:
    post.send(*FIRST)
    edit_title(post.office, 1, "编辑定的标题", "li", seen=None)
    restore_revision(post.office, 1, 1, "li", seen=None)
    post.send(*CORRECTED, subject="更正")
    [article] = post.articles()
    assert (article["revision"], messages_of(article, "corrected-over-edit")) == (4, [])


def test_reading_a_letter_again_leaves_an_edited_text_alone(post: Post) -> None:
    row = post.send(*FIRST)
    edit_title(post.office, 1, "编辑定的标题", "li", seen=None)
    again = post.read_again(row["sha256"], CORRECTED)
    [article] = post.articles()
    assert (article["revision"], article["title"]) == (2, "编辑定的标题")
    assert "有编辑 li 的修改，没有换成重读的内容" in again["reason"]
    assert post.read_again(row["sha256"], FIRST)["reason"].endswith("已成稿")
    assert broken_promises(post.office.data_dir) == []


def test_an_answer_with_a_later_text_is_a_revision_though_it_does_not_say_so(post: Post) -> None:
    post.send(*FIRST)
    post.send(*CORRECTED, subject="回复：投稿", header="In-Reply-To: <1@example.org>\r\n")
    [article] = post.articles()
    assert article["revision"] == 2


def test_an_answer_with_another_article_is_an_article_of_its_own(post: Post) -> None:
    post.send(*FIRST)
    other = ["全区养老服务设施建设提速，新建社区食堂 12 个，改造适老化家庭 300 户，老年人满意度稳步提升。"] * 3
    post.send(*other, title="居家社区养老提质扩面", header="References: <1@example.org>\r\n")
    assert [article["revision"] for article in post.articles()] == [1, 1]


def test_a_correction_of_another_department_never_replaces_an_article(post: Post) -> None:
    post.send(*FIRST)
    post.send(*CORRECTED, subject="更正", sender="mzj@example.org", header="In-Reply-To: <1@example.org>\r\n")
    first, second = post.articles()
    assert (first["revision"], "4912.5" in first["text"]) == (1, True)
    assert messages_of(second, "correction-unmatched")
    [near] = messages_of(second, "near-duplicate")
    assert "稿件 1" in near


def test_a_forged_correction_waits_beside_the_article_it_would_replace(post: Post) -> None:
    post.send(*FIRST)
    forged = post.send(*CORRECTED, subject="更正", sender='"rsj@example.org" <rsj@examp1e.org>')
    assert forged["verdict"] == "unconfirmed"
    assert [article["revision"] for article in post.articles()] == [1, 1]


def test_a_correction_that_finds_nothing_to_correct_reports_it(post: Post) -> None:
    row = post.send(*FIRST, subject="更正稿")
    [article] = post.articles()
    assert messages_of(article, "correction-unmatched") == [
        "来信说是修改稿或更正，但没有找到它要替换的稿件，按新稿处理。"
    ]
    assert "没有找到它要替换的稿件" in row["reason"]


def test_a_file_called_the_last_text_replaces_one_that_is_like_it_and_is_an_ordinary_article_otherwise(
    post: Post,
) -> None:
    row = post.send(*FIRST, name="就业稿件（定稿）.docx")
    assert (row["verdict"], "没有找到" in row["reason"]) == ("article", False)
    post.send(*CORRECTED, name="就业稿件（终稿）.docx")
    [article] = post.articles()
    assert article["revision"] == 2


def test_a_correction_of_an_article_sent_back_puts_it_up_for_review_again(post: Post) -> None:
    post.send(*FIRST)
    post.decide(1, ArticleStatus.RETURNED)
    post.send(*CORRECTED, subject="修改稿", header=post.answer_header())
    [article] = post.articles()
    assert (article["status"], article["revision"]) == ("draft", 2)


def test_a_correction_of_a_printed_article_is_held_as_an_erratum_and_the_printed_one_stays(post: Post) -> None:
    post.send(*FIRST)
    post.print_issue()
    row = post.send(*CORRECTED, subject="更正")
    printed, erratum = post.articles()
    assert (printed["status"], printed["revision"]) == ("published", 1)
    assert erratum["status"] == "held"
    assert "已刊于第70期的稿件 1" in messages_of(erratum, "erratum")[0]
    assert erratum["corrects"] == 1
    assert (row["verdict"], row["articles"]) == ("flagged", [erratum["id"]])
    assert broken_promises(post.office.data_dir) == []


def test_nearly_the_same_text_is_reported_with_the_places_where_the_two_differ(post: Post) -> None:
    post.send(*FIRST)
    row = post.send(*CORRECTED, title="就业惠企政策加速兑现")
    _, article = post.articles()
    [finding] = [finding for finding in article["findings"] if finding["rule"] == "near-duplicate"]
    assert f"稿件 1《{TITLE}》（区人社局）" in finding["message"]
    assert "4912.5" in finding["suggestion"]
    assert "4921.5" in finding["suggestion"]
    assert "相似" in row["reason"]


def test_a_near_duplicate_of_a_printed_article_names_the_issue(post: Post) -> None:
    post.send(*FIRST)
    post.print_issue()
    post.send(*CORRECTED, title="就业惠企政策加速兑现")
    _, article = post.articles()
    assert "已刊于第70期" in messages_of(article, "near-duplicate")[0]


def test_the_first_text_sent_once_more_after_its_correction_is_a_duplicate(post: Post) -> None:
    post.send(*FIRST)
    post.send(*CORRECTED, subject="更正")
    assert post.send(*FIRST)["verdict"] == "duplicate"
    [article] = post.articles()
    assert (article["revision"], "4921.5" in article["text"]) == (2, True)


@pytest.mark.parametrize(
    ("text", "header"),
    [(f"因数据有误，申请撤回《{TITLE}》一稿。", ""), ("请勿刊发，谢谢。", "In-Reply-To: <1@example.org>\r\n")],
)
def test_an_article_taken_back_is_held_until_the_editor_decides(post: Post, text: str, header: str) -> None:
    post.send(*FIRST)
    row = post.send(subject="撤稿申请", text=text, header=header + post.answer_header())
    [article] = post.articles()
    assert (article["status"], row["verdict"], row["articles"]) == ("held", "flagged", [1])
    assert row["reason"] == f"区人社局来信要求撤稿；稿件 1《{TITLE}》已先改为留用，不会编入简报；请编辑定夺"
    with pytest.raises(NothingToAssemble):
        post.print_issue()


def test_nobody_takes_back_the_article_of_another(post: Post) -> None:
    post.send(*FIRST)
    row = post.send(subject="撤稿", text=f"撤回《{TITLE}》", sender="mzj@example.org")
    assert (row["verdict"], "没有找到所指的稿件" in row["reason"]) == ("flagged", True)
    stranger = post.send(subject="撤稿", text=f"撤回《{TITLE}》", sender="someone@qq.com")
    assert stranger["verdict"] == "quarantined"
    assert [article["status"] for article in post.articles()] == ["draft"]


def test_a_printed_article_is_not_taken_back(post: Post) -> None:
    post.send(*FIRST)
    post.print_issue()
    row = post.send(subject="撤稿", text=f"撤回《{TITLE}》")
    assert "现为“已刊发”，没有改动" in row["reason"]
    assert [article["status"] for article in post.articles()] == ["published"]
