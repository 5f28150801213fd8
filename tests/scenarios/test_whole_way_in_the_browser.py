"""From 约稿 to 采用通知 in a real Chromium: a week with two approvers, one commission, one joint article and one
answered question, with the clicks of everybody counted (issue 17)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from archive import articles, issues, letters
from intake.pool import ReadingPool
from service.office import Office
from service.people.accounts import set_address
from tests.support.approvals import ALL_OF_THEM, FIRST, LAST, SECOND, events_now, text_of, token_for
from tests.support.approvals import letters as letters_out
from tests.support.browser import PHONE, Tabs
from tests.support.clicks import Clicks
from tests.support.commissioned_office import answer
from tests.support.correspondence import manuscript, receive, submission
from tests.support.desk import DeskDriver, serving
from tests.support.ledger_rows import AT
from tests.support.offices import office_at, write_config
from tests.support.outboxes import sending
from tests.support.people import PASSWORD, with_password
from tests.support.submissions import raw_letter
from values.account import Role
from values.letter import Verdict
from values.outgoing import LetterKind

pytestmark = pytest.mark.browser

ISSUE: Final = "/b/wuxing/issue"
STEPS: Final = ALL_OF_THEM.replace(f'", "{SECOND}"]', '"]')
"""One person in each step."""
MOST_CLICKS: Final = 35
"""Of the editor (32) and both approvers together; whoever logs in presses Enter."""
TOPIC: Final = "秋季森林防火"
QUESTION: Final = "请问本期什么时候截稿？我们有一篇稿件还在核实，能不能晚一天报？"


def config() -> str:
    return sending(None, editors='"wang@office.example"') + STEPS


def log_in(tabs: Tabs, url: str, name: str) -> Clicks:
    """Types name and password, and presses Enter."""
    page = tabs.open(url).page
    page.goto(f"{url}/login")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_label("密码").press("Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    return Clicks(page)


def commission(clicks: Clicks) -> None:
    """约稿 of one department; its letter is read before it goes."""
    clicks.on_link("约稿")
    clicks.on_link("约稿…")
    clicks.page.get_by_label("题目").fill(TOPIC)
    clicks.page.locator("#f-due").fill("2022-11-10")
    clicks.on_tick("区教体局")
    clicks.on_button("下一步：看约稿信")
    expect(clicks.page.get_by_text(f"【约稿 1号】{TOPIC}").first).to_be_visible()
    clicks.on_summary("寄 1 封信")
    clicks.on_button("寄 1 封信")
    expect(clicks.page.get_by_text("1 封信十分钟后寄出").first).to_be_visible()


def mail_comes_in(office: Office, pool: ReadingPool) -> None:
    """The answer to the commission, an article of an address that nobody knows, another one, and a question."""
    [asked] = letters_out(office, LetterKind.COMMISSION)
    question = raw_letter(subject="请问截稿时间", sender="mzj@example.org", text=QUESTION)
    receive(
        office,
        pool,
        answer(f"回复：{asked.subject}", sender="jtj@example.org", to=asked.message_id, number=1),
        submission(manuscript("养老服务进社区", "一是建好驿站。"), sender="new@example.org", number=2),
        submission(manuscript("低保提标惠民生", "一是摸清底数。"), sender="mzj@example.org", number=3),
        question.replace(b"To: zgqwxzfb@163.com\r\n", b"To: wuxing@example.org\r\n"),
    )


def claim(clicks: Clicks) -> None:
    """认领: whose address it is."""
    clicks.on_link("1 封来信待认领")
    clicks.page.locator("td.what a").first.click()
    clicks.count += 1
    clicks.page.locator("form.claim select").select_option("区民政局")
    clicks.on_button("确认单位")
    expect(clicks.page.get_by_text("养老服务进社区").first).to_be_visible()


def answer_the_question(clicks: Clicks) -> None:
    clicks.on_link("1 封来信待答复")
    clicks.page.locator("td.what a").first.click()
    clicks.count += 1
    clicks.on_link("答复…")
    clicks.page.get_by_label("答复", exact=True).fill("可以，请于周四前报来。")
    clicks.on_button("寄出答复")
    expect(clicks.page.get_by_text("给 mzj@example.org 的答复")).to_be_visible()


def make_joint(clicks: Clicks) -> None:
    """联合署名: a second department signs."""
    clicks.on_link("低保提标惠民生")
    clicks.on_summary("联合署名")
    clicks.page.get_by_label("再加一个单位").select_option("区教体局")
    clicks.on_button("联合署名")
    expect(clicks.page.get_by_text("区民政局、区教体局").first).to_be_visible()
    clicks.on_link("本期")


def adopt_all(clicks: Clicks) -> None:
    for id in (1, 2, 3):
        clicks.on(f"#pick-{id}")
    clicks.on("#several-adopt")
    expect(clicks.page.locator("#told")).to_contain_text("3 篇已采用")


def put_forward(clicks: Clicks) -> None:
    clicks.on(".board-tools form[action$='/sign-off/prepare'] button")
    clicks.on_button("提请审核")
    expect(clicks.page.get_by_role("heading", name="待审核")).to_be_visible()


def approve_by_link(tabs: Tabs, office: Office, url: str) -> int:
    page = tabs.open(url, PHONE, java_script_enabled=False).page
    page.goto(f"{url}/approve/{token_for(office, FIRST)}")
    clicks = Clicks(page)
    clicks.on_button("同意")
    expect(page.get_by_role("heading", name="已同意")).to_be_visible()
    return clicks.count


def approve_logged_in(tabs: Tabs, url: str) -> int:
    clicks = log_in(tabs, url, "leader")
    clicks.on_link("第70期")
    clicks.on_button("同意")
    expect(clicks.page.get_by_text("第70期已同意，现在是可签发。")).to_be_visible()
    return clicks.count


def sign_off_and_notify(clicks: Clicks) -> None:
    clicks.on_link("本期")
    clicks.on_button("签发…")
    clicks.on_button("签发第70期")
    clicks.on_link("印发、采用通知…")
    clicks.on_summary("寄采用通知")
    clicks.on_button("寄采用通知")
    expect(clicks.page.get_by_text("2 封信十分钟后寄出").first).to_be_visible()


def test_the_week_from_commission_to_notices(tabs: Tabs, tmp_path: Path, pool: ReadingPool) -> None:
    path = write_config(tmp_path / "office", config())
    with office_at(path, AT, JIANBAO_IMAP_PASSWORD="pw") as office:
        with closing(DeskDriver(office)) as accounts:
            with_password(accounts)
            with_password(accounts, "leader", Role.APPROVER)
        set_address(office, "leader", LAST, who="赵管理")
        with serving(office) as url:
            clicks = log_in(tabs, url, "wang")
            commission(clicks)
            mail_comes_in(office, pool)
            clicks.on_link("本期")
            claim(clicks)
            clicks.on_link("本期")
            answer_the_question(clicks)
            clicks.on_link("本期")
            expect(clicks.page.get_by_text("约稿 1 题", exact=True)).to_be_visible()  # nobody is missing
            make_joint(clicks)
            adopt_all(clicks)
            put_forward(clicks)
            by_approvers = approve_by_link(tabs, office, url) + approve_logged_in(tabs, url)
            assert [event.who for event in events_now(office) if event.step] == ["张主任", "王编辑"]
            sign_off_and_notify(clicks)
            tabs.close()
        _is_all_recorded(office)
    assert clicks.count + by_approvers <= MOST_CLICKS, (
        f"{clicks.count} clicks of the editor, {by_approvers} of approvers"
    )


def _is_all_recorded(office: Office) -> None:
    """What came of the week, by the ledger and by the letters."""
    with office.ledger.reading() as ledger:
        [issue] = issues.signed_off_issues(ledger)
        printed = {record.manuscript.title: record.departments for record in articles.articles(ledger)}
        verdicts = [letter.verdict for letter in letters.letters(ledger)]
    assert len(issue.articles) == 3
    assert printed["低保提标惠民生"] == ("区民政局", "区教体局")
    assert Verdict.ANSWERED in verdicts
    [answered] = letters_out(office, LetterKind.ANSWER)
    assert "请于周四前报来" in text_of(office, answered)
    assert {notice.to for notice in letters_out(office, LetterKind.ADOPTION)} == {"jtj@example.org", "mzj@example.org"}
