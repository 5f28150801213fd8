"""A letter that only looks like a department's: it becomes no article of that department, is not answered, and changes
nothing, whatever the mail server says about the domain that really sent it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from intake.pool import ReadingPool
from intake.reading import head_of
from service.register.register import register_of
from tests.support.desk import DeskDriver
from tests.support.offices import SHANGHAI, office_at
from tests.support.post import CORRECTED, FIRST, TITLE, Post
from tests.support.scenario import PRINTED, installation_of
from values.errors import BadUsage
from values.issue import ArticleStatus

SERVER = "mx.office.example"
GENUINE = "rsj@example.org"
FORGED = {
    "a comment": f"(x <{GENUINE}>) evil@evil.com",
    "a comment behind": f"evil@evil.com (x <{GENUINE}>)",
    "a quoted local part": f'"{GENUINE}"@evil.com',
    "a quoted name without brackets": f'"x <{GENUINE}>" evil@evil.com',
    "two at signs": f"{GENUINE}@evil.com",
    "an address as name": f"{GENUINE} <evil@evil.com>",
    "two addresses in brackets": f"<{GENUINE}> <evil@evil.com>",
    "two mailboxes": f"{GENUINE}, evil@evil.com",
    "two fields": f"{GENUINE}\r\nFrom: evil@evil.com",
    "a group": f"x: {GENUINE};",
    "a quoted name": f'"{GENUINE}" <evil@evil.com>',
    "an encoded name": "=?utf-8?B?PHJzakBleGFtcGxlLm9yZz4=?= <evil@evil.com>",
}
RESULTS = {
    "no result": "",
    "dmarc passed for the forger": f"Authentication-Results: {SERVER}; dmarc=pass header.from=evil.com\r\n",
    "dkim passed for the forger": f"Authentication-Results: {SERVER}; dkim=pass header.d=evil.com; spf=pass\r\n",
    "dmarc failed": f"Authentication-Results: {SERVER}; dmarc=fail header.from=evil.com\r\n",
}


@pytest.fixture(params=["", SERVER], ids=["no server is believed", "a server is believed"])
def post(request: pytest.FixtureRequest, tmp_path: Path, pool: ReadingPool) -> Iterator[Post]:
    home = installation_of(PRINTED, tmp_path)
    text = home.config.read_text(encoding="utf-8")
    home.config.write_text(
        text.replace("[bulletin.mailbox]", f'[bulletin.mailbox]\nauthserv_id = "{request.param}"'), encoding="utf-8"
    )
    with office_at(home.config, datetime(2022, 11, 8, 16, tzinfo=SHANGHAI)) as office:
        yield Post(office, pool, tmp_path)


def test_forged_letter_makes_and_changes_no_article_and_gets_no_answer(post: Post) -> None:
    server = post.office.settings.bulletins[0].mailbox.authserv_id
    genuine = f"Authentication-Results: {SERVER}; dmarc=pass header.from=example.org\r\n" if server else ""
    assert post.send(*FIRST, header=genuine)["verdict"] == "article"
    before = post.articles()
    for form, sender in FORGED.items():
        for result, header in RESULTS.items():
            case = f"{form}, {result}"
            row = post.send(*CORRECTED, case, subject=f"更正：{TITLE}", sender=sender, header=header)
            assert row["verdict"] == "unconfirmed", case
            with post.office.ledger.reading() as ledger:
                register = register_of(post.office, ledger, post.office.bulletin(None))
            assert not head_of(post.office.raws.read(row["sha256"]), register).trusted, case
            withdrawal = post.send(subject=f"撤稿：《{TITLE}》", text="请撤稿。", sender=sender, header=header)
            assert withdrawal["verdict"] in ("quarantined", "ignored"), case
    after = {article["id"]: article for article in post.articles()}
    assert [after[article["id"]] for article in before] == before
    assert {article["status"] for article in after.values()} == {"draft"}


def vouched(post: Post, sender: str = GENUINE) -> str:
    """The line by which the configured server, or else an answer to our letter, vouches for the sender."""
    server = post.office.settings.bulletins[0].mailbox.authserv_id
    passed = f"Authentication-Results: {SERVER}; dmarc=pass header.from=example.org\r\n"
    return passed if server else post.answer_header(sender)


def test_unvouched_correction_leaves_a_decided_article_and_a_vouched_one_replaces_it(post: Post) -> None:
    post.send(*FIRST, header=vouched(post))
    post.decide(1, ArticleStatus.ADOPTED)
    forged = post.send(*CORRECTED, subject=f"更正：{TITLE}", header=post.answer_header("mzj@example.org"))
    [adopted, waiting] = post.articles()
    assert (adopted["status"], adopted["revision"]) == ("adopted", 1)
    assert (waiting["status"], forged["verdict"], forged["articles"]) == ("held", "flagged", [waiting["id"]])
    assert "来源未经验证" in forged["reason"]
    post.send(
        *CORRECTED, "又改了一处。", subject=f"更正：{TITLE}", header=vouched(post) + "In-Reply-To: <1@example.org>\r\n"
    )
    [replaced, _] = post.articles()
    assert (replaced["id"], replaced["status"], replaced["revision"]) == (1, "draft", 2)


def test_withdrawal_holds_only_when_it_is_vouched_for(post: Post) -> None:
    post.send(*FIRST, header=vouched(post))
    forged = post.send(subject="撤稿申请", text=f"申请撤回《{TITLE}》一稿。")
    assert (forged["verdict"], "没有改动：来源未经验证" in forged["reason"]) == ("flagged", True)
    assert [article["status"] for article in post.articles()] == ["draft"]
    post.send(subject="撤稿申请", text=f"申请撤回《{TITLE}》一稿。", header=vouched(post))
    assert [article["status"] for article in post.articles()] == ["held"]


def both_texts(post: Post, page: str, links: str) -> str:
    """What an editor reads behind the only such link of a page below the bulletin's articles."""
    driver = DeskDriver(post.office)
    try:
        driver.login("editor")
        [link] = driver.html(f"/b/{post.office.bulletin(None).id}/articles/{page}").xpath(links)
        return driver.words(link)
    finally:
        driver.close()


def test_text_before_an_unvouched_correction_is_one_click_away(post: Post) -> None:
    post.send(*FIRST, header=vouched(post))
    post.send(*CORRECTED, subject=f"更正：{TITLE}")
    compared = both_texts(post, "1", "//*[contains(@class,'remark')][contains(.,'来源未经验证')]//a/@href")
    assert "4912.5" in compared
    assert "4921.5" in compared


def test_unvouched_correction_of_a_decided_article_is_compared_with_it(post: Post) -> None:
    post.send(*FIRST, header=vouched(post))
    post.decide(1, ArticleStatus.ADOPTED)
    post.send(*CORRECTED, subject=f"更正：{TITLE}")
    compared = both_texts(post, "2/similar", "//a[contains(@href,'/compare?with=1')]/@href")
    assert "4912.5" in compared
    assert "4921.5" in compared


def test_unvouched_correction_is_not_signed_off_unseen(post: Post) -> None:
    post.send(*FIRST, header=vouched(post))
    assert post.send(*CORRECTED, subject=f"更正：{TITLE}")["verdict"] == "article"
    [article] = post.articles()
    assert (article["revision"], article["status"]) == (2, "draft")
    assert "correction-unverified" in [finding["rule"] for finding in article["findings"]]
    with pytest.raises(BadUsage, match=r"还没有人看过：稿件 1《.*》第 2 稿（来源未经验证）"):
        post.print_issue()
    post.print_issue(shown=[1])
    assert [article["status"] for article in post.articles()] == ["published"]
